package io.rserpool.engine.session;

import io.rserpool.engine.Engine;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import java.util.List;

/// Asks for the pool from time to time where the registrar pushes nothing, as rsplib's.
final class PoolCheck {

  /// So many elements are asked for, which is rsplib's most; a shorter list is whole.
  static final int ITEMS = 128;

  private final PoolHandle handle;
  private final PoolSight sight;
  private final Questions questions;
  private final long intervalNs;
  private long lastNs = Engine.NEVER;
  private long question = Questions.NONE;

  PoolCheck(PoolHandle handle, PoolSight sight, Questions questions, SessionSettings settings) {
    this.handle = handle;
    this.sight = sight;
    this.questions = questions;
    this.intervalNs = settings.poolCheckInterval().toNanos();
  }

  void begin(long nowNs) {
    lastNs = nowNs;
  }

  void stop() {
    lastNs = Engine.NEVER;
    question = Questions.NONE;
  }

  void tick(Turn turn) {
    if (deadlineNs() <= turn.nowNs()) {
      lastNs = turn.nowNs();
      question = questions.next();
      turn.effect(new SessionEffect.Enumerate(question, handle, ITEMS, true));
    }
  }

  /// Whether this list is the answer to the last question.
  boolean isAnswer(long answered) {
    boolean isMine = question != Questions.NONE && answered == question;
    if (isMine) {
      question = Questions.NONE;
    }
    return isMine;
  }

  static boolean isWhole(List<PoolElementParameter> elements) {
    return elements.size() < ITEMS;
  }

  long deadlineNs() {
    return intervalNs == 0 || lastNs == Engine.NEVER || sight.isPushed()
        ? Engine.NEVER
        : lastNs + intervalNs;
  }
}

package io.rserpool.engine.session;

import io.rserpool.engine.Engine;
import io.rserpool.protocol.PoolElementParameter;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Notices that the registrar has taken an element out of its pool, which is how its user learns of
/// an element that is frozen or cut off while its link looks well.
///
/// An element that leaves in order goes out of its pool as well, and serves its users to their end.
/// The two are told apart by calling it once more: one that leaves in order lets nobody in while
/// the old link stands; a frozen one still does (its system does it), and one that is cut off does
/// not answer. Since an element that is taken out by hand hears of it no sooner than its users do,
/// one that still lets users in is called a second time a moment later.
final class RemovalWatch {

  /// How long an element may take to stop letting users in after it was taken out by hand.
  private static final long SECOND_CALL_AFTER_NS = TimeUnit.MILLISECONDS.toNanos(250);

  /// How soon an element that is there answers a call; the registrar has found it silent already.
  private static final long ANSWER_WITHIN_NS = TimeUnit.MILLISECONDS.toNanos(500);

  private final PoolSight sight;
  private final Questions questions;
  private final long answerWithinNs;
  private @Nullable PoolElementParameter element;
  private long trustedFrom;
  private boolean isLookedInto;
  private boolean isSecondCall;
  private long question = Questions.NONE;
  private long secondCallNs = Engine.NEVER;

  RemovalWatch(PoolSight sight, Questions questions, SessionSettings settings) {
    this.sight = sight;
    this.questions = questions;
    this.answerWithinNs = Math.min(settings.connectTimeout().toNanos(), ANSWER_WITHIN_NS);
  }

  /// Looks after this element from now on, and no other.
  ///
  /// @param chosenAt [PoolSight#version] just before the element was chosen
  void follow(Turn turn, PoolElementParameter newest, long chosenAt) {
    stop();
    element = newest;
    trustedFrom = chosenAt;
    check(turn);
  }

  void stop() {
    element = null;
    isLookedInto = false;
    question = Questions.NONE;
    secondCallNs = Engine.NEVER;
  }

  /// Looks into the element's removal if the newest list is without it; once for each removal.
  void check(Turn turn) {
    PoolElementParameter watched = element;
    if (watched == null) {
      return;
    }
    if (!isMissing(watched)) {
      isLookedInto = false;
    } else if (!isLookedInto) {
      isLookedInto = true;
      call(turn, watched, false);
    }
  }

  /// Whether the newest list proves that the element is out of its pool.
  boolean isMissing() {
    PoolElementParameter watched = element;
    return watched != null && isMissing(watched);
  }

  private boolean isMissing(PoolElementParameter watched) {
    return sight.lacks(watched.elementId(), trustedFrom);
  }

  private void call(Turn turn, PoolElementParameter watched, boolean isSecond) {
    isSecondCall = isSecond;
    secondCallNs = Engine.NEVER;
    question = questions.next();
    turn.effect(new SessionEffect.Probe(question, watched, answerWithinNs));
  }

  /// The answer to a call.
  ///
  /// @return whether the element is out of its pool, and not in order
  boolean isGone(Turn turn, long answered, ProbeResult result) {
    PoolElementParameter watched = element;
    if (watched == null || answered != question) {
      return false;
    }
    question = Questions.NONE;
    return switch (result) {
      case REFUSES -> false;
      // No reason to ask twice.
      case UNREACHABLE -> isMissing(watched);
      case ACCEPTS -> {
        if (!isSecondCall) {
          secondCallNs = turn.nowNs() + SECOND_CALL_AFTER_NS;
          yield false;
        }
        yield isMissing(watched);
      }
    };
  }

  void tick(Turn turn) {
    PoolElementParameter watched = element;
    if (watched != null && secondCallNs <= turn.nowNs()) {
      secondCallNs = Engine.NEVER;
      if (isMissing(watched)) {
        call(turn, watched, true);
      }
    }
  }

  long deadlineNs() {
    return secondCallNs;
  }
}

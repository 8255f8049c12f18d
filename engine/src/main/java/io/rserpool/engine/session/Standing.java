package io.rserpool.engine.session;

import io.rserpool.engine.Engine;
import io.rserpool.engine.session.UserSession.Phase;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Where a session stands: the state that its duties share.
final class Standing<P extends Payload> {

  final PoolHandle handle;
  final SessionSettings settings;
  final NewsQueue<P> news;
  final OutputQueue<P> output;
  final Control control;
  final Moving moving;
  final Senses<P> senses;

  Phase phase = Phase.MOVING;

  /// The newest link; it may be lost.
  @Nullable Link link;

  /// The element that serves or served last.
  @Nullable PoolElementParameter element;

  /// Why there is no element.
  @Nullable Loss loss;

  /// The link from which the session moves away, and why; null while it looks for its first element.
  @Nullable Link left;

  @Nullable Loss why;

  /// The move that becomes true when the greeting is over.
  @Nullable SessionMove move;

  @Nullable SessionMove lastMove;

  Standing(PoolHandle handle, SessionSettings settings, RandomGenerator random) {
    this.handle = handle;
    this.settings = settings;
    Questions questions = new Questions();
    this.news = new NewsQueue<>(settings);
    this.output = new OutputQueue<>(settings);
    this.control = new Control(handle);
    this.senses = new Senses<>(handle, settings, questions, news, output);
    this.moving = new Moving(handle, settings, random, senses.sight, questions);
  }

  /// The newest link if it is this one and has not failed.
  @Nullable Link alive(LinkId id) {
    Link present = link;
    return present != null && present.id.equals(id) && !present.isLost ? present : null;
  }

  /// The newest link if it has not failed and may be used.
  @Nullable Link inUse() {
    Link present = link;
    return present != null && !present.isLost && !present.isHeld ? present : null;
  }

  /// The newest link if it is this one and may be used.
  @Nullable Link inUse(LinkId id) {
    Link present = inUse();
    return present != null && present.id.equals(id) ? present : null;
  }

  /// This link if what comes over it counts.
  @Nullable Link heard(LinkId id) {
    return phase == Phase.CLOSED ? null : alive(id);
  }

  /// Whether data for the element is taken: not while it is about to be left.
  boolean takesData() {
    return phase == Phase.UP && inUse() != null && !senses.isLeaving() && output.hasRoom();
  }

  long deadlineNs() {
    return switch (phase) {
      case MOVING -> moving.deadlineNs();
      case GREETING, UP -> senses.deadlineNs();
      case FAILED, OVER, CLOSED -> Engine.NEVER;
    };
  }
}

package io.rserpool.engine.registrar;

import io.rserpool.engine.DeadlineQueue;
import io.rserpool.engine.turn.Due;
import io.rserpool.protocol.PoolHandle;
import java.util.function.Consumer;

/// One user that wants to be told of the changes of one pool.
final class Subscription {

  private final Association association;
  private final PoolHandle handle;
  private final DeadlineQueue.Deadline<Due> deadline;
  private long quietUntilNs = Long.MIN_VALUE;

  Subscription(
      Association association,
      PoolHandle handle,
      DeadlineQueue<Due> deadlines,
      Consumer<Subscription> gapOver) {
    this.association = association;
    this.handle = handle;
    this.deadline = deadlines.create(() -> gapOver.accept(this));
  }

  Association association() {
    return association;
  }

  PoolHandle handle() {
    return handle;
  }

  /// Set while a push waits for the gap to be over.
  DeadlineQueue.Deadline<Due> deadline() {
    return deadline;
  }

  long quietUntilNs() {
    return quietUntilNs;
  }

  void quietUntilNs(long atNs) {
    quietUntilNs = atNs;
  }
}

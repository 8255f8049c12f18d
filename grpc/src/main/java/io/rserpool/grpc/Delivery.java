package io.rserpool.grpc;

import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.SynchronizationContext;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Hands the answer of a call to its caller: one thing after another, and by the executor of the
/// call if it has one. A blocking caller waits for just that.
final class Delivery<R> {

  private final ClientCall.Listener<R> listener;
  private final @Nullable Executor executor;
  private final SynchronizationContext queue;
  private final AtomicBoolean isPending = new AtomicBoolean();

  /// @param failed takes what the caller's own listener throws
  Delivery(
      ClientCall.Listener<R> listener, @Nullable Executor executor, Consumer<Throwable> failed) {
    this.listener = listener;
    this.executor = executor;
    queue = new SynchronizationContext((_, thrown) -> failed.accept(thrown));
  }

  void headers(Metadata headers) {
    deliver(() -> listener.onHeaders(headers));
  }

  void message(R message) {
    deliver(() -> listener.onMessage(message));
  }

  void close(Status status, Metadata trailers) {
    deliver(() -> listener.onClose(status, trailers));
  }

  private void deliver(Runnable part) {
    queue.executeLater(part);
    isPending.set(true);
  }

  /// Hands over what there is. Not to be called while something waits for the caller's own code.
  void flush() {
    if (isPending.compareAndSet(true, false)) {
      if (executor == null) {
        queue.drain();
      } else {
        executor.execute(queue::drain);
      }
    }
  }
}

package io.rserpool.grpc;

import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// Counts the calls that a server is serving, which is the load that [GrpcElement] reports.
///
/// Put it into the server with `intercept`.
public final class CallsInFlight implements ServerInterceptor {

  private final AtomicInteger count = new AtomicInteger();
  private final int capacity;

  /// @param capacity how many calls are full load, 1 or more
  public CallsInFlight(int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("a capacity is 1 or more, but this is " + capacity);
    }
    this.capacity = capacity;
  }

  /// How many there are now.
  public int count() {
    return count.get();
  }

  /// 0 for idle to 1 for as many calls as the capacity, or more.
  public double load() {
    return Math.min(1.0, (double) count.get() / capacity);
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    count.incrementAndGet();
    Counted counted = new Counted();
    try {
      return new SimpleForwardingServerCallListener<>(next.startCall(call, headers)) {
        @Override
        public void onComplete() {
          counted.end();
          super.onComplete();
        }

        @Override
        public void onCancel() {
          counted.end();
          super.onCancel();
        }
      };
    } catch (RuntimeException | Error e) {
      counted.end();
      throw e;
    }
  }

  /// A call that ends once, however often it is told.
  private final class Counted {
    private final AtomicBoolean isOver = new AtomicBoolean();

    void end() {
      if (isOver.compareAndSet(false, true)) {
        count.decrementAndGet();
      }
    }
  }
}

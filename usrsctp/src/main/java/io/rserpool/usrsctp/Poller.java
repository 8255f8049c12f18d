package io.rserpool.usrsctp;

import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The thread of a socket: tells the listener what has come, and brings the socket to its end when
/// it is closed. It sleeps until something comes, and now and then looks by itself whether there is
/// room in a send buffer again.
final class Poller {

  private static final Logger LOG = LoggerFactory.getLogger(Poller.class);

  private static final long LOOK_NS = 10_000_000;

  /// So that associations that wait for room are looked at while others receive.
  private static final int BATCH = 64;

  private final NativeSocket socket;
  private final Arrivals arrivals;
  private final Deliveries deliveries;
  private final Refusals refusals;
  private final LateCalls lateCalls;
  private final Runnable end;
  private final Thread thread;

  /// @param end run when the socket is closed and its port free again
  Poller(
      NativeSocket socket,
      Arrivals arrivals,
      Deliveries deliveries,
      Refusals refusals,
      LateCalls lateCalls,
      int port,
      Runnable end) {
    this.socket = socket;
    this.arrivals = arrivals;
    this.deliveries = deliveries;
    this.refusals = refusals;
    this.lateCalls = lateCalls;
    this.end = end;
    thread = Thread.ofPlatform().daemon().name("usrsctp-" + port).unstarted(this::run);
  }

  void start() {
    arrivals.readBy(thread);
    thread.start();
  }

  private void run() {
    try {
      while (socket.isOpen()) {
        arrivals.heard();
        int taken = deliver();
        guarded(refusals::look);
        guarded(lateCalls::look);
        boolean isIdle = refusals.isEmpty() && lateCalls.isEmpty();
        if (taken < BATCH && !arrivals.isRung()) {
          LockSupport.parkNanos(this, isIdle ? Long.MAX_VALUE : LOOK_NS);
        }
      }
    } finally {
      socket.complete();
      end.run();
    }
  }

  private int deliver() {
    int taken = 0;
    while (taken < BATCH) {
      Arrival arrival = arrivals.poll();
      if (arrival == null) {
        break;
      }
      guarded(() -> deliveries.deliver(arrival));
      taken++;
    }
    return taken;
  }

  /// A listener that throws breaks its contract, but takes nobody else with it.
  private static void guarded(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      LOG.error("a listener of SCTP within UDP has thrown", e);
    }
  }
}

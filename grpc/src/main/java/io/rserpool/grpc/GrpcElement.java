package io.rserpool.grpc;

import io.grpc.Server;
import io.rserpool.client.ClosedException;
import io.rserpool.client.PoolElement;
import io.rserpool.client.RSerPoolException;
import io.rserpool.client.Registration;
import io.rserpool.client.Scope;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A running gRPC server that is a member of a pool.
///
/// It tells its load from the calls that it is serving, if its policy has a load, and leaves in
/// order: first out of the pool, so that clients turn to others; then the present calls are served
/// to their end. Somebody who drains it by hand, at a registrar, makes it do so by itself.
public final class GrpcElement implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger("io.rserpool.grpc");

  /// How long [#close] and somebody who drains the element wait for calls to end.
  private static final Duration GRACE = Duration.ofSeconds(30);

  /// How often a changed load is told: often enough for clients that choose for each call, seldom
  /// enough for a registrar with a thousand elements.
  private static final long REPORT_GAP_MS = 100;

  /// Smaller changes of load, in parts of the whole, are not worth a message.
  private static final double LOAD_STEP = 1.0 / 64;

  private final Server server;
  private final CallsInFlight calls;
  private final CountDownLatch leaving = new CountDownLatch(1);
  private final PoolElement element;

  private GrpcElement(Scope scope, Registration registration, Server server, CallsInFlight calls) {
    this.server = server;
    this.calls = calls;
    element = PoolElement.register(scope, withDrain(registration));
  }

  /// Registers a server that has been started, and waits until a registrar has confirmed it. Fails
  /// as [PoolElement#register] does.
  ///
  /// @param registration the pool and the port at which clients reach the server
  /// @param calls the same that is in the server as an interceptor
  public static GrpcElement register(
      Scope scope, Registration registration, Server server, CallsInFlight calls) {
    GrpcElement element = new GrpcElement(scope, registration, server, calls);
    if (registration.policy().hasLoad()) {
      Thread.ofVirtual().name("rserpool-grpc-load").start(element::reportLoad);
    }
    return element;
  }

  private Registration withDrain(Registration plain) {
    return new Registration(
        plain.handle(),
        plain.userTransport(),
        plain.policy(),
        plain.elementId(),
        plain.callPort(),
        plain.calls(),
        plain.isPersistent(),
        plain.listener().obeying(() -> stop(Duration.ZERO), () -> stop(GRACE)));
  }

  /// The element that is registered, to change its policy values or to ask for its identifier.
  public PoolElement element() {
    return element;
  }

  private void reportLoad() {
    double told = 0;
    try {
      while (!leaving.await(REPORT_GAP_MS, TimeUnit.MILLISECONDS)) {
        double load = calls.load();
        boolean isNew = Math.abs(load - told) >= LOAD_STEP || (load != told && isExtreme(load));
        if (isNew && tell(load)) {
          told = load;
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (ClosedException _) {
      // The element has left.
    }
  }

  private static boolean isExtreme(double load) {
    return load == 0.0 || load == 1.0;
  }

  private boolean tell(double load) {
    try {
      element.updateLoad(load);
      return true;
    } catch (ClosedException e) {
      throw e;
    } catch (RSerPoolException e) {
      LOG.debug("{}: the load {} is not told: {}", element, load, e.getMessage());
      return false;
    }
  }

  /// Leaves the pool, lets the present calls end, and stops the server.
  ///
  /// @param grace how long calls may take to end; those that are left then are broken off
  /// @return whether all calls have ended by themselves
  public boolean leave(Duration grace) {
    leaving.countDown();
    element.close();
    return stop(grace);
  }

  /// Lets nobody in any more. Clients that have not heard of it yet are told by the server itself.
  private boolean stop(Duration grace) {
    server.shutdown();
    boolean isInTime = false;
    try {
      isInTime = server.awaitTermination(grace.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    if (!isInTime) {
      server.shutdownNow();
    }
    return isInTime;
  }

  /// Leaves the pool and stops the server; calls have 30 seconds to end.
  @Override
  public void close() {
    leave(GRACE);
  }
}

package io.rserpool.registrar;

import io.rserpool.engine.Effect;
import io.rserpool.engine.Endpoint;
import io.rserpool.engine.Event;
import io.rserpool.engine.access.AccessPolicy;
import io.rserpool.engine.peers.PeerEvent;
import io.rserpool.engine.registrar.RegistrarRequest;
import io.rserpool.engine.registrar.RegistrarResult;
import io.rserpool.net.NetEvent;
import io.rserpool.net.NodeClosedException;
import io.rserpool.net.status.StatusReporter;
import io.rserpool.protocol.ServerId;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A running registrar: the engine on the network, with its log. Part of a daemon, or embedded in
/// any
/// other program; it never ends the process. All methods may be called from any thread, and block.
///
/// An identifier that was chosen at random, and turns out to be a peer's while the registrar is
/// still
/// starting, is exchanged for another one: the registrar starts once more, on the same ports. One
/// that
/// was configured is not, and the registrar stops, which [#awaitEnd] tells.
public final class Registrar implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger("io.rserpool.registrar");

  /// Two random identifiers out of four billions are hardly ever the same; after so many clashes
  /// somebody repeats whatever this registrar says.
  private static final int IDENTIFIERS_MAX = 5;

  private final RegistrarConfig config;
  private final SecureRandom secure = new SecureRandom();
  private final Supplier<ServerId> identifiers;
  private final Consumer<Event> observer;
  private final CompletableFuture<Void> end = new CompletableFuture<>();

  /// Held while incarnations change; never waited for on an event loop.
  private final ReentrantLock change = new ReentrantLock();

  private final StatusReporter reporter;

  private final PolicyWatch policyWatch;

  private final Measuring measuring;

  private AccessPolicy policy;

  private volatile Incarnation incarnation;
  private int identifiersTried = 1;

  private Registrar(
      RegistrarConfig config, Supplier<ServerId> identifiers, Consumer<Event> observer) {
    this.identifiers = identifiers;
    this.observer = observer;
    measuring = new Measuring(config, this::status);
    change.lock();
    try {
      Exposure.requireAllowed(config);
      policy = config.security().access();
      incarnation =
          Incarnation.start(
              config,
              config.id().isNone() ? identifiers.get() : config.id(),
              policy,
              secure,
              this::observe);
      // Ports that were free to choose are kept from now on.
      this.config = config.withAsap(incarnation.asap()).withEnrp(incarnation.enrp());
    } finally {
      change.unlock();
    }
    openMeasuring();
    policyWatch = PolicyWatch.start(config.security(), this::access, measuring::policyFailed);
    reporter = StatusReporter.start(config.statusReports(), new RegistrarReport(this));
  }

  private void openMeasuring() {
    try {
      measuring.open();
    } catch (StartException e) {
      incarnation.stop();
      throw e;
    }
  }

  /// Starts a registrar that logs its events.
  ///
  /// @throws StartException if an address cannot be had
  public static Registrar start(RegistrarConfig config) {
    return start(config, _ -> {});
  }

  /// Starts a registrar that logs its events, and tells them to an observer as well.
  ///
  /// @param observer is called on the registrar's thread; must be quick and never block
  /// @throws StartException if an address cannot be had
  public static Registrar start(RegistrarConfig config, Consumer<Event> observer) {
    SecureRandom random = new SecureRandom();
    return start(config, () -> randomId(random), observer);
  }

  /// @param identifiers draws one where none is configured
  static Registrar start(
      RegistrarConfig config, Supplier<ServerId> identifiers, Consumer<Event> observer) {
    return new Registrar(config, identifiers, observer);
  }

  /// The registrar's identifier; another one after a clash at its start.
  public ServerId id() {
    return incarnation.id();
  }

  /// Where pool elements and pool users reach it, with the ports that were really taken.
  public List<Endpoint> asap() {
    return incarnation.asap();
  }

  /// Where other registrars reach it.
  public List<Endpoint> enrp() {
    return incarnation.enrp();
  }

  /// Where its metrics are read by HTTP; nowhere unless that is configured.
  public List<Endpoint> metrics() {
    return measuring.endpoints();
  }

  /// How it is doing.
  ///
  /// @throws StartException if it has stopped
  public RegistrarResult.Status status() {
    change.lock();
    try {
      Effect.Result answer =
          incarnation.ask(new RegistrarRequest.Status(incarnation.node().newRequestId()));
      if (answer instanceof RegistrarResult.Status status) {
        return status;
      }
      throw new StartException("registrar " + incarnation.id() + " has stopped");
    } finally {
      change.unlock();
    }
  }

  /// Waits until the registrar is closed.
  ///
  /// @throws StartException if it has stopped by itself: its configured identifier is a peer's, or
  ///     it met a defect
  /// @throws InterruptedException if this thread is interrupted meanwhile
  public void awaitEnd() throws InterruptedException {
    try {
      end.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof StartException cause
          ? cause
          : new StartException("the registrar has stopped", e);
    }
  }

  /// Ends all associations in order and gives the ports back. The elements are left alone and find
  /// another registrar. A second call does nothing.
  @Override
  public void close() {
    // Not below the lock, which the answer to a report may need.
    reporter.close();
    measuring.close();
    policyWatch.close();
    change.lock();
    try {
      end.complete(null);
      incarnation.stop();
    } finally {
      change.unlock();
    }
  }

  /// An event of the present incarnation, on its thread.
  void observe(Event event) {
    if (event instanceof PeerEvent.IdentifierClash clash && clash.starting()) {
      Thread.ofPlatform().name("registrar-identifier").start(() -> exchange(clash));
    } else if (event instanceof NetEvent.NodeFailed failed) {
      end.completeExceptionally(new StartException(failed.describe()));
    }
    measuring.observe(event);
    observer.accept(event);
  }

  private void exchange(PeerEvent.IdentifierClash clash) {
    change.lock();
    try {
      if (end.isDone() || !clash.id().equals(incarnation.id())) {
        return;
      }
      incarnation.stop();
      if (!config.id().isNone()) {
        throw new StartException(
            "registrar "
                + clash.id()
                + " cannot start: the registrar at "
                + clash.address()
                + " has the same identifier; choose another one, or none to have it drawn");
      }
      if (++identifiersTried > IDENTIFIERS_MAX) {
        throw new StartException(
            "registrar cannot start: "
                + IDENTIFIERS_MAX
                + " identifiers drawn were all taken, the last one "
                + clash.id()
                + " by the registrar at "
                + clash.address()
                + "; does somebody repeat what this one says?");
      }
      ServerId next = identifiers.get();
      LOG.warn(
          "registrar={} starts again as {}: the registrar at {} has the same identifier",
          clash.id(),
          next,
          clash.address());
      incarnation = Incarnation.start(config, next, policy, secure, this::observe);
    } catch (StartException e) {
      LOG.error("registrar={} stops: {}", clash.id(), e.getMessage());
      end.completeExceptionally(e);
    } finally {
      change.unlock();
    }
  }

  /// The policy has changed: what it does not allow any more ends now.
  private void access(AccessPolicy changed) {
    change.lock();
    try {
      policy = changed;
      if (!end.isDone()) {
        incarnation.access(changed);
      }
    } catch (StartException | NodeClosedException e) {
      LOG.warn("the new policy is not in force: {}", e.getMessage());
    } finally {
      change.unlock();
    }
  }

  private static ServerId randomId(SecureRandom random) {
    ServerId id = ServerId.NONE;
    while (id.isNone()) {
      id = ServerId.of(random.nextInt());
    }
    return id;
  }
}

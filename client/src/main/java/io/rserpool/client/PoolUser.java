package io.rserpool.client;

import io.rserpool.client.channel.Channel;
import io.rserpool.client.channel.Channels;
import io.rserpool.engine.Effect;
import io.rserpool.engine.Event;
import io.rserpool.engine.session.SessionSettings;
import io.rserpool.engine.user.UserEngine;
import io.rserpool.engine.user.UserEvent;
import io.rserpool.engine.user.UserRequest;
import io.rserpool.engine.user.UserResult;
import io.rserpool.net.status.StatusReporter;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.LeaveRequest;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.TransportAddress;
import io.rserpool.protocol.asap.AsapBusinessCard;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/// Somebody who uses pools: finds their elements, watches them, and opens sessions with them.
///
/// Every call blocks its thread, virtual or not, until it is done, at most for the scope's call
/// time-out, and can be interrupted. The protocol runs on an event loop thread of its own. Besides
/// those named with a method, every method throws [ClosedException] after [#close],
/// [CallTimeoutException] and [InterruptedCallException].
///
/// Safe for use by many threads; one pool user serves a whole program.
///
/// **Many sessions.** When a server with thousands of sessions dies, at most 256 of them call the
/// next elements at once, the others wait their turn; so a pool is not stormed, and no server's
/// queue of callers overflows.
public final class PoolUser implements AutoCloseable {

  /// Calls of elements at once: some hundred fill no queue of callers of any system, and are enough
  /// to move ten thousand sessions in a moment, as a call takes a round trip.
  private static final int CALLS_MAX = 256;

  private final Scope scope;
  private final EngineCalls engine;
  private final Watches watches;
  private final Set<PoolSession> sessions = ConcurrentHashMap.newKeySet();
  private final SessionClock clock = new SessionClock();
  private final CallLimit calls = new CallLimit(CALLS_MAX);
  private final Probes probes = new Probes(calls);
  private final Contacts contacts = new Contacts();
  private final SessionLog sessionLog = new SessionLog();
  private final UserReport report;
  private final StatusReporter reporter;

  private PoolUser(Scope scope) {
    this.scope = scope;
    report = new UserReport(scope, sessions);
    engine =
        EngineCalls.start(
            scope, "pool user", random -> new UserEngine(scope.userSettings(), random), this::tell);
    watches = new Watches(engine);
    reporter = StatusReporter.start(scope.statusReports(), report);
  }

  /// Opens a pool user. A registrar is looked for at the first call that needs one.
  ///
  /// @param scope the operation scope
  /// @return the pool user
  /// @throws NoRegistrarException if this machine has none of the transports of the scope's
  ///     registrars
  public static PoolUser open(Scope scope) {
    return new PoolUser(scope);
  }

  private void tell(Event event) {
    report.observe(event);
    if (event instanceof UserEvent.PoolChanged change) {
      watches.changed(change);
    }
  }

  /// The elements of a pool, as many as the registrar tells.
  ///
  /// @param handle the pool
  /// @return the pool
  /// @throws UnknownPoolException if there is no such pool
  /// @throws NoRegistrarException if no registrar answered
  /// @throws RejectedException if the registrar refused
  public Pool resolve(PoolHandle handle) {
    return resolve(handle, 0);
  }

  /// Some elements of a pool, the one to use first at the head; otherwise as
  /// [#resolve(PoolHandle)].
  ///
  /// @param handle the pool
  /// @param items how many are wanted, 0 for as many as the registrar tells
  /// @return the pool
  public Pool resolve(PoolHandle handle, int items) {
    scope.requireFitting(handle);
    Effect.Result result =
        engine.call(
            id -> new UserRequest.Resolve(id, handle, items), "resolution of pool=" + handle);
    if (result
        instanceof UserResult.Resolved(var of, var policy, var elements, var age, var push)) {
      return new Pool(of, policy, elements, Duration.ofNanos(age), push);
    }
    throw failure((UserResult) result, handle);
  }

  /// The element that the pool's policy chooses; each call counts as a use of it. Fails as
  /// [#resolve(PoolHandle)] does.
  ///
  /// @param handle the pool
  /// @return the element
  public PoolElementParameter select(PoolHandle handle) {
    return select(handle, ElementId.NONE);
  }

  /// A certain element if it is in the pool, else the one that the policy chooses.
  ///
  /// @param handle the pool
  /// @param preferred the element to have, or [ElementId#NONE]
  /// @return the element
  public PoolElementParameter select(PoolHandle handle, ElementId preferred) {
    scope.requireFitting(handle);
    Effect.Result result =
        engine.call(
            id -> new UserRequest.Select(id, handle, preferred), "selection from pool=" + handle);
    if (result instanceof UserResult.Selected selected) {
      return selected.element();
    }
    throw failure((UserResult) result, handle);
  }

  /// Hears of every change of a pool, first of its present state, until the subscription is closed.
  /// The pool need not exist yet. The listener is called on a virtual thread of its own and may
  /// block; what changes meanwhile it hears as one change.
  ///
  /// @param handle the pool
  /// @param listener who is told
  /// @return ends the watch
  public Subscription watch(PoolHandle handle, Consumer<Pool> listener) {
    scope.requireFitting(handle);
    return PoolWatch.start(listener, watch -> watches.add(handle, watch));
  }

  /// As [#watch], but on the protocol's thread: the listener must be quick.
  Subscription watchQuickly(PoolHandle handle, Consumer<Pool> listener) {
    scope.requireFitting(handle);
    return watches.add(handle, listener);
  }

  /// Reports an element that could not be reached: its registrar looks after it at once, and this
  /// pool user does not choose it until the registrar names it anew.
  ///
  /// @param handle the pool
  /// @param elementId the element
  /// @throws RejectedException if this pool user was never told of such an element, by a
  ///     resolution,
  ///     a selection or a watch: nobody may report what it did not try to reach (RFC 5352 section
  ///     3.5)
  public void report(PoolHandle handle, ElementId elementId) {
    requireDone(
        id -> new UserRequest.Report(id, handle, elementId),
        handle,
        "report of pool=" + handle + " element=" + elementId);
  }

  /// As [#report], without waiting and without failing: for the session layer.
  void reportSoon(PoolHandle handle, ElementId elementId) {
    try {
      engine.submit(id -> new UserRequest.Report(id, handle, elementId), _ -> {});
    } catch (ClosedException _) {
      // Nobody is left to report to.
    }
  }

  /// Forgets what is cached of a pool, without waiting: for the session layer.
  void purgeSoon(PoolHandle handle) {
    try {
      engine.submit(id -> new UserRequest.Purge(id, handle), _ -> {});
    } catch (ClosedException _) {
      // Nobody is left to ask.
    }
  }

  /// Asks without waiting; the answer comes on the protocol's thread: for the session layer.
  void ask(LongFunction<UserRequest> request, Consumer<Effect.Result> onResult) {
    engine.submit(request, onResult);
  }

  /// How many sessions may call at once.
  CallLimit calls() {
    return calls;
  }

  /// How sessions look whether elements still let users in.
  Probes probes() {
    return probes;
  }

  /// Which elements its sessions have reached lately.
  Contacts contacts() {
    return contacts;
  }

  /// The time of all sessions.
  SessionClock clock() {
    return clock;
  }

  /// Where sessions tell what happens to them.
  SessionLog sessionLog() {
    return sessionLog;
  }

  /// Takes an element out of its pool by hand, at once.
  ///
  /// @param handle the pool
  /// @param elementId the element
  /// @throws RejectedException if the registrar refused, as when there is no such element
  public void remove(PoolHandle handle, ElementId elementId) {
    dismiss(handle, elementId, LeaveRequest.REMOVE);
  }

  /// Asks an element to leave its pool and to serve its present users to their end.
  ///
  /// @param handle the pool
  /// @param elementId the element
  /// @throws RejectedException if the registrar refused, as when there is no such element
  public void drain(PoolHandle handle, ElementId elementId) {
    dismiss(handle, elementId, LeaveRequest.DRAIN);
  }

  private void dismiss(PoolHandle handle, ElementId elementId, LeaveRequest leave) {
    requireDone(
        id -> new UserRequest.Dismiss(id, handle, elementId, leave),
        handle,
        leave + " of pool=" + handle + " element=" + elementId);
  }

  /// Forgets what is cached of a pool, so that the next resolution asks the registrar.
  ///
  /// @param handle the pool
  public void purge(PoolHandle handle) {
    requireDone(id -> new UserRequest.Purge(id, handle), handle, "purge of pool=" + handle);
  }

  private void requireDone(
      LongFunction<? extends UserRequest> request, PoolHandle handle, String what) {
    scope.requireFitting(handle);
    Effect.Result result = engine.call(request, what);
    if (!(result instanceof UserResult.Done)) {
      throw failure((UserResult) result, handle);
    }
  }

  static RSerPoolException failure(UserResult result, PoolHandle handle) {
    return switch (result) {
      case UserResult.UnknownPool(PoolHandle unknown) -> new UnknownPoolException(unknown);
      case UserResult.Refused(var causes) -> new RejectedException("pool=" + handle, causes);
      case UserResult.Unavailable(String detail) ->
          new NoRegistrarException("pool=" + handle + ": " + detail);
      case UserResult.Illegal(String detail) -> new RejectedException(detail);
      case UserResult.Done _, UserResult.Resolved _, UserResult.Selected _ ->
          throw new IllegalStateException("this is no answer to that request: " + result);
    };
  }

  /// {@return what a session with these options does: where they do not say, the scope's profile
  /// does}
  ///
  /// @param options how it behaves
  public SessionSettings settings(SessionOptions options) {
    return options.settings(scope.profile());
  }

  /// Opens a session with the default options.
  ///
  /// @param handle the pool
  /// @return the session
  public PoolSession connect(PoolHandle handle) {
    return connect(handle, SessionOptions.defaults());
  }

  /// Opens a session with one element of a pool. The elements that the policy chooses are tried one
  /// after another, each of them once.
  ///
  /// @param handle the pool
  /// @param options how it behaves
  /// @return the session
  /// @throws SessionFailedException if no element of the pool could be reached
  /// @throws UnknownPoolException if there is no such pool
  /// @throws NoRegistrarException if no registrar answered
  public PoolSession connect(PoolHandle handle, SessionOptions options) {
    return connect(handle, options, this::call);
  }

  Channel call(TransportAddress address, Duration limit) throws IOException {
    return Channels.open(address, limit, scope.sctp(), scope.sessionTls());
  }

  PoolSession connect(PoolHandle handle, SessionOptions options, Caller caller) {
    return connect(handle, PoolSession.Start.ANYWHERE, options, caller);
  }

  /// Opens a session with the pool that a business card is of, with its elements in the order that
  /// the card has: for an element that was given the card of a user which is one as well, and turns
  /// to that user's pool (peer to peer, RFC 5352 section 3.9). Elements of the card that are in the
  /// pool no more are left out; when all were tried, the pool's policy decides. Fails as
  /// [#connect(PoolHandle, SessionOptions)] does.
  ///
  /// @param card a business card
  /// @param options how it behaves
  /// @return the session
  public PoolSession connect(AsapBusinessCard card, SessionOptions options) {
    return connect(
        card.handle(), new PoolSession.Start(List.of(), List.of(card)), options, this::call);
  }

  PoolSession connect(
      PoolHandle handle, PoolSession.Start start, SessionOptions options, Caller caller) {
    scope.requireFitting(handle);
    PoolSession session = new PoolSession(this, handle, start, options, caller, sessions::remove);
    sessions.add(session);
    session.open(start);
    return session;
  }

  /// Ends all sessions, watches and waiting calls of this pool user.
  @Override
  public void close() {
    try (ExecutorService closers = Executors.newVirtualThreadPerTaskExecutor()) {
      // Each may take a moment to hand over what was sent: together they take no longer.
      sessions.forEach(session -> closers.execute(session::close));
    }
    clock.close();
    engine.shutdown(UserRequest.Shutdown::new);
    reporter.close();
  }
}

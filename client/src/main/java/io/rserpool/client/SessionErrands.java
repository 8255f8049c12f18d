package io.rserpool.client;

import io.rserpool.engine.Effect;
import io.rserpool.engine.session.SessionEffect;
import io.rserpool.engine.session.SessionMove;
import io.rserpool.engine.user.UserRequest;
import io.rserpool.engine.user.UserResult;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import java.time.Duration;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Does for one session what its engine wants of the pool user: choices, calls, reports. Nothing
/// here blocks; answers go to the session's host from whatever thread has them.
final class SessionErrands implements SessionHost.Errands {

  private final PoolUser user;
  private final PoolHandle handle;
  private final List<PoolElementParameter> only;
  private final Caller caller;
  private final SessionGreeter greeter;

  /// Why the pool user could name nobody when it was asked last; guarded by the host's lock.
  private @Nullable Supplier<RSerPoolException> refusal;

  /// @param only the one element that comes into question; none for any of the pool
  SessionErrands(
      PoolUser user,
      PoolHandle handle,
      List<PoolElementParameter> only,
      Caller caller,
      SessionGreeter greeter) {
    this.user = user;
    this.handle = handle;
    this.only = only;
    this.caller = caller;
    this.greeter = greeter;
  }

  /// Why the pool user could name nobody when it was asked last, with the calling thread's trace; the
  /// host's lock is held.
  @Nullable RSerPoolException refusal() {
    return refusal == null ? null : refusal.get();
  }

  @Override
  public void call(Link link, SessionEffect.Call call) {
    Duration limit = Duration.ofNanos(call.limitNs());
    CallLimit calls = user.calls();
    calls.start(
        () -> link.open(() -> user.contacts().call(caller, call.element(), limit), calls::end));
  }

  @Override
  public void carryOut(SessionHost host, SessionEffect effect) {
    switch (effect) {
      case SessionEffect.Choose(long turn, PoolHandle of, var preferred) -> {
        if (only.isEmpty()) {
          ask(host, turn, id -> new UserRequest.Select(id, of, preferred));
        } else {
          host.step((session, now, out) -> session.chosen(now, turn, only.getFirst(), out));
        }
      }
      case SessionEffect.Enumerate(long turn, PoolHandle of, int items, boolean isFresh) -> {
        if (isFresh) {
          user.purgeSoon(of);
        }
        ask(host, turn, id -> new UserRequest.Resolve(id, of, items));
      }
      case SessionEffect.Probe probe -> probe(host, probe);
      case SessionEffect.Report(PoolHandle of, var element) -> {
        if (!user.contacts().isBusy(element)) {
          user.reportSoon(of, element);
        }
      }
      case SessionEffect.Greet(SessionMove move) -> greeter.greet(host, move);
      case SessionEffect.Tell(var event) -> user.sessionLog().write(event);
      case SessionEffect.Call _, SessionEffect.Close _, SessionEffect.Abort _ ->
          throw new IllegalStateException("the host does this itself: " + effect);
    }
  }

  private void ask(SessionHost host, long turn, LongFunction<UserRequest> request) {
    try {
      user.ask(request, result -> answered(host, turn, result));
    } catch (ClosedException _) {
      refused(host, turn, SessionErrands::closed);
    }
  }

  private void answered(SessionHost host, long turn, Effect.Result result) {
    if (result instanceof UserResult answer) {
      answered(host, turn, answer);
    } else {
      refused(host, turn, SessionErrands::closed);
    }
  }

  private static RSerPoolException closed() {
    return new ClosedException("pool user");
  }

  private void answered(SessionHost host, long turn, UserResult answer) {
    switch (answer) {
      case UserResult.Selected(_, _, var element) ->
          host.step((session, now, out) -> {
            refusal = null;
            session.chosen(now, turn, element, out);
          });
      case UserResult.Resolved(_, _, var elements, _, _) ->
          host.step((session, now, out) -> {
            refusal = null;
            session.listed(now, turn, elements, out);
          });
      case UserResult.UnknownPool _,
          UserResult.Refused _,
          UserResult.Unavailable _,
          UserResult.Illegal _,
          UserResult.Done _ ->
          refused(host, turn, () -> PoolUser.failure(answer, handle));
    }
  }

  private void refused(SessionHost host, long turn, Supplier<RSerPoolException> reason) {
    RSerPoolException why = reason.get();
    host.step((session, now, out) -> {
      refusal = reason;
      // A session that finds no first element is not opened, and may be opened again.
      boolean isFinal = session.element().isEmpty() || !why.isRetryable();
      session.noChoice(now, turn, isFinal, String.valueOf(why.getMessage()), out);
    });
  }

  private void probe(SessionHost host, SessionEffect.Probe probe) {
    user.probes()
        .look(
            caller,
            probe.element().userTransport(),
            Duration.ofNanos(probe.limitNs()),
            found ->
                host.step((session, now, out) -> session.probed(now, probe.turn(), found, out)));
  }
}

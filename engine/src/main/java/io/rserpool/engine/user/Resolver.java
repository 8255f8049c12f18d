package io.rserpool.engine.user;

import io.rserpool.protocol.CauseCode;
import io.rserpool.protocol.ErrorCause;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.asap.AsapDeregistration;
import io.rserpool.protocol.asap.AsapDeregistrationResponse;
import io.rserpool.protocol.asap.AsapHandleResolution;
import io.rserpool.protocol.asap.AsapHandleResolutionResponse;
import io.rserpool.protocol.asap.AsapHandleResolutionResponse.Found;
import io.rserpool.protocol.asap.AsapHandleResolutionResponse.Refused;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Answers resolutions and selections from the cache while it is fresh, else by a registrar (RFC
/// 5352
/// section 3.3), and dismissals always by a registrar.
final class Resolver {

  private final User user;
  private final Exchanges exchanges;
  private final Watches watches;
  private final Cache cache;
  private final boolean caches;

  Resolver(User user) {
    this.user = user;
    exchanges = new Exchanges(user, this::failed);
    watches = new Watches(user, exchanges);
    cache = new Cache(user.settings, watches::contains);
    caches = !user.settings.staleCacheValue().isZero();
  }

  Exchanges exchanges() {
    return exchanges;
  }

  Watches watches() {
    return watches;
  }

  Cache cache() {
    return cache;
  }

  void resolve(Turn turn, UserRequest.Resolve request) {
    answerOrAsk(turn, request, request.handle(), request.items(), request.items());
  }

  void select(Turn turn, UserRequest.Select request) {
    // Backups are RECOMMENDED for adaptive policies (RFC 5356 section 5.1.3), where they can be
    // kept.
    answerOrAsk(turn, request, request.handle(), 1, caches ? 0 : 1);
  }

  private void answerOrAsk(
      Turn turn, UserRequest request, PoolHandle handle, int wanted, int asked) {
    CachedPool pool = cache.get(handle);
    if (pool != null
        && pool.suffices(wanted)
        && (cache.isFresh(turn.nowNs(), pool) || (mayBeStale() && user.isCutOff()))) {
      answer(turn, request, pool);
      return;
    }
    AsapHandleResolution question =
        watches.contains(handle)
            ? watches.question(handle)
            : new AsapHandleResolution(handle, false, asked);
    Subject subject = new Subject.Resolution(handle);
    Exchange present = exchanges.find(subject);
    if (present == null) {
      exchanges.wait(exchanges.ask(turn, subject, question), request);
    } else if (covers(present, wanted)) {
      exchanges.wait(present, request);
    } else {
      exchanges.hold(present, request);
    }
  }

  private boolean mayBeStale() {
    return user.settings.staleIfUnavailable();
  }

  /// Whether the answer to what is asked already will do.
  private static boolean covers(Exchange present, int wanted) {
    long items = itemsOf(present);
    return items == 0
        || items == AsapHandleResolution.ALL_ITEMS
        || (wanted != 0 && items >= wanted);
  }

  private static long itemsOf(@Nullable Exchange exchange) {
    return exchange != null && exchange.message instanceof AsapHandleResolution question
        ? question.items()
        : AsapHandleResolution.ALL_ITEMS;
  }

  private void answer(Turn turn, UserRequest request, CachedPool pool) {
    switch (request) {
      case UserRequest.Resolve(_, PoolHandle handle, int items) -> {
        List<PoolElementParameter> elements = pool.first(items);
        elements.forEach(element -> user.named.add(handle, element.elementId()));
        long ageNs = pool.ageNs(turn.nowNs());
        turn.reply(
            request,
            new UserResult.Resolved(handle, pool.policy(), elements, ageNs, pool.isPushed()));
      }
      case UserRequest.Select(_, PoolHandle handle, var preferred) -> {
        PoolElementParameter chosen = pool.select(preferred, user.selection);
        user.named.add(handle, chosen.elementId());
        turn.reply(request, new UserResult.Selected(handle, pool.policy(), chosen));
      }
      case UserRequest.Watch _,
          UserRequest.Unwatch _,
          UserRequest.Report _,
          UserRequest.Dismiss _,
          UserRequest.Purge _,
          UserRequest.Shutdown _ ->
          throw new IllegalStateException("it is not answered by a resolution: " + request);
    }
  }

  void dismiss(Turn turn, UserRequest.Dismiss request) {
    Subject subject = new Subject.Dismissal(request.handle(), request.elementId());
    var question = new AsapDeregistration(request.handle(), request.elementId(), request.leave());
    Exchange present = exchanges.find(subject);
    if (present != null && !present.message.equals(question)) {
      exchanges.hold(present, request);
    } else {
      exchanges.wait(exchanges.ask(turn, subject, question), request);
    }
  }

  /// Takes an answer or a push of the home registrar.
  void resolved(Turn turn, AsapHandleResolutionResponse response) {
    PoolHandle handle = response.handle();
    Exchange exchange = exchanges.find(new Subject.Resolution(handle));
    if (exchange == null && !watches.contains(handle)) {
      return; // A late answer: whoever asked has been told of the failure.
    }
    switch (response.resolution()) {
      case Found found -> {
        user.homeAnswered(turn);
        found(turn, handle, found, exchange, response.updatesAccepted());
      }
      case Refused(var causes) when saysUnknownPool(causes) -> {
        user.homeAnswered(turn);
        unknown(turn, handle, exchange);
      }
      case Refused(var causes) -> {
        if (exchange != null) {
          exchanges.refused(turn, exchange, causes);
        }
      }
    }
  }

  private void found(
      Turn turn,
      PoolHandle handle,
      Found found,
      @Nullable Exchange exchange,
      boolean updatesAccepted) {
    boolean isPushed =
        watches.answered(
            turn, handle, found.policy(), found.elements(), exchange != null, updatesAccepted);
    CachedPool pool =
        new CachedPool(found.policy(), found.elements(), itemsOf(exchange), turn.nowNs(), isPushed);
    cache.put(handle, pool);
    if (exchange != null) {
      exchanges.end(exchange);
      exchange.callers.forEach(caller -> answer(turn, caller, pool));
    }
    if (!caches && !isPushed) {
      cache.remove(handle);
    }
    askForHeld(turn, exchange);
  }

  private void unknown(Turn turn, PoolHandle handle, @Nullable Exchange exchange) {
    cache.remove(handle);
    watches.answered(turn, handle, Policy.RoundRobin.INSTANCE, List.of(), exchange != null, false);
    if (exchange != null) {
      exchanges.end(exchange);
      UserResult result = new UserResult.UnknownPool(handle);
      exchange.callers.forEach(caller -> turn.reply(caller, result));
      exchange.held.forEach(caller -> turn.reply(caller, result));
    }
  }

  private static boolean saysUnknownPool(List<ErrorCause> causes) {
    return causes.stream().anyMatch(cause -> cause.cause() == CauseCode.UNKNOWN_POOL_HANDLE);
  }

  /// Takes the answer to a dismissal.
  void dismissed(Turn turn, AsapDeregistrationResponse response) {
    Exchange exchange =
        exchanges.find(new Subject.Dismissal(response.handle(), response.elementId()));
    if (exchange == null) {
      return;
    }
    if (!response.causes().isEmpty()) {
      exchanges.refused(turn, exchange, response.causes());
      return;
    }
    user.homeAnswered(turn);
    cache.drop(response.handle(), response.elementId());
    exchanges.end(exchange);
    exchange.callers.forEach(caller -> turn.reply(caller, new UserResult.Done()));
    askForHeld(turn, exchange);
  }

  private void askForHeld(Turn turn, @Nullable Exchange exchange) {
    if (exchange == null) {
      return;
    }
    for (UserRequest held : exchange.held) {
      switch (held) {
        case UserRequest.Resolve resolve -> resolve(turn, resolve);
        case UserRequest.Select select -> select(turn, select);
        case UserRequest.Dismiss dismiss -> dismiss(turn, dismiss);
        case UserRequest.Watch _,
            UserRequest.Unwatch _,
            UserRequest.Report _,
            UserRequest.Purge _,
            UserRequest.Shutdown _ ->
            throw new IllegalStateException("it is never held: " + held);
      }
    }
  }

  /// The home is gone: nobody pushes, and what was asked is asked again elsewhere.
  void homeLost() {
    exchanges.homeLost();
    watches.homeLost();
    cache.notPushed();
  }

  void homeFound(Turn turn) {
    watches.homeLost();
    cache.notPushed();
    exchanges.homeFound(turn);
    watches.homeFound(turn);
  }

  /// Nobody answered an exchange in time, or all refused it.
  private void failed(Turn turn, Exchange exchange) {
    PoolHandle handle =
        switch (exchange.subject) {
          case Subject.Resolution(PoolHandle resolved) -> resolved;
          case Subject.Dismissal(PoolHandle of, _) -> of;
        };
    UserResult failure = failure(turn, exchange);
    CachedPool pool =
        exchange.subject instanceof Subject.Resolution
                && mayBeStale()
                && failure instanceof UserResult.Unavailable
            ? cache.get(handle)
            : null;
    for (List<UserRequest> waiting : List.of(exchange.callers, exchange.held)) {
      for (UserRequest caller : waiting) {
        if (pool != null) {
          answer(turn, caller, pool);
        } else {
          turn.reply(caller, failure);
        }
      }
    }
    watches.unanswered(turn, handle);
  }

  private UserResult failure(Turn turn, Exchange exchange) {
    if (Exchanges.isDefinite(exchange.causes)) {
      return new UserResult.Refused(exchange.causes);
    }
    int candidates = user.hunt.candidates(turn.nowNs());
    return new UserResult.Unavailable(
        exchange.causes.isEmpty()
            ? "no registrar answered " + exchange.subject + "; " + candidates + " are known"
            : "no registrar can answer "
                + exchange.subject
                + " now: "
                + exchange.causes
                + "; "
                + candidates
                + " are known");
  }
}

package io.rserpool.sim.check;

import io.rserpool.engine.registrar.RegistrarSetting;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.ServerId;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// In a secured scope nobody changes anything but what is his: whatever a registrar does because of what
/// somebody said, it does to elements that this very name has registered; and not more of that, nor
/// faster, than the charter and the settings allow. What registrars of the scope tell each other, and
/// what they do of their own accord, adds nothing that its owner has not said.
final class AuthorisedChanges extends Invariant {

  private static final double NS_PER_S = 1e9;

  /// Clocks may be too fast.
  private static final double CLOCK = 1.001;

  private static final int REMEMBERED = 1_000;

  private record Who(ServerId registrar, String name) {}

  /// What a name may still do at a registrar.
  private static final class Allowance {
    private double left;
    private long sinceNs;
  }

  private final LinkedHashMap<Who, Allowance> allowances = new LinkedHashMap<>();

  AuthorisedChanges(Truth truth) {
    super("authorised-changes", truth);
  }

  @Override
  void observe(Observation observation) {
    if (observation instanceof Observation.Changed(RegistrarFacts registrar, Cause cause)) {
      List<Change> changes = registrar.changes();
      for (Change change : changes) {
        check(
            mayChange(registrar, cause, change),
            registrar.name(),
            () -> "nothing to change but what belongs to " + cause,
            change::toString);
      }
      if (cause.isHostile()) {
        number(registrar, cause, changes);
        rate(registrar, cause, changes);
      }
    }
  }

  private boolean mayChange(RegistrarFacts registrar, Cause cause, Change change) {
    if (cause.isItself()) {
      return change.before() != null;
    }
    if (!cause.isHostile() && registrar.charter().isRegistrar(cause.name())) {
      return true;
    }
    return truth().ledger().isOf(change.identity(), cause.name())
        && isOf(cause, change.before())
        && isOf(cause, change.after());
  }

  private static boolean isOf(Cause cause, @Nullable PoolElementParameter entry) {
    return entry == null || entry.registrant().isEmpty() || entry.registrant().equals(cause.name());
  }

  private void number(RegistrarFacts registrar, Cause cause, List<Change> changes) {
    int most = registrar.charter().elementsMax(cause.name());
    long now =
        registrar.known().values().stream()
            .filter(element -> element.element().registrant().equals(cause.name()))
            .count();
    boolean isMore = changes.stream().anyMatch(change -> change.before() == null);
    check(
        !isMore || now <= most,
        registrar.name(),
        () -> "at most " + most + " elements of " + cause,
        () -> Long.toString(now));
  }

  private void rate(RegistrarFacts registrar, Cause cause, List<Change> changes) {
    int rate = bounds().registrar().count(RegistrarSetting.REGISTRATION_RATE);
    int burst = bounds().registrar().count(RegistrarSetting.REGISTRATION_BURST);
    ServerId id = registrar.view().map(view -> view.id()).orElse(ServerId.NONE);
    if (rate == 0 || changes.isEmpty()) {
      return;
    }
    long nowNs = truth().nowNs();
    Allowance allowance = allowances.computeIfAbsent(new Who(id, cause.name()), _ -> full(burst));
    double grownBy = (nowNs - allowance.sinceNs) / NS_PER_S * rate * CLOCK;
    allowance.left = Math.min(burst + 1, allowance.left + grownBy) - 1;
    allowance.sinceNs = nowNs;
    check(
        allowance.left >= 0,
        registrar.name(),
        () -> "at most %d changes a second, %d at once, by %s".formatted(rate, burst, cause),
        () -> "more");
    if (allowances.size() > REMEMBERED) {
      allowances.pollFirstEntry();
    }
  }

  private Allowance full(int burst) {
    Allowance allowance = new Allowance();
    allowance.left = burst + 1;
    allowance.sinceNs = truth().nowNs();
    return allowance;
  }
}

package io.rserpool.sim.check;

import io.rserpool.engine.registrar.RegistrarView;
import io.rserpool.protocol.ServerId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Every element has exactly one registrar that owns it and has heard it lately: when everything has
/// settled, and within the adoption bound after the death of a single registrar.
final class LivingOwner extends Invariant {

  private final Agenda agenda;

  LivingOwner(Truth truth, Agenda agenda) {
    super("living-owner", truth);
    this.agenda = agenda;
  }

  @Override
  void observe(Observation observation) {
    if (observation instanceof Observation.Settled) {
      if (!truth().running().isEmpty()) {
        truth().elements().values().forEach(this::noWaiting);
        look(owners(), 0);
      }
    } else if (observation instanceof Observation.RegistrarDied(RegistrarFacts registrar, _)) {
      long nowNs = truth().nowNs();
      long calmNs = nowNs - bounds().settleNs();
      boolean wasCalm =
          truth().partition().isSince(calmNs)
              && truth().registrars().stream().allMatch(r -> r.quiet().isSince(calmNs));
      boolean isAlone = truth().running().stream().allMatch(r -> r == registrar);
      if (wasCalm && !isAlone) {
        agenda.at(nowNs + bounds().adoptionNs(), () -> adopted(registrar, nowNs));
      }
    }
  }

  private void noWaiting(ElementFacts element) {
    boolean waits =
        element.state() == ElementFacts.State.JOINING
            || element.state() == ElementFacts.State.LEAVING;
    check(!waits, element.name(), () -> element + " to have joined or left", () -> "it waits");
  }

  private void adopted(RegistrarFacts dead, long diedNs) {
    boolean isCalm =
        truth().partition().isSince(diedNs)
            && truth().registrars().stream().allMatch(r -> r == dead || r.quiet().isSince(diedNs));
    boolean hasReturned = !dead.quiet().isSince(diedNs) || dead.view().isPresent();
    if (isCalm && !hasReturned) {
      look(owners(), diedNs);
    }
  }

  /// @param diedNs when a registrar died: then only elements count that can be called and were left
  ///     in peace since well before; else 0
  private void look(Map<Identity, List<String>> owners, long diedNs) {
    for (ElementFacts element : truth().elements().values()) {
      if (element.state() != ElementFacts.State.IN
          || truth().ledger().hasForeign(element.identity())) {
        continue;
      }
      boolean wasCalm = element.isCallable() && isCalmSince(element, diedNs - bounds().settleNs());
      if (diedNs == 0 || wasCalm) {
        List<String> of = owners.getOrDefault(element.identity(), List.of());
        check(
            of.size() == 1,
            element.name(),
            () -> "exactly one registrar that owns " + element + " and has heard it lately",
            () -> of.toString());
      }
    }
  }

  private static boolean isCalmSince(ElementFacts element, long timeNs) {
    return element.sinceNs() <= timeNs && element.quiet().isSince(timeNs);
  }

  private Map<Identity, List<String>> owners() {
    Map<Identity, List<String>> owners = new LinkedHashMap<>();
    for (RegistrarFacts registrar : truth().running()) {
      ServerId id = registrar.view().map(RegistrarView::id).orElse(ServerId.NONE);
      registrar
          .elements()
          .forEach((identity, element) -> {
            if (element.living() && element.element().homeId().equals(id)) {
              owners.computeIfAbsent(identity, _ -> new ArrayList<>()).add(registrar.name());
            }
          });
    }
    return owners;
  }
}

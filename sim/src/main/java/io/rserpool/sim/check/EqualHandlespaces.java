package io.rserpool.sim.check;

import io.rserpool.engine.registrar.RegistrarView;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.ServerId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// When everything has settled, every registrar serves and has the same handlespace: all elements
/// that are really there, no others, each with the same home, policy and addresses; and the
/// checksums of all homes are right.
final class EqualHandlespaces extends Invariant {

  EqualHandlespaces(Truth truth) {
    super("equal-handlespaces", truth);
  }

  @Override
  void observe(Observation observation) {
    if (!(observation instanceof Observation.Settled)) {
      return;
    }
    List<RegistrarFacts> running = truth().running();
    if (running.isEmpty()) {
      return;
    }
    Set<Identity> expected = new LinkedHashSet<>();
    for (ElementFacts element : truth().elements().values()) {
      if (element.state() == ElementFacts.State.IN) {
        expected.add(element.identity());
      }
    }
    Map<Identity, RegistrarView.Element> first = running.getFirst().elements();
    for (RegistrarFacts registrar : running) {
      RegistrarView view = registrar.view().orElseThrow();
      check(view.isServing(), registrar.name(), () -> "to serve", () -> "it does not");
      Map<Identity, RegistrarView.Element> own = registrar.elements();
      complete(registrar, expected, own);
      check(
          own.size() == first.size(),
          registrar.name(),
          () -> "the elements " + first.keySet(),
          () -> own.keySet().toString());
      own.forEach(
          (identity, element) -> same(registrar, element, first.getOrDefault(identity, element)));
      checksums(registrar, view, running, own);
    }
  }

  private void complete(
      RegistrarFacts registrar, Set<Identity> expected, Map<Identity, RegistrarView.Element> own) {
    Set<Identity> missing = new LinkedHashSet<>(expected);
    missing.removeAll(own.keySet());
    missing.removeIf(truth().ledger()::hasForeign);
    check(missing.isEmpty(), registrar.name(), () -> "all elements", () -> "not " + missing);
    Set<Identity> dead = new LinkedHashSet<>(own.keySet());
    dead.removeAll(expected);
    dead.removeIf(truth().ledger()::hasForeign);
    check(dead.isEmpty(), registrar.name(), () -> "only elements that are there", () -> "" + dead);
  }

  private void same(
      RegistrarFacts registrar, RegistrarView.Element own, RegistrarView.Element other) {
    PoolElementParameter mine = own.element();
    PoolElementParameter theirs = other.element();
    boolean isSame =
        mine.homeId().equals(theirs.homeId())
            && mine.policy().equals(theirs.policy())
            && mine.userTransport().equals(theirs.userTransport())
            && mine.asapTransport().equals(theirs.asapTransport());
    check(isSame, registrar.name(), theirs::toString, mine::toString);
  }

  private void checksums(
      RegistrarFacts registrar,
      RegistrarView view,
      List<RegistrarFacts> running,
      Map<Identity, RegistrarView.Element> elements) {
    for (RegistrarFacts other : running) {
      ServerId home = other.view().orElseThrow().id();
      int expected = InternetChecksum.of(elements.values(), home);
      check(
          view.checksum(home) == expected,
          registrar.name(),
          () -> "checksum %04x of %s".formatted(expected, home),
          () -> "%04x".formatted(view.checksum(home)));
    }
  }
}

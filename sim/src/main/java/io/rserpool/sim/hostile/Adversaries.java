package io.rserpool.sim.hostile;

import io.rserpool.engine.AssociationKind;
import io.rserpool.protocol.asap.AsapDeregistration;
import io.rserpool.protocol.asap.AsapMessage;
import io.rserpool.protocol.asap.AsapRegistration;
import io.rserpool.sim.Simulation;
import io.rserpool.sim.access.Charter;
import io.rserpool.sim.network.Node;
import io.rserpool.sim.network.Papers;
import io.rserpool.sim.scope.Scope;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/// All who mean harm in one scope: who they are is drawn. While the scope is busy its operator, now and
/// then, denies one of them everything, or takes rights back, and later gives them again.
public final class Adversaries {

  private static final double DEEDS_PER_UNIT = 4;
  private static final double CHARTERS_PER_UNIT = 0.1;

  private final Simulation simulation;
  private final Scope scope;
  private final RandomGenerator random;
  private final long unitNs;
  private final Sight sight;
  private final List<Adversary> all = new ArrayList<>();
  private final Set<Node> nodes = new LinkedHashSet<>();
  private Charter charter;
  private boolean isBusy;

  /// Adversaries that have not begun.
  ///
  /// @param most how many there are at most; one at least
  /// @param unitNs in which their deeds are counted
  public Adversaries(
      Simulation simulation,
      Scope scope,
      int most,
      RandomGenerator.SplittableGenerator random,
      long unitNs) {
    this.simulation = simulation;
    this.scope = scope;
    this.random = random;
    this.unitNs = unitNs;
    this.sight = new Sight(scope, random.split());
    this.charter = scope.settings().charter();
    int count = 1 + random.nextInt(most);
    int reporter = random.nextInt(count);
    for (int number = 1; number <= count; number++) {
      // An element has more to do than the others.
      Nature nature = random.nextInt(4) == 0 ? Nature.ELEMENT : one(Nature.values());
      add(nature, number, number == reporter + 1, random.split());
    }
  }

  private Nature one(Nature... natures) {
    return natures[random.nextInt(natures.length)];
  }

  private void add(Nature nature, int number, boolean isReporter, RandomGenerator own) {
    Papers papers = nature.papers(number);
    Node node = scope.guest(papers);
    String name = papers.identity().name();
    // More than two who may report, a user of the workload among them, would remove whomever they
    // like.
    boolean reports = isReporter || nature == Nature.STRANGER || nature == Nature.TRICKSTER;
    all.add(
        new Adversary(
            node,
            nature,
            sight,
            new AsapLies(sight, charter, node.address(), number, reports, own),
            new EnrpLies(sight, node.address(), own),
            message -> isAllowed(name, message),
            own,
            unitNs / DEEDS_PER_UNIT));
    nodes.add(node);
  }

  private boolean isAllowed(String name, AsapMessage message) {
    return switch (message) {
      case AsapRegistration wanted ->
          charter.mayRegister(name, wanted.handle(), wanted.element().elementId());
      case AsapDeregistration farewell ->
          charter.mayRegister(name, farewell.handle(), farewell.elementId());
      default -> true;
    };
  }

  /// They begin.
  public void begin() {
    all.forEach(adversary -> {
      simulation.tell(adversary.node().name(), "state", "hostile: " + adversary.node().papers());
      adversary.start();
    });
    planCharter();
  }

  /// The scope is disturbed from now on, or is not.
  public void busy(boolean newBusy) {
    isBusy = newBusy;
    all.forEach(adversary -> adversary.busy(newBusy));
  }

  /// Where they are.
  public Set<Node> nodes() {
    return new LinkedHashSet<>(nodes);
  }

  /// How many messages they have sent.
  public long said() {
    return all.stream().mapToLong(Adversary::said).sum();
  }

  /// Members have spoken to each other, and were overheard.
  public void overhears(Node to, AssociationKind kind, byte[] message) {
    sight.overhears(to, kind, message);
  }

  private void planCharter() {
    double units = -Math.log(1 - random.nextDouble()) / CHARTERS_PER_UNIT;
    simulation.after(
        1 + (long) (units * unitNs),
        () -> {
          if (isBusy) {
            changeCharter();
          }
          planCharter();
        });
  }

  private void changeCharter() {
    List<String> certified =
        nodes.stream()
            .map(node -> node.papers().identity().name())
            .filter(name -> !name.isEmpty())
            .toList();
    if (charter.denied().isEmpty() && !certified.isEmpty() && random.nextBoolean()) {
      charter = charter.denying(List.of(Sight.one(certified, random)));
    } else if (random.nextBoolean()) {
      charter = charter.denying(List.of());
    } else {
      charter = charter.lenient(!charter.isLenient());
    }
    if (simulation.trace().isOn()) {
      simulation.tell("-", "state", "the charter is now " + charter);
    }
    scope.charter(charter);
  }
}

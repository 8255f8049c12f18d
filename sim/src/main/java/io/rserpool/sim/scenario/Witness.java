package io.rserpool.sim.scenario;

import io.rserpool.engine.Event;
import io.rserpool.engine.peers.PeerEvent;
import io.rserpool.engine.registrar.RegistrarView;
import io.rserpool.engine.user.UserResult;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.ServerId;
import io.rserpool.sim.check.Checker;
import io.rserpool.sim.check.ElementFacts;
import io.rserpool.sim.check.Identity;
import io.rserpool.sim.check.Observation;
import io.rserpool.sim.check.Quiet;
import io.rserpool.sim.check.RegistrarFacts;
import io.rserpool.sim.check.Truth;
import io.rserpool.sim.check.UserFacts;
import io.rserpool.sim.fault.FaultListener;
import io.rserpool.sim.hostile.Adversaries;
import io.rserpool.sim.network.Node;
import io.rserpool.sim.scope.ElementProcess;
import io.rserpool.sim.scope.Participant;
import io.rserpool.sim.scope.RegistrarProcess;
import io.rserpool.sim.scope.Scope;
import io.rserpool.sim.scope.ScopeListener;
import io.rserpool.sim.scope.UserProcess;
import io.rserpool.sim.session.SessionDeed;
import io.rserpool.sim.workload.Workload;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Hears everything, keeps the [Truth], and shows it to the [Checker].
final class Witness implements ScopeListener, FaultListener {

  private final Truth truth;
  private final Checker checker;
  private final HashMap<String, Quiet> quiets = new HashMap<>();
  private final HashMap<String, RegistrarFacts> registrars = new HashMap<>();
  private final HashMap<String, UserFacts> users = new HashMap<>();
  private final HashMap<String, ElementFacts> present = new HashMap<>();
  private final SessionWitness sessions;
  private @Nullable Workload workload;
  private @Nullable SecuredWitness secured;

  Witness(Truth truth, Checker checker) {
    this.truth = truth;
    this.checker = checker;
    this.sessions = new SessionWitness(truth, checker);
  }

  /// Makes itself known to everybody; before anything happens.
  void meet(Scope scope, Workload of) {
    workload = of;
    for (Participant participant : scope.all()) {
      Quiet quiet = new Quiet();
      quiets.put(participant.name(), quiet);
      switch (participant) {
        case RegistrarProcess registrar -> {
          RegistrarFacts facts = new RegistrarFacts(registrar.name(), quiet, registrar::view);
          registrars.put(registrar.name(), facts);
          truth.registrars().add(facts);
        }
        case UserProcess user -> {
          UserFacts facts = new UserFacts(user.name(), quiet);
          users.put(user.name(), facts);
          truth.users().add(facts);
          scope.pools().forEach(facts::watches);
        }
        case ElementProcess _ -> {}
      }
    }
  }

  /// Makes itself known to those who mean harm as well.
  void meet(Scope scope, Adversaries adversaries) {
    adversaries.nodes().forEach(node -> quiets.put(node.name(), new Quiet()));
    SecuredWitness own = new SecuredWitness(truth, checker, scope, adversaries, this::facts);
    secured = own;
    scope.network().tap(own);
  }

  @Override
  public void turned(RegistrarProcess registrar) {
    RegistrarFacts facts = facts(registrar);
    List<Observation.Gone> gone = new ArrayList<>();
    boolean hasChanged = facts.look(gone);
    if (secured != null) {
      secured.turned(registrar, facts, hasChanged);
    }
    if (hasChanged) {
      checker.observe(new Observation.HandlespaceChanged(facts, gone));
    }
    if (facts.beginsToServe()) {
      checker.observe(new Observation.BeginsToServe(facts));
    }
  }

  @Override
  public void started(RegistrarProcess registrar) {
    RegistrarFacts facts = facts(registrar);
    if (facts.view().map(RegistrarView::isServing).orElse(false)) {
      checker.observe(new Observation.BeginsToServe(facts));
    }
  }

  @Override
  public void told(RegistrarProcess registrar, Event event) {
    if (event instanceof PeerEvent.TakeoverWon won) {
      checker.observe(new Observation.TakeoverWon(facts(registrar), won.peer()));
    }
  }

  @Override
  public void joins(ElementProcess element) {
    Identity identity = identity(element);
    ElementFacts facts = present.get(element.name());
    if (facts != null && facts.identity().equals(identity)) {
      facts.is(ElementFacts.State.JOINING, truth.nowNs());
    } else {
      facts = new ElementFacts(element.name(), identity, element.isCallable(), quiet(element));
      facts.is(ElementFacts.State.JOINING, truth.nowNs());
      present.put(element.name(), facts);
      truth.elements().put(identity, facts);
    }
    if (workload != null) {
      workload.named(element);
    }
  }

  @Override
  public void registered(ElementProcess element) {
    ElementFacts facts = present.get(element.name());
    if (facts == null || !facts.identity().equals(identity(element))) {
      end(element, ElementFacts.State.DEAD);
      joins(element);
      facts = present.get(element.name());
    }
    if (facts != null && facts.state() != ElementFacts.State.IN) {
      facts.is(ElementFacts.State.IN, truth.nowNs());
      truth.elements().put(facts.identity(), facts);
    }
  }

  @Override
  public void leaves(ElementProcess element) {
    ElementFacts facts = present.get(element.name());
    if (facts != null) {
      facts.is(ElementFacts.State.LEAVING, truth.nowNs());
    }
  }

  @Override
  public void left(ElementProcess element) {
    end(element, ElementFacts.State.LEFT);
  }

  /// Where roles alone protect a pool, somebody else who may be in it may have taken an identifier that
  /// was free: its element comes again with another one, as its operator would have it.
  @Override
  public void rejected(ElementProcess element, String causes) {
    if (truth.ledger().hasForeign(identity(element))) {
      end(element, ElementFacts.State.DEAD);
      element.forgetId();
      element.join();
      return;
    }
    throw new IllegalStateException(element.name() + " was rejected: " + causes);
  }

  @Override
  public void movesTo(ElementProcess element, ServerId home) {
    checker.observe(new Observation.MovesTo(element.name(), home));
  }

  @Override
  public void answered(UserProcess user, UserResult result, long tookNs) {
    if (secured != null) {
      boolean isAnswer =
          result instanceof UserResult.Resolved || result instanceof UserResult.UnknownPool;
      String refusal = isAnswer ? "" : result.toString();
      checker.observe(new Observation.Asked(facts(user), refusal, truth.nowNs() - tookNs));
    }
  }

  private void shown(UserProcess user, PoolHandle handle, List<PoolElementParameter> elements) {
    if (secured != null) {
      checker.observe(new Observation.Shown(facts(user), handle, elements));
    }
  }

  @Override
  public void resolved(UserProcess user, PoolHandle handle, UserResult result) {
    if (result instanceof UserResult.Resolved(_, _, var elements, long ageNs, boolean pushed)) {
      List<ElementId> ids = ids(elements);
      shown(user, handle, elements);
      checker.observe(new Observation.Resolved(facts(user), handle, ids, ageNs, pushed));
      if (workload != null) {
        workload.tries(user, handle, ids);
      }
    }
  }

  @Override
  public void changed(UserProcess user, PoolHandle handle, List<PoolElementParameter> elements) {
    shown(user, handle, elements);
    facts(user).told(handle, ids(elements));
  }

  @Override
  public void happened(SessionDeed deed) {
    sessions.happened(deed);
  }

  @Override
  public void begins(Node node) {
    quiet(node).begins();
    steady(node).ifPresent(Quiet::begins);
  }

  @Override
  public void ends(Node node) {
    quiet(node).ends(truth.nowNs());
    steady(node).ifPresent(quiet -> quiet.ends(truth.nowNs()));
  }

  @Override
  public void touched(Node node) {
    quiet(node).touched(truth.nowNs());
    steady(node).ifPresent(quiet -> quiet.touched(truth.nowNs()));
  }

  @Override
  public void pauseBegins(Node node) {
    quiet(node).begins();
  }

  @Override
  public void pauseEnds(Node node) {
    quiet(node).ends(truth.nowNs());
  }

  @Override
  public void partitionBegins() {
    truth.partition().begins();
  }

  @Override
  public void partitionEnds() {
    truth.partition().ends(truth.nowNs());
  }

  @Override
  public void dies(Participant participant, boolean silently) {
    if (silently) {
      truth.lostSilently();
    }
    switch (participant) {
      case RegistrarProcess registrar -> {
        RegistrarFacts facts = facts(registrar);
        facts.died(registrar.id(), truth.nowNs());
        checker.observe(new Observation.RegistrarDied(facts, registrar.id()));
      }
      case ElementProcess element -> end(element, ElementFacts.State.DEAD);
      case UserProcess user -> {
        facts(user).running(false, truth.nowNs());
        facts(user).there(false);
      }
    }
    touched(participant.node());
  }

  @Override
  public void starts(Participant participant) {
    touched(participant.node());
    switch (participant) {
      case RegistrarProcess _ -> {}
      case ElementProcess _ -> {}
      case UserProcess user -> {
        UserFacts facts = facts(user);
        facts.running(true, truth.nowNs());
        facts.there(true);
        user.watched().forEach(facts::watches);
      }
    }
  }

  @Override
  public void paused(Participant participant, boolean isPaused) {
    switch (participant) {
      case RegistrarProcess registrar -> facts(registrar).paused(isPaused);
      case UserProcess user -> facts(user).running(!isPaused, truth.nowNs());
      case ElementProcess _ -> {}
    }
  }

  @Override
  public void cutOff(Node node) {
    truth.lostSilently();
  }

  private void end(ElementProcess element, ElementFacts.State state) {
    ElementFacts facts = present.remove(element.name());
    if (facts != null) {
      facts.is(state, truth.nowNs());
      checker.observe(new Observation.Ended(facts));
    }
  }

  private RegistrarFacts facts(RegistrarProcess registrar) {
    return known(registrars.get(registrar.name()), registrar);
  }

  private UserFacts facts(UserProcess user) {
    return known(users.get(user.name()), user);
  }

  private Quiet quiet(Participant participant) {
    return quiet(participant.node());
  }

  private Quiet quiet(Node node) {
    Quiet quiet = quiets.get(node.name());
    if (quiet == null) {
      throw new IllegalStateException("nobody has met " + node.name());
    }
    return quiet;
  }

  private Optional<Quiet> steady(Node node) {
    return Optional.ofNullable(registrars.get(node.name())).map(RegistrarFacts::steady);
  }

  private static <T> T known(@Nullable T facts, Participant participant) {
    if (facts == null) {
      throw new IllegalStateException("nobody has met " + participant.name());
    }
    return facts;
  }

  private static Identity identity(ElementProcess element) {
    return new Identity(element.handle(), element.id());
  }

  private static List<ElementId> ids(List<PoolElementParameter> elements) {
    return elements.stream().map(PoolElementParameter::elementId).toList();
  }
}

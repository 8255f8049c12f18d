package io.rserpool.engine.registrar;

import io.rserpool.engine.AssociationId;
import io.rserpool.engine.DeadlineQueue;
import io.rserpool.engine.Effect;
import io.rserpool.engine.ParameterEncoder;
import io.rserpool.engine.access.AccessPolicy;
import io.rserpool.engine.handlespace.Handlespace;
import io.rserpool.engine.peering.Lines;
import io.rserpool.engine.peering.Peering;
import io.rserpool.engine.policy.PolicyRules;
import io.rserpool.engine.policy.SelectionSettings;
import io.rserpool.engine.turn.Due;
import io.rserpool.engine.turn.Turn;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.enrp.UpdateAction;
import java.util.List;
import java.util.random.RandomGenerator;

/// The duties of one registrar, each with what it needs of the others. They share one clock, one
/// deadline queue and one membership.
final class Duties implements Lines {

  final Gate gate;
  final Associations associations;
  final SelfDoubt doubt;
  final MassLossBrake brake;
  final Readiness readiness;
  final RateLimits limits;
  final Offences offences;
  final Membership membership;
  final ElementMonitor monitor;
  final Lifetimes lifetimes;
  final Calls calls;
  final LostElements lostElements;
  final Adoption adoption;
  final Registrations registrations;
  final Deregistrations deregistrations;
  final Subscriptions subscriptions;
  final Resolutions resolutions;
  final Reports reports;
  final Announcer announcer;
  final Copies copies;
  final Peering peering;
  final Arrivals arrivals;
  final PolicyChange policyChange;

  private final Turn turn;
  private final Removals removals;

  Duties(
      Turn turn,
      DeadlineQueue<Due> deadlines,
      ServerId id,
      RegistrarSettings settings,
      ParameterEncoder encoder,
      RandomGenerator.SplittableGenerator random,
      AccessPolicy policy) {
    this.turn = turn;
    gate = new Gate(turn, policy);
    PolicyRules rules = PolicyRules.standard(SelectionSettings.forProfile(settings.profile()));
    associations = new Associations(turn);
    doubt = new SelfDoubt(settings);
    brake = new MassLossBrake(settings);
    readiness = new Readiness(settings, this::hasTable);
    limits = new RateLimits(turn, settings, associations);
    offences = new Offences(turn, settings, associations);
    membership = new Membership(turn, new Handlespace<>(rules, random.split()));
    Verdicts verdicts = new Verdicts(doubt, brake);
    FlapDamping damping = new FlapDamping(settings);
    RemovalHolds holds = new RemovalHolds();
    Updates updates = new Updates(id, settings, this::announce);
    monitor =
        new ElementMonitor(
            turn, deadlines, membership, id, settings, brake, verdicts, this::dead, random.split());
    lifetimes = new Lifetimes(turn, membership, verdicts, this::dead, settings);
    removals = new Removals(turn, settings, associations, membership, damping);
    Releases releases = new Releases(turn, deadlines, associations, settings);
    Ownership ownership = new Ownership(gate, settings);
    calls = new Calls(turn, deadlines, associations, gate, settings);
    lostElements =
        new LostElements(
            turn, deadlines, membership, monitor, calls, verdicts, doubt, this::dead, settings);
    adoption =
        new Adoption(
            turn,
            deadlines,
            id,
            membership,
            monitor,
            lifetimes,
            calls,
            verdicts,
            this::dead,
            updates,
            releases,
            settings);
    AddressChecks checks = new AddressChecks(turn, deadlines, id, membership, calls, settings);
    AcceptanceTests tests = new AcceptanceTests(settings, id, encoder, membership, gate);
    registrations =
        new Registrations(
            turn,
            id,
            settings,
            tests,
            membership,
            monitor,
            damping,
            lifetimes,
            holds,
            limits,
            ownership);
    deregistrations =
        new Deregistrations(
            turn, id, settings, membership, registrations, holds, updates, limits, ownership);
    Answers answers = new Answers(membership.handlespace(), settings);
    subscriptions = new Subscriptions(turn, deadlines, answers, settings);
    resolutions =
        new Resolutions(turn, membership, answers, subscriptions, readiness, limits, gate);
    reports =
        new Reports(turn, id, settings, membership, monitor, verdicts, this::dead, limits, gate);
    announcer = new Announcer(turn, deadlines, id, settings, random.split(), this::hasTable);
    copies =
        new Copies(
            turn,
            id,
            membership,
            releases,
            monitor,
            lifetimes,
            registrations,
            updates,
            this::isPresent,
            ownership,
            new Mandates(gate, server -> server.equals(id) || isPresent(server)),
            settings);
    PeerTable table = new PeerTable(id, membership, copies, adoption, updates, lifetimes, settings);
    peering =
        new Peering(
            turn, deadlines, id, settings.peering(), table, this, random.split(), this::serves);
    arrivals = new Arrivals(turn, gate, limits, associations, calls, peering, settings);
    policyChange =
        new PolicyChange(turn, id, gate, associations, membership, registrations, subscriptions);
    List.of(lostElements, adoption, copies, checks, subscriptions, updates)
        .forEach(membership::listen);
    associations.listen(lostElements::lost);
    associations.listen((association, _, _) -> subscriptions.lost(association));
    associations.listen(
        (association, reason, detail) -> peering.down(association.id(), reason, detail));
  }

  @Override
  public void close(AssociationId id) {
    Association association = associations.find(id);
    if (association == null) {
      turn.effect(new Effect.Close(id));
    } else {
      associations.close(association);
    }
  }

  @Override
  public void senseless(AssociationId id, String explanation) {
    Association association = associations.find(id);
    if (association != null) {
      offences.senseless(association, explanation);
    }
  }

  @Override
  public boolean isSecured() {
    return gate.isSecured();
  }

  private void dead(Registration registration, DeathSource source, String detail) {
    if (!registrations.rivalWins(registration)) {
      removals.remove(registration, source, detail);
    }
  }

  private void announce(UpdateAction action, PoolHandle handle, PoolElementParameter element) {
    peering.announce(action, handle, element);
  }

  private boolean isPresent(ServerId peer) {
    return peering.isPresent(peer);
  }

  private boolean hasTable() {
    return peering.isServing();
  }

  /// The registrar has a table, or nobody to get one from.
  private void serves(ServerId mentor) {
    if (!mentor.isNone()) {
      readiness.ready();
    }
    announcer.begin();
  }
}

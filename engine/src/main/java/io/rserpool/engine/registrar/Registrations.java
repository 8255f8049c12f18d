package io.rserpool.engine.registrar;

import io.rserpool.engine.ParameterEncoder;
import io.rserpool.engine.handlespace.Admission;
import io.rserpool.engine.handlespace.Handlespace;
import io.rserpool.engine.handlespace.PoolView;
import io.rserpool.protocol.CauseCode;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.ErrorCause;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.TransportAddress;
import io.rserpool.protocol.asap.AsapEndpointKeepAlive;
import io.rserpool.protocol.asap.AsapRegistration;
import io.rserpool.protocol.asap.AsapRegistrationResponse;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Takes elements in (RFC 5352 section 3.1): the acceptance tests in their order, then the answer,
/// the
/// membership and the watch.
final class Registrations {

  private record Refusal(ErrorCause cause, String why) {}

  private final Turn turn;
  private final ServerId id;
  private final ParameterEncoder encoder;
  private final AcceptanceTests tests;
  private final Membership membership;
  private final ElementMonitor monitor;
  private final FlapDamping damping;
  private final Lifetimes lifetimes;
  private final RemovalHolds holds;
  private final RateLimits limits;
  private final int elementsPerAssociation;
  private final int elementsMax;
  private final int poolsMax;
  private final boolean warns;
  private final boolean reusesIdentifiers;
  private final boolean namesElements;

  Registrations(
      Turn turn,
      ServerId id,
      RegistrarSettings settings,
      ParameterEncoder encoder,
      AcceptanceTests tests,
      Membership membership,
      ElementMonitor monitor,
      FlapDamping damping,
      Lifetimes lifetimes,
      RemovalHolds holds,
      RateLimits limits) {
    this.turn = turn;
    this.id = id;
    this.encoder = encoder;
    this.tests = tests;
    this.membership = membership;
    this.monitor = monitor;
    this.damping = damping;
    this.lifetimes = lifetimes;
    this.holds = holds;
    this.limits = limits;
    this.elementsPerAssociation = settings.count(RegistrarSetting.ELEMENTS_PER_ASSOCIATION);
    this.elementsMax = settings.count(RegistrarSetting.ELEMENTS_MAX);
    this.poolsMax = settings.count(RegistrarSetting.POOLS_MAX);
    this.warns = settings.isOn(RegistrarSetting.WARNINGS);
    this.reusesIdentifiers = settings.isOn(RegistrarSetting.IDENTIFIER_REUSE);
    this.namesElements = settings.isOn(RegistrarSetting.KEEP_ALIVE_ELEMENT_ID);
  }

  /// A registration has come.
  void received(Association association, AsapRegistration message) {
    if (!limits.allows(RateLimits.What.REGISTRATION, association)) {
      ErrorCause cause = ErrorCause.of(CauseCode.LACK_OF_RESOURCES);
      answer(association, message, true, List.of(cause));
      limits.refused(association, "registrations");
      return;
    }
    association.forgetRefusals();
    PoolHandle handle = message.handle();
    ElementId elementId = message.element().elementId();
    if (holds.isHeld(new ElementKey(handle, elementId), turn.nowNs())) {
      reject(association, message, CauseCode.SECURITY, "it was taken out by hand");
      return;
    }
    switch (tests.test(handle, message.element(), association)) {
      case AcceptanceTests.Failed(ErrorCause cause, String why) ->
          reject(association, message, new Refusal(cause, why));
      case AcceptanceTests.Passed(PoolElementParameter element, List<ErrorCause> warnings) ->
          tested(association, message, element, warnings);
    }
  }

  /// The element that a rival was waiting for lives: its identifier is taken.
  void rivalLoses(Registration registration) {
    Registration.Rival rival = registration.rival();
    if (rival != null) {
      registration.rival(null);
      CauseCode taken = CauseCode.NON_UNIQUE_ELEMENT_ID;
      reject(rival.association(), rival.message(), taken, "the element with this identifier lives");
    }
  }

  /// The element that a rival was waiting for is dead: the rival takes its place, if its own
  /// association is still there.
  ///
  /// @return whether it has
  boolean rivalWins(Registration registration) {
    Registration.Rival rival = registration.rival();
    registration.rival(null);
    if (rival == null || !rival.association().isUp()) {
      return false;
    }
    AcceptanceTests.Outcome outcome =
        tests.test(rival.message().handle(), rival.message().element(), rival.association());
    if (outcome
        instanceof
        AcceptanceTests.Passed(PoolElementParameter element, List<ErrorCause> warnings)) {
      accept(rival.association(), rival.message(), element, warnings);
      return registration.association() == rival.association();
    }
    return false;
  }

  private void tested(
      Association association,
      AsapRegistration message,
      PoolElementParameter element,
      List<ErrorCause> warnings) {
    Registration known = membership.find(message.handle(), element.elementId());
    Refusal refusal = inconsistency(message.handle(), element);
    if (refusal == null && known != null && isOfSomebodyElse(known, association)) {
      refusal = refusal(CauseCode.NON_UNIQUE_ELEMENT_ID, "it belongs to another identity");
    }
    if (refusal == null && known != null && isRival(known, association, element)) {
      if (known.rival() == null && monitor.askNow(known)) {
        known.rival(new Registration.Rival(association, message));
        return;
      }
      refusal = refusal(CauseCode.NON_UNIQUE_ELEMENT_ID, "an element with this identifier lives");
    }
    if (refusal == null && known == null) {
      refusal = lack(association, message.handle());
    }
    if (refusal != null) {
      reject(association, message, refusal);
      return;
    }
    accept(association, message, element, warnings);
  }

  /// All elements of a pool have one policy type, transport type and transport use, re-registered
  /// ones included (rules 2 and 3).
  private @Nullable Refusal inconsistency(PoolHandle handle, PoolElementParameter element) {
    Optional<PoolView> found = membership.handlespace().pool(handle);
    if (found.isEmpty()) {
      return null;
    }
    PoolView pool = found.get();
    TransportAddress user = element.userTransport();
    if (pool.policyType() != element.policy().type()) {
      return new Refusal(
          ErrorCause.of(CauseCode.INCONSISTENT_POLICY, encoder.policy(pool.policy())),
          "the pool has policy 0x%08x, the element 0x%08x"
              .formatted(pool.policyType(), element.policy().type()));
    }
    if (pool.transportKind() != user.kind()) {
      return new Refusal(
          ErrorCause.of(CauseCode.INCONSISTENT_TRANSPORT, encoder.transport(pool.transport())),
          "the pool has transport " + pool.transportKind() + ", the element " + user.kind());
    }
    if (pool.transportUse() != user.use()) {
      return refusal(
          CauseCode.INCONSISTENT_TRANSPORT_USE,
          "the pool has use " + pool.transportUse() + ", the element " + user.use());
    }
    return null;
  }

  private static boolean isOfSomebodyElse(Registration known, Association association) {
    Association old = known.association();
    boolean wasProven = old != null && old.isAuthenticated();
    return (wasProven || association.isAuthenticated())
        && !known.registrant().equals(association.identity());
  }

  /// Whether this is rather a second process that has drawn the same identifier, or copied it.
  private boolean isRival(
      Registration known, Association association, PoolElementParameter element) {
    TransportAddress present = known.entry().element().userTransport();
    Association old = known.association();
    return !reusesIdentifiers
        && old != null
        && old != association
        && !present.equals(element.userTransport());
  }

  private @Nullable Refusal lack(Association association, PoolHandle handle) {
    Handlespace<Registration> handlespace = membership.handlespace();
    String full = null;
    if (association.registrations().size() >= elementsPerAssociation) {
      full = "this association has registered " + elementsPerAssociation + " elements";
    } else if (!limits.isExempt(association)
        && membership.countOf(association.identity()) >= elementsPerAssociation) {
      full = "this identity has registered " + elementsPerAssociation + " elements";
    } else if (handlespace.elementCount() >= elementsMax) {
      full = "there are " + elementsMax + " elements";
    } else if (handlespace.poolCount() >= poolsMax && handlespace.pool(handle).isEmpty()) {
      full = "there are " + poolsMax + " pools";
    }
    return full == null ? null : refusal(CauseCode.LACK_OF_RESOURCES, full);
  }

  private void accept(
      Association association,
      AsapRegistration message,
      PoolElementParameter tested,
      List<ErrorCause> warnings) {
    PoolHandle handle = message.handle();
    Registration known = membership.find(handle, tested.elementId());
    Registration registration = known == null ? newRegistration(handle, tested) : known;
    PoolElementParameter element = registration.asKnownToBeCallable(tested);
    switch (membership.put(handle, element, registration, association.identity())) {
      case Admission.Refused<Registration> refused -> {
        reject(
            association, message, new Refusal(refused.cause(encoder), "it does not fit its pool"));
        return;
      }
      case Admission.Added<Registration> _ ->
          turn.emit(new RegistrarEvent.Registered(handle, element.elementId(), association.peer()));
      case Admission.Replaced<Registration>(
              var _,
              PoolElementParameter previous,
              boolean changed) ->
          turn.emit(
              previous.homeId().equals(id)
                  ? new RegistrarEvent.Renewed(
                      handle, element.elementId(), association.peer(), changed)
                  : new RegistrarEvent.Registered(handle, element.elementId(), association.peer()));
    }
    registration.association(association);
    lifetimes.begin(registration);
    monitor.alive(registration, false);
    rivalLoses(registration);
    monitor.watch(registration);
    answer(association, message, false, warns ? warnings : List.of());
  }

  private Registration newRegistration(PoolHandle handle, PoolElementParameter element) {
    ElementId named = namesElements ? element.elementId() : ElementId.NONE;
    Liveness liveness = monitor.newLiveness();
    ElementKey key = new ElementKey(handle, element.elementId());
    long slow = damping.verdictNs(key, liveness.verdictNs(turn.nowNs()), turn.nowNs());
    liveness.slowDown(slow, slow == 0 ? turn.nowNs() : turn.nowNs() + damping.windowNs());
    return new Registration(new AsapEndpointKeepAlive(id, false, handle, named), liveness);
  }

  private static Refusal refusal(CauseCode code, String why) {
    return new Refusal(ErrorCause.of(code), why);
  }

  private void reject(
      Association association, AsapRegistration message, CauseCode code, String why) {
    reject(association, message, refusal(code, why));
  }

  private void reject(Association association, AsapRegistration message, Refusal refusal) {
    turn.emit(
        new RegistrarEvent.Rejected(
            message.handle(),
            message.element().elementId(),
            association.peer(),
            refusal.cause(),
            refusal.why()));
    answer(association, message, true, List.of(refusal.cause()));
  }

  private void answer(
      Association association,
      AsapRegistration message,
      boolean rejected,
      List<ErrorCause> causes) {
    turn.send(
        association.id(),
        new AsapRegistrationResponse(
            message.handle(), message.element().elementId(), rejected, causes));
  }
}

package io.rserpool.engine.registrar;

import io.rserpool.engine.handlespace.Admission;
import io.rserpool.engine.handlespace.Handlespace;
import io.rserpool.engine.turn.Turn;
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
import org.jspecify.annotations.Nullable;

/// Takes elements in (RFC 5352 section 3.1): the acceptance tests in their order, then the answer,
/// the
/// membership and the watch.
final class Registrations {

  private record Refusal(ErrorCause cause, String why) {}

  private final Turn turn;
  private final ServerId id;
  private final AcceptanceTests tests;
  private final Membership membership;
  private final ElementMonitor monitor;
  private final FlapDamping damping;
  private final Lifetimes lifetimes;
  private final RemovalHolds holds;
  private final RateLimits limits;
  private final Ownership ownership;
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
      AcceptanceTests tests,
      Membership membership,
      ElementMonitor monitor,
      FlapDamping damping,
      Lifetimes lifetimes,
      RemovalHolds holds,
      RateLimits limits,
      Ownership ownership) {
    this.turn = turn;
    this.id = id;
    this.tests = tests;
    this.membership = membership;
    this.monitor = monitor;
    this.damping = damping;
    this.lifetimes = lifetimes;
    this.holds = holds;
    this.limits = limits;
    this.ownership = ownership;
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
    examine(association, message);
  }

  private void examine(Association association, AsapRegistration message) {
    PoolHandle handle = message.handle();
    ElementId elementId = message.element().elementId();
    if (holds.isHeld(handle, elementId, turn.nowNs())) {
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
  /// @return whether it has; if not, it has its answer all the same
  boolean rivalWins(Registration registration) {
    Registration.Rival rival = registration.rival();
    registration.rival(null);
    if (rival == null || !rival.association().isUp()) {
      return false;
    }
    AsapRegistration message = rival.message();
    switch (tests.test(message.handle(), message.element(), rival.association())) {
      case AcceptanceTests.Failed(ErrorCause cause, String why) ->
          reject(rival.association(), message, new Refusal(cause, why));
      case AcceptanceTests.Passed(PoolElementParameter element, List<ErrorCause> warnings) ->
          accept(rival.association(), message, element, warnings);
    }
    return registration.association() == rival.association();
  }

  /// The element that a rival was waiting for has left or was taken out: the rival's registration is
  /// looked at as if it came now.
  void rivalGoesOn(Registration registration) {
    Registration.Rival rival = registration.rival();
    registration.rival(null);
    if (rival != null && rival.association().isUp()) {
      examine(rival.association(), rival.message());
    }
  }

  private void tested(
      Association association,
      AsapRegistration message,
      PoolElementParameter element,
      List<ErrorCause> warnings) {
    Registration known = membership.find(message.handle(), element.elementId());
    Refusal refusal = null;
    if (known != null && ownership.isOfSomebodyElse(known, association)) {
      refusal = refusal(CauseCode.NON_UNIQUE_ELEMENT_ID, "it belongs to another identity");
    }
    if (refusal == null && known != null && isRival(known, association, element)) {
      Registration.Rival waiting = known.rival();
      boolean mayWait =
          waiting == null ? monitor.askNow(known) : waiting.association() == association;
      if (mayWait) {
        known.rival(new Registration.Rival(association, message));
        return;
      }
      refusal = refusal(CauseCode.NON_UNIQUE_ELEMENT_ID, "an element with this identifier lives");
    }
    if (refusal == null && (known == null || !known.registrant().equals(association.identity()))) {
      refusal = excess(association, message.handle(), element.elementId());
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

  /// More elements than the rules about this identity allow. An element that begins anew with another
  /// identifier may try again when its former self has gone.
  private @Nullable Refusal excess(
      Association association, PoolHandle handle, ElementId elementId) {
    int max = association.rights().elementsMax(handle, elementId, Integer.MAX_VALUE);
    return membership.countOf(association.identity()) < max
        ? null
        : refusal(
            CauseCode.LACK_OF_RESOURCES,
            "its rules allow this identity %d elements".formatted(max));
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
    // First of all, so that a call that has led to this registration is not hung up.
    registration.association(association);
    registration.came(turn.nowNs());
    switch (membership.put(handle, element, registration, association.identity(), id)) {
      case Admission.Refused<Registration> refused ->
          throw new IllegalStateException(
              "%s/%s passed the tests, but saw %s".formatted(handle, element.elementId(), refused));
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
    lifetimes.begin(registration);
    monitor.alive(registration, false);
    Registration.Rival waiting = registration.rival();
    if (waiting != null && waiting.association() == association) {
      registration.rival(null); // It has asked again, and this is its answer.
    }
    rivalLoses(registration);
    monitor.watch(registration);
    answer(association, message, false, warns ? warnings : List.of());
  }

  /// What is kept of an element that is not known yet.
  Registration newRegistration(PoolHandle handle, PoolElementParameter element) {
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

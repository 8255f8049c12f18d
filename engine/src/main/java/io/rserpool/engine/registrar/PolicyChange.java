package io.rserpool.engine.registrar;

import io.rserpool.engine.PeerIdentity;
import io.rserpool.engine.access.AccessPolicy;
import io.rserpool.engine.access.Decision;
import io.rserpool.engine.access.Rights;
import io.rserpool.engine.handlespace.ElementEntry;
import io.rserpool.engine.turn.Turn;
import io.rserpool.protocol.CauseCode;
import io.rserpool.protocol.ErrorCause;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.asap.AsapDeregistrationResponse;
import java.util.HashMap;
import java.util.List;

/// Puts another policy into force while the registrar runs: registrations here that are not allowed
/// any more end, and everybody is told; then subscriptions; then associations with those who may not
/// be talked to, or are registrars no more. Elements of other homes are theirs to remove.
final class PolicyChange {

  private final Turn turn;
  private final ServerId id;
  private final Gate gate;
  private final Associations associations;
  private final Membership membership;
  private final Registrations registrations;
  private final Subscriptions subscriptions;

  PolicyChange(
      Turn turn,
      ServerId id,
      Gate gate,
      Associations associations,
      Membership membership,
      Registrations registrations,
      Subscriptions subscriptions) {
    this.turn = turn;
    this.id = id;
    this.gate = gate;
    this.associations = associations;
    this.membership = membership;
    this.registrations = registrations;
    this.subscriptions = subscriptions;
  }

  /// From now on this policy holds.
  void to(AccessPolicy policy) {
    gate.policy(policy);
    HashMap<Association, Boolean> wasReader = new HashMap<>();
    for (Association association : associations.all()) {
      wasReader.put(association, Gate.isReader(association));
      association.rights(policy.rightsOf(association.up().identity()));
    }
    int ended = gate.isSecured() ? endRegistrations() : 0;
    int unsubscribed = 0;
    int hungUp = 0;
    for (Association association : associations.all()) {
      unsubscribed += endSubscriptions(association);
      boolean isOtherwise =
          wasReader.getOrDefault(association, false) != Gate.isReader(association);
      hungUp += hangUp(association, isOtherwise) ? 1 : 0;
    }
    turn.emit(new AccessEvent.PolicyChanged(gate.isSecured(), ended, unsubscribed, hungUp));
  }

  private int endRegistrations() {
    int ended = 0;
    HashMap<String, Rights> rightsByName = new HashMap<>();
    for (ElementEntry<Registration> entry : membership.handlespace().owned(id)) {
      Registration registration = entry.state();
      claim(registration);
      Rights rights =
          rightsByName.computeIfAbsent(
              entry.element().registrant(), name -> gate.policy().rightsOf(new PeerIdentity(name)));
      Decision decision = decide(registration, rights);
      if (!decision.isAllowed()) {
        end(registration, decision.reason());
        ended++;
      }
    }
    return ended;
  }

  /// What was registered while nobody was asked belongs to who has proved a name all the same.
  private void claim(Registration registration) {
    Association association = registration.association();
    PoolElementParameter element = registration.entry().element();
    if (element.registrant().isEmpty()
        && association != null
        && PoolElementParameter.isRegistrant(association.provenName())) {
      String name = association.provenName();
      PoolHandle handle = registration.entry().handle();
      membership.put(handle, element.withRegistrant(name), registration, name, id);
    }
  }

  private static Decision decide(Registration registration, Rights rights) {
    ElementKey key = registration.key();
    Decision decision = rights.register(key.handle(), key.elementId());
    Association association = registration.association();
    if (!decision.isAllowed()
        || association == null
        || association.up().peerAddresses().isEmpty()) {
      return decision;
    }
    List<IpAddress> own = association.up().peerAddresses();
    for (IpAddress address : registration.entry().element().userTransport().addresses()) {
      if (!own.contains(address) && !rights.mayUse(key.handle(), key.elementId(), address)) {
        return Decision.refused("no rule lets it use the address " + address);
      }
    }
    return decision;
  }

  private void end(Registration registration, String why) {
    ElementKey key = registration.key();
    Association association = registration.association();
    registrations.rivalLoses(registration);
    membership.remove(registration);
    turn.emit(new AccessEvent.Expelled(key.handle(), key.elementId(), why));
    if (association != null) {
      List<ErrorCause> causes = List.of(ErrorCause.of(CauseCode.SECURITY));
      turn.send(
          association.id(), new AsapDeregistrationResponse(key.handle(), key.elementId(), causes));
    }
  }

  private int endSubscriptions(Association association) {
    int ended = 0;
    Rights rights = association.rights();
    for (PoolHandle handle : List.copyOf(association.subscriptions().keySet())) {
      if (!rights.resolve(handle).isAllowed() || !rights.watch(handle).isAllowed()) {
        subscriptions.unsubscribe(association, handle);
        ended++;
      }
    }
    return ended;
  }

  private boolean hangUp(Association association, boolean isOtherwise) {
    Decision entry = gate.entry(association);
    boolean changesRole =
        switch (association.kind()) {
          case ASAP -> false;
          case ENRP -> isOtherwise;
        };
    if (entry.isAllowed() && !changesRole) {
      return false;
    }
    gate.refused(association, "stay", changesRole ? "its role is another" : entry.reason());
    associations.abort(association, "the policy has changed");
    return true;
  }
}

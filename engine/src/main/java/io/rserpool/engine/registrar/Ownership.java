package io.rserpool.engine.registrar;

import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.PoolElementParameter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// To whom registrations belong: in a secured scope to the identity that proved its name when it
/// registered, at whatever registrar that was; else, as far as that goes, to an address.
final class Ownership {

  private final Gate gate;
  private final boolean byAnybody;

  Ownership(Gate gate, RegistrarSettings settings) {
    this.gate = gate;
    this.byAnybody = settings.isOn(RegistrarSetting.DEREGISTRATION_BY_ANYBODY);
  }

  /// Whether somebody else has registered the element.
  boolean isOfSomebodyElse(Registration known, Association association) {
    String owner = provenOwner(known);
    if (!owner.isEmpty()) {
      return !owner.equals(association.provenName());
    }
    Association old = known.association();
    boolean wasProven = old != null && old.isAuthenticated();
    boolean isElsewhere = known.registrant().isEmpty(); // Nobody has told who registered it.
    return !isElsewhere
        && (wasProven || association.isAuthenticated())
        && !known.registrant().equals(association.identity());
  }

  /// Whether it is the element itself that wants to leave.
  boolean isItself(Registration registration, Association association) {
    String owner = provenOwner(registration);
    if (!owner.isEmpty()) {
      return owner.equals(association.provenName());
    }
    return (byAnybody && !gate.isSecured())
        || registration.registrant().equals(association.identity())
        || (registration.registrant().isEmpty() && isAtItsAddress(registration, association));
  }

  /// Whether a peer names another owner of an element than the one that is known here.
  boolean isDisputed(Registration known, PoolElementParameter told) {
    String owner = provenOwner(known);
    return !owner.isEmpty() && !told.registrant().isEmpty() && !owner.equals(told.registrant());
  }

  /// What a peer tells of an element, with the owner that is known here if it names none.
  PoolElementParameter withOwner(@Nullable Registration known, PoolElementParameter told) {
    String owner = known == null ? "" : provenOwner(known);
    return owner.isEmpty() || !told.registrant().isEmpty() ? told : told.withRegistrant(owner);
  }

  /// Whose an element of another home is, as peers tell.
  String ownerTold(PoolElementParameter told) {
    return gate.isSecured() ? told.registrant() : "";
  }

  private String provenOwner(Registration registration) {
    return gate.isSecured() ? registration.entry().element().registrant() : "";
  }

  /// Of an element that registered elsewhere, only the addresses are known.
  private static boolean isAtItsAddress(Registration registration, Association association) {
    PoolElementParameter element = registration.entry().element();
    List<IpAddress> sources = association.up().peerAddresses();
    return element.userTransport().addresses().stream().anyMatch(sources::contains)
        || element.asapTransport().addresses().stream().anyMatch(sources::contains);
  }
}

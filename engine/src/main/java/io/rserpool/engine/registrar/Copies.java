package io.rserpool.engine.registrar;

import io.rserpool.engine.handlespace.Admission;
import io.rserpool.engine.handlespace.ElementEntry;
import io.rserpool.engine.peers.PeerEvent;
import io.rserpool.engine.turn.Turn;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.enrp.EnrpHandleUpdate;
import java.util.LinkedHashMap;
import java.util.function.Predicate;

/// Keeps the copies of other registrars' elements as their homes tell (RFC 5353 sections 3.3.1 and
/// 3.3.2). The newest word about an element counts, whoever says it; but nobody but its home, or who
/// claims to be its home with the same word, can take it away. An own element that is said to be
/// somewhere else has moved there: it is let go without a word, and its association is ended a little
/// later, so that an element that knows nothing of it comes back.
final class Copies implements PoolListener {

  /// An element whose association is ended after the release delay is back within as long again.
  private static final int SETTLING = 2;

  private final Turn turn;
  private final ServerId id;
  private final Membership membership;
  private final Releases releases;
  private final ElementMonitor monitor;
  private final Lifetimes lifetimes;
  private final Registrations registrations;
  private final Updates updates;
  private final Predicate<ServerId> isHeard;
  private final Ownership ownership;
  private final Mandates mandates;
  private final Claims claims;
  private final int elementsMax;
  private final LinkedHashMap<ElementKey, Long> gone = new LinkedHashMap<>();
  private int transfers;

  Copies(
      Turn turn,
      ServerId id,
      Membership membership,
      Releases releases,
      ElementMonitor monitor,
      Lifetimes lifetimes,
      Registrations registrations,
      Updates updates,
      Predicate<ServerId> isHeard,
      Ownership ownership,
      Mandates mandates,
      RegistrarSettings settings) {
    this.turn = turn;
    this.id = id;
    this.membership = membership;
    this.monitor = monitor;
    this.lifetimes = lifetimes;
    this.registrations = registrations;
    this.updates = updates;
    this.isHeard = isHeard;
    this.ownership = ownership;
    this.mandates = mandates;
    this.elementsMax = settings.count(RegistrarSetting.ELEMENTS_MAX);
    this.releases = releases;
    this.claims =
        new Claims(turn, id, membership, releases, updates, isHeard, ownership, this, settings);
  }

  /// A peer tells of a change.
  void updated(ServerId peer, EnrpHandleUpdate update) {
    PoolHandle handle = update.handle();
    PoolElementParameter element = update.element();
    Registration known = membership.find(handle, element.elementId());
    String objection = mandates.objection(peer, known, element);
    if (!objection.isEmpty()) {
      ignored(peer, handle, element, objection);
      if (known != null && known.entry().home().equals(id) && isLiving(known)) {
        updates.add(known.entry());
      }
      return;
    }
    switch (update.action()) {
      case ADD_PE -> claims.told(peer, handle, element);
      case DEL_PE -> removed(peer, handle, element);
    }
  }

  /// What becomes of elements that several have.
  Claims claims() {
    return claims;
  }

  /// For whose elements peers may speak.
  Mandates mandates() {
    return mandates;
  }

  /// Takes in what somebody says of an element, whatever was known of it.
  ///
  /// @return whether it was unknown
  boolean take(PoolHandle handle, PoolElementParameter told) {
    Registration known = membership.find(handle, told.elementId());
    PoolElementParameter element = ownership.withOwner(known, told);
    if (known == null && membership.handlespace().elementCount() >= elementsMax) {
      turn.emit(new RegistrarEvent.LimitHit("peers", "elements", 1));
      return false;
    }
    if (known != null && known.entry().home().equals(id)) {
      letGo(known);
    }
    Registration registration =
        known == null ? registrations.newRegistration(handle, element) : known;
    Admission<Registration> admission =
        membership.hold(handle, element, registration, ownership.ownerTold(element));
    registration.standing(Registration.Standing.FOREIGN);
    lifetimes.beginElsewhere(registration, isHeard.test(element.homeId()));
    return admission instanceof Admission.Added<Registration>;
  }

  /// Somebody who is not the home of an element knows it, too: its life begins anew; or, if it is said
  /// to be elsewhere, that counts when the home that is known here has it no more.
  void atSecondHand(Registration registration, PoolElementParameter element) {
    ServerId home = registration.entry().home();
    if (home.equals(element.homeId())) {
      lifetimes.beginElsewhere(registration, isHeard.test(home));
    } else if (!home.equals(id)) {
      contest(registration, element);
    }
  }

  /// An element of another home is said to be elsewhere: in any case it lives.
  void contest(Registration registration, PoolElementParameter claim) {
    registration.rivalClaim(claim);
    lifetimes.beginElsewhere(registration, isHeard.test(registration.entry().home()));
  }

  /// Removes an element without a word.
  void drop(Registration registration) {
    registration.standing(Registration.Standing.FOREIGN);
    membership.remove(registration);
  }

  /// Gives an element to another home.
  void give(Registration registration, ServerId home) {
    if (registration.entry().home().equals(id)) {
      letGo(registration);
      registration.standing(Registration.Standing.FOREIGN);
    }
    membership.changeHome(registration, home);
    lifetimes.beginElsewhere(registration, isHeard.test(home));
  }

  /// An element of a dead registrar belongs to the one that has taken that over.
  void bequeath(Registration registration, ServerId home) {
    give(registration, home);
    registration.inherit();
  }

  /// Whether a peer's table claims an element that another peer, who lives, has already: a state does
  /// not decide between the two.
  boolean isContested(Registration registration, ServerId peer) {
    ServerId home = registration.entry().home();
    return !home.equals(id)
        && !home.equals(peer)
        && isHeard.test(home)
        && !registration.isInherited();
  }

  /// The home of an element has it no more: it goes to the peer that claims it, or away.
  ///
  /// @return whether it is gone
  boolean leave(Registration registration) {
    PoolElementParameter claim = registration.rivalClaim();
    if (claim != null && isHeard.test(claim.homeId())) {
      take(registration.entry().handle(), claim);
      return false;
    }
    drop(registration);
    return true;
  }

  /// Whether this registrar itself has heard an element lately, over an association that is up.
  boolean isLiving(Registration registration) {
    Association association = registration.association();
    long silenceNs = turn.nowNs() - registration.liveness().lastHeardNs();
    return association != null
        && association.isUp()
        && silenceNs <= monitor.longestSilenceNs(registration.liveness());
  }

  /// Names of removed elements are kept from now on.
  void transferBegins() {
    transfers++;
  }

  void transferEnds() {
    transfers--;
    if (transfers == 0) {
      gone.clear();
    }
  }

  /// Whether an element was removed after the given number of changes; only known during a transfer.
  boolean isGoneSince(ElementKey key, long changes) {
    return gone.getOrDefault(key, -1L) > changes;
  }

  private void noteRemoval(ElementKey key) {
    if (transfers > 0) {
      gone.put(key, membership.nextChange());
    }
  }

  @Override
  public void added(ElementEntry<Registration> entry) {}

  @Override
  public void renewed(
      ElementEntry<Registration> entry, PoolElementParameter previous, boolean changed) {}

  @Override
  public void rehomed(ElementEntry<Registration> entry, ServerId previous) {}

  @Override
  public void removed(ElementEntry<Registration> entry) {
    noteRemoval(new ElementKey(entry.handle(), entry.id()));
  }

  /// Whether something has happened to an element so short a time ago that it may be on its way back.
  boolean isUnsettled(Registration registration) {
    return turn.nowNs() - registration.lastChangeNs() < SETTLING * releases.delayNs();
  }

  private void removed(ServerId peer, PoolHandle handle, PoolElementParameter element) {
    ElementKey key = new ElementKey(handle, element.elementId());
    Registration known = membership.find(handle, element.elementId());
    if (known == null) {
      noteRemoval(key);
      return;
    }
    ServerId home = known.entry().home();
    ServerId named = element.homeId();
    if (home.equals(peer) && !named.equals(peer) && !named.equals(id) && isHeard.test(named)) {
      // Whoever took the other home over could not reach the element; that home speaks again.
      bequeath(known, named);
    } else if (home.equals(peer) || home.isNone()) {
      drop(known);
    } else if (!named.equals(peer) || isKeptByHome(known)) {
      ignored(peer, handle, element, "its home is registrar " + home);
      if (home.equals(id) && isLiving(known)) {
        updates.add(known.entry());
      }
    } else {
      if (home.equals(id)) {
        give(known, peer);
      }
      drop(known);
    }
  }

  /// Whether a living home stands by an element that another peer removes as its own.
  private boolean isKeptByHome(Registration registration) {
    ServerId home = registration.entry().home();
    return home.equals(id) ? isLiving(registration) : isHeard.test(home);
  }

  /// An own element is somebody else's now.
  private void letGo(Registration registration) {
    Association association = registration.association();
    monitor.release(registration);
    registrations.rivalLoses(registration);
    registration.association(null);
    if (association != null) {
      releases.later(association);
    }
  }

  /// Tells that an update was not followed.
  void ignored(ServerId peer, PoolHandle handle, PoolElementParameter element, String why) {
    turn.emit(new PeerEvent.UpdateIgnored(peer, handle, element.elementId(), why));
  }
}

package io.rserpool.engine.registrar;

import io.rserpool.engine.turn.Turn;
import io.rserpool.protocol.CauseCode;
import io.rserpool.protocol.ErrorCause;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.asap.AsapDeregistrationResponse;
import java.util.List;
import java.util.function.Predicate;

/// What becomes of an element of which a peer tells that it is there, and which may be here as well:
/// one that has moved, one that moves this very moment, two processes with one identifier, or, in a
/// secured scope, two owners.
final class Claims {

  private final Turn turn;
  private final ServerId id;
  private final Membership membership;
  private final Releases releases;
  private final Updates updates;
  private final Predicate<ServerId> isHeard;
  private final Ownership ownership;
  private final Copies copies;
  private final boolean higherIdWins;

  Claims(
      Turn turn,
      ServerId id,
      Membership membership,
      Releases releases,
      Updates updates,
      Predicate<ServerId> isHeard,
      Ownership ownership,
      Copies copies,
      RegistrarSettings settings) {
    this.turn = turn;
    this.id = id;
    this.membership = membership;
    this.releases = releases;
    this.updates = updates;
    this.isHeard = isHeard;
    this.ownership = ownership;
    this.copies = copies;
    this.higherIdWins = settings.isOn(RegistrarSetting.HIGHER_ID_WINS);
  }

  /// Whether a peer names another owner of an element than the one that is known here.
  boolean isDisputed(Registration known, PoolElementParameter element) {
    return ownership.isDisputed(known, element);
  }

  /// Two identities have registered the same identifier at registrars that did not hear of each other:
  /// the one at the registrar that wins an arbitration has it, at all registrars.
  void dispute(Registration known, ServerId peer, PoolElementParameter element) {
    ServerId home = known.entry().home();
    if (home.equals(id)) {
      second(known, peer, element);
    } else if (isHeard.test(home) && home.compareTo(element.homeId()) > 0 == higherIdWins) {
      copies.ignored(peer, known.entry().handle(), element, "it belongs to another identity");
    } else {
      copies.take(known.entry().handle(), element);
    }
  }

  /// A peer tells of an element that is there.
  void told(ServerId peer, PoolHandle handle, PoolElementParameter element) {
    Registration known = membership.find(handle, element.elementId());
    if (element.homeId().equals(id)) {
      // Either it is known here, and better, or it is an error: the identifier is new at each
      // start.
      if (known == null) {
        copies.ignored(
            peer, handle, element, "this registrar is said to be its home, but does not know it");
      }
      return;
    }
    boolean isOwn = known != null && known.entry().home().equals(id);
    if (known != null && ownership.isDisputed(known, element)) {
      dispute(known, peer, element);
    } else if (known != null && isOwn && isSecond(known, element)) {
      second(known, peer, element);
    } else if (known != null && isOwn && hasCrossed(known, element)) {
      updates.add(known.entry());
    } else {
      copies.take(handle, element);
    }
  }

  /// Whether an element came here so short a time ago that its other home cannot know it yet. Both
  /// would let it go, and nobody would have it; so the one that wins an arbitration keeps it.
  private boolean hasCrossed(Registration known, PoolElementParameter element) {
    return copies.isLiving(known)
        && turn.nowNs() - known.cameNs() < releases.delayNs()
        && id.compareTo(element.homeId()) > 0 == higherIdWins;
  }

  /// Whether this is another process with the identifier of an own element that lives.
  private boolean isSecond(Registration known, PoolElementParameter element) {
    return copies.isLiving(known)
        && !known.entry().element().userTransport().equals(element.userTransport());
  }

  /// Two processes with one identifier: the one of the registrar that wins keeps it, the other has to
  /// take another.
  private void second(Registration own, ServerId peer, PoolElementParameter element) {
    PoolHandle handle = own.entry().handle();
    boolean keeps = id.compareTo(element.homeId()) > 0 == higherIdWins;
    if (keeps) {
      copies.ignored(peer, handle, element, "an own element with this identifier lives");
      updates.add(own.entry());
      return;
    }
    Association association = own.association();
    if (association != null) {
      ErrorCause cause = ErrorCause.of(CauseCode.NON_UNIQUE_ELEMENT_ID);
      turn.send(
          association.id(),
          new AsapDeregistrationResponse(handle, element.elementId(), List.of(cause)));
    }
    copies.take(handle, element);
  }
}

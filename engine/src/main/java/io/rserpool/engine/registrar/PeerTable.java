package io.rserpool.engine.registrar;

import io.rserpool.engine.handlespace.Cursor;
import io.rserpool.engine.handlespace.ElementEntry;
import io.rserpool.engine.handlespace.Extract;
import io.rserpool.engine.handlespace.Handlespace;
import io.rserpool.engine.peering.SharedHandlespace;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.enrp.EnrpHandleTableResponse.PoolEntry;
import io.rserpool.protocol.enrp.EnrpHandleUpdate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;

/// The handlespace of this registrar as its peers see it.
final class PeerTable implements SharedHandlespace {

  private final ServerId id;
  private final Membership membership;
  private final Copies copies;
  private final Adoption adoption;
  private final Updates updates;
  private final Lifetimes lifetimes;
  private final int elementsMax;
  private final int bytesMax;

  /// What whole tables that broke off have brought, with its last change then: if the next whole
  /// table does not contain it, and nothing else has happened to it, it is gone.
  private final SequencedMap<Registration, Long> leftovers = new LinkedHashMap<>();

  PeerTable(
      ServerId id,
      Membership membership,
      Copies copies,
      Adoption adoption,
      Updates updates,
      Lifetimes lifetimes,
      RegistrarSettings settings) {
    this.id = id;
    this.membership = membership;
    this.copies = copies;
    this.adoption = adoption;
    this.updates = updates;
    this.lifetimes = lifetimes;
    this.elementsMax = settings.count(RegistrarSetting.TABLE_ELEMENTS);
    this.bytesMax = settings.count(RegistrarSetting.TABLE_BYTES);
  }

  @Override
  public int checksum(ServerId home) {
    return membership.handlespace().checksum(home);
  }

  @Override
  public int count(ServerId home) {
    return membership.handlespace().ownedCount(home);
  }

  @Override
  public long events(ServerId home) {
    return membership.events(home);
  }

  @Override
  public void updated(ServerId peer, EnrpHandleUpdate update) {
    copies.updated(peer, update);
  }

  @Override
  public Piece piece(boolean ownOnly, Cursor after) {
    Handlespace<Registration> handlespace = membership.handlespace();
    Extract<Registration> extract =
        ownOnly
            ? handlespace.extractOwned(id, after, elementsMax)
            : handlespace.extract(after, elementsMax);
    List<ElementEntry<Registration>> fitting = fitting(extract.entries());
    boolean more = extract.more() || fitting.size() < extract.entries().size();
    Cursor end = more ? Cursor.after(fitting.getLast()) : Cursor.START;
    return new Piece(grouped(fitting), end, more);
  }

  @Override
  public Transfer begin(ServerId peer, boolean ownOnly) {
    return new Incoming(peer, ownOnly);
  }

  @Override
  public int adopt(ServerId target) {
    return adoption.adopt(target);
  }

  @Override
  public int takenOver(ServerId target, ServerId by) {
    copies.mandates().takenOver(target, by);
    // Both have won: what has not answered here is the other one's.
    List<Registration> waiting = adoption.waiting(target);
    waiting.forEach(registration -> copies.bequeath(registration, by));
    int count = waiting.size();
    for (ElementEntry<Registration> entry : membership.handlespace().owned(target)) {
      if (target.equals(id) && copies.isLiving(entry.state())) {
        updates.add(entry);
      } else {
        copies.bequeath(entry.state(), by);
        count++;
      }
    }
    return count;
  }

  @Override
  public void heard(ServerId peer, boolean isHeard) {
    for (ElementEntry<Registration> entry : membership.handlespace().owned(peer)) {
      lifetimes.beginElsewhere(entry.state(), isHeard);
    }
  }

  /// As many entries as fit into a message, but one at least.
  private List<ElementEntry<Registration>> fitting(List<ElementEntry<Registration>> entries) {
    int bytes = ResponseSize.MESSAGE_OVERHEAD;
    int count = 0;
    ElementEntry<Registration> before = null;
    for (ElementEntry<Registration> entry : entries) {
      boolean isNewPool = before == null || !before.handle().equals(entry.handle());
      bytes +=
          ResponseSize.ofOwned(entry.element()) + (isNewPool ? ResponseSize.of(entry.handle()) : 0);
      if (bytes > bytesMax && count > 0) {
        break;
      }
      count++;
      before = entry;
    }
    return entries.subList(0, count);
  }

  private static List<PoolEntry> grouped(List<ElementEntry<Registration>> entries) {
    Map<PoolHandle, List<PoolElementParameter>> byPool = new LinkedHashMap<>();
    for (ElementEntry<Registration> entry : entries) {
      byPool.computeIfAbsent(entry.handle(), _ -> new ArrayList<>()).add(entry.element());
    }
    List<PoolEntry> pools = new ArrayList<>();
    byPool.forEach((handle, elements) -> pools.add(new PoolEntry(handle, elements)));
    return pools;
  }

  /// A table that comes in: a state of some time ago, which never beats what has happened since it
  /// was asked for, nor an element that this registrar hears itself.
  private final class Incoming implements Transfer {

    private final ServerId peer;
    private final boolean ownOnly;
    private final long askedAt = membership.changes();
    private final SequencedSet<Registration> marked = new LinkedHashSet<>();
    private final SequencedMap<Registration, Long> taken = new LinkedHashMap<>();
    private int added;
    private int replaced;

    Incoming(ServerId peer, boolean ownOnly) {
      this.peer = peer;
      this.ownOnly = ownOnly;
      if (ownOnly) {
        membership.handlespace().owned(peer).forEach(entry -> marked.add(entry.state()));
      } else {
        leftovers.forEach((registration, change) -> {
          if (registration.lastChange() == change) {
            marked.add(registration);
          }
        });
        leftovers.clear();
      }
      copies.transferBegins();
    }

    @Override
    public void take(PoolEntry pool) {
      pool.elements().forEach(element -> take(pool.handle(), element));
    }

    @Override
    public Outcome finish() {
      int removed = 0;
      for (Registration registration : marked) {
        if (mayGo(registration) && copies.leave(registration)) {
          removed++;
        }
      }
      copies.transferEnds();
      return new Outcome(added, replaced, removed);
    }

    @Override
    public void abandon() {
      if (!ownOnly) {
        for (Registration registration : marked) {
          if (registration.lastChange() <= askedAt) {
            leftovers.put(registration, registration.lastChange());
          }
        }
        leftovers.putAll(taken);
      }
      copies.transferEnds();
    }

    private boolean mayGo(Registration registration) {
      boolean isThere =
          membership.find(registration.entry().handle(), registration.entry().id()) == registration;
      ServerId home = registration.entry().home();
      boolean belongs = ownOnly ? home.equals(peer) : !home.equals(id);
      return isThere
          && belongs
          && registration.lastChange() <= askedAt
          && !copies.isUnsettled(registration);
    }

    private void take(PoolHandle handle, PoolElementParameter element) {
      Registration known = membership.find(handle, element.elementId());
      if (known != null) {
        marked.remove(known);
      }
      boolean isOfPeer = element.homeId().equals(peer);
      boolean isOutdated =
          known == null
              ? copies.isGoneSince(new ElementKey(handle, element.elementId()), askedAt)
              : known.lastChange() > askedAt
                  && taken.getOrDefault(known, -1L) != known.lastChange();
      if (element.homeId().equals(id) || isOutdated || (ownOnly && !isOfPeer)) {
        return;
      }
      if (known != null && known.entry().home().equals(id) && copies.isLiving(known)) {
        updates.add(known.entry());
        return;
      }
      if (known != null && !isOfPeer) {
        copies.atSecondHand(known, element);
        return;
      }
      if (known != null && copies.isContested(known, peer)) {
        copies.contest(known, element);
        return;
      }
      if (known != null && copies.claims().isDisputed(known, element)) {
        copies.claims().dispute(known, peer, element);
        return;
      }
      boolean isNew = copies.take(handle, element);
      added += isNew ? 1 : 0;
      replaced += isNew ? 0 : 1;
      Registration now = membership.find(handle, element.elementId());
      if (now != null) {
        taken.put(now, now.lastChange());
      }
    }
  }
}

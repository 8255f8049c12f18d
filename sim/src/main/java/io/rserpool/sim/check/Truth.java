package io.rserpool.sim.check;

import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.runtime.TimeSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/// What is really the case in a scope.
public final class Truth {

  private final TimeSource time;
  private final Bounds bounds;
  private final List<RegistrarFacts> registrars = new ArrayList<>();
  private final List<UserFacts> users = new ArrayList<>();
  private final Map<Identity, ElementFacts> elements = new LinkedHashMap<>();
  private final SessionsTruth sessions = new SessionsTruth();
  private final Quiet partition = new Quiet();
  private final Ledger ledger = new Ledger();
  private long silentLosses;
  private long guests;

  /// An empty scope.
  public Truth(TimeSource time, Bounds bounds) {
    this.time = time;
    this.bounds = bounds;
  }

  /// The time now.
  public long nowNs() {
    return time.nowNs();
  }

  /// How long things may take.
  public Bounds bounds() {
    return bounds;
  }

  /// All registrar processes.
  public List<RegistrarFacts> registrars() {
    return registrars;
  }

  /// Those that run.
  public List<RegistrarFacts> running() {
    return registrars.stream().filter(r -> r.view().isPresent()).toList();
  }

  /// All user processes.
  public List<UserFacts> users() {
    return users;
  }

  /// All elements that are remembered.
  public Map<Identity, ElementFacts> elements() {
    return elements;
  }

  /// One element, if it is remembered, and if nobody else has any claim to it.
  public Optional<ElementFacts> find(Identity identity) {
    return ledger.hasForeign(identity)
        ? Optional.empty()
        : Optional.ofNullable(elements.get(identity));
  }

  /// Who has registered what in a secured scope.
  public Ledger ledger() {
    return ledger;
  }

  /// How many associations there may be with machines that belong to nobody of the scope.
  public void guests(long newGuests) {
    guests = newGuests;
  }

  /// How many.
  long guests() {
    return guests;
  }

  /// The sessions.
  public SessionsTruth sessions() {
    return sessions;
  }

  /// Since when all registrars reach each other.
  public Quiet partition() {
    return partition;
  }

  /// Since when no registrar was disturbed, if none is now.
  public boolean registrarsQuietSince(long timeNs) {
    return partition.isSince(timeNs)
        && registrars.stream().allMatch(r -> r.quiet().isSince(timeNs));
  }

  /// Counts machines that failed or were cut off: associations with them may stay unnoticed for ever.
  public void lostSilently() {
    silentLosses++;
  }

  /// How many that were.
  public long silentLosses() {
    return silentLosses;
  }

  /// Who is in a pool.
  public NavigableSet<ElementId> members(PoolHandle handle) {
    TreeSet<ElementId> members = new TreeSet<>();
    for (ElementFacts facts : elements.values()) {
      if (facts.state() == ElementFacts.State.IN && facts.identity().handle().equals(handle)) {
        members.add(facts.identity().elementId());
      }
    }
    return members;
  }

  /// Forgets the elements that are gone for long.
  public void forget(long beforeNs) {
    elements
        .values()
        .removeIf(facts ->
            facts.sinceNs() < beforeNs
                && (facts.state() == ElementFacts.State.LEFT
                    || facts.state() == ElementFacts.State.DEAD));
  }
}

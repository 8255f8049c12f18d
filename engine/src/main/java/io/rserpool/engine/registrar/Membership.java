package io.rserpool.engine.registrar;

import io.rserpool.engine.handlespace.Admission;
import io.rserpool.engine.handlespace.ElementEntry;
import io.rserpool.engine.handlespace.Handlespace;
import io.rserpool.engine.turn.Turn;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.ServerId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The only way to change the handlespace: keeps the associations and the counts of each identity
/// in
/// step with it, and tells the listeners.
final class Membership {

  /// Homes whose comings and goings are counted; the one that was quiet for longest is forgotten
  /// first.
  private static final int HOMES_MAX = 1_000;

  private final Turn turn;
  private final Handlespace<Registration> handlespace;
  private final List<PoolListener> listeners = new ArrayList<>();
  private final HashMap<String, Integer> countByRegistrant = new HashMap<>();
  private final LinkedHashMap<ServerId, Long> events = new LinkedHashMap<>();
  private long changes;

  Membership(Turn turn, Handlespace<Registration> handlespace) {
    this.turn = turn;
    this.handlespace = handlespace;
  }

  /// Grows with every change.
  long changes() {
    return changes;
  }

  /// The number of a change that leaves no trace in the handlespace itself.
  long nextChange() {
    return ++changes;
  }

  void listen(PoolListener listener) {
    listeners.add(listener);
  }

  /// For reading only.
  Handlespace<Registration> handlespace() {
    return handlespace;
  }

  @Nullable Registration find(PoolHandle handle, ElementId elementId) {
    ElementEntry<Registration> entry = handlespace.find(handle, elementId).orElse(null);
    return entry == null ? null : entry.state();
  }

  /// How many elements an identity has registered.
  int countOf(String registrant) {
    return countByRegistrant.getOrDefault(registrant, 0);
  }

  /// Grows whenever an element comes to a home or goes from it.
  long events(ServerId home) {
    return events.getOrDefault(home, 0L);
  }

  /// Takes an element of another home in, or renews it, whether it fits its pool or not.
  ///
  /// @param registrant whose registration it is, if peers tell
  Admission<Registration> hold(
      PoolHandle handle,
      PoolElementParameter element,
      Registration registration,
      String registrant) {
    return took(handlespace.hold(handle, element, registration), registration, registrant);
  }

  /// Takes an element in or renews it, and tells the listeners if that was possible. An element that
  /// follows a rival of its pool (see [Handlespace#rival]) is held until the pool has turned over.
  ///
  /// @param own this registrar
  /// @param registration the element's own; a known element has one already
  /// @param registrant whose registration it is from now on
  Admission<Registration> put(
      PoolHandle handle,
      PoolElementParameter element,
      Registration registration,
      String registrant,
      ServerId own) {
    Admission<Registration> admission =
        handlespace.rival(handle, own).isPresent()
            ? handlespace.hold(handle, element, registration)
            : handlespace.put(handle, element, registration);
    return took(admission, registration, registrant);
  }

  private Admission<Registration> took(
      Admission<Registration> admission, Registration registration, String registrant) {
    switch (admission) {
      case Admission.Added<Registration>(ElementEntry<Registration> entry) -> {
        registration.entry(entry);
        registration.registrant(registrant);
        count(registrant, 1);
        happened(registration, entry.home());
        listeners.forEach(listener -> listener.added(entry));
      }
      case Admission.Replaced<Registration>(
              ElementEntry<Registration> entry,
              PoolElementParameter previous,
              boolean changed) -> {
        if (entry.home().equals(previous.homeId())) {
          happened(registration);
        } else {
          happened(registration, previous.homeId());
          happened(registration, entry.home());
        }
        if (!registrant.equals(registration.registrant())) {
          count(registration.registrant(), -1);
          registration.registrant(registrant);
          count(registrant, 1);
        }
        listeners.forEach(listener -> listener.renewed(entry, previous, changed));
      }
      case Admission.Refused<Registration> _ -> {}
    }
    return admission;
  }

  void remove(Registration registration) {
    ElementEntry<Registration> entry = registration.entry();
    handlespace.remove(entry);
    happened(registration, entry.home());
    registration.association(null);
    count(registration.registrant(), -1);
    listeners.forEach(listener -> listener.removed(entry));
    registration.standing(Registration.Standing.FOREIGN);
  }

  void changeHome(Registration registration, ServerId home) {
    ElementEntry<Registration> entry = registration.entry();
    ServerId previous = entry.home();
    if (previous.equals(home)) {
      return;
    }
    handlespace.changeHome(entry, home);
    happened(registration, previous);
    happened(registration, home);
    listeners.forEach(listener -> listener.rehomed(entry, previous));
  }

  /// Something has happened to an element that its home's checksum does not show.
  private void happened(Registration registration) {
    changes++;
    registration.lastChange(changes, turn.nowNs());
  }

  /// An element has come to a home, or gone from it.
  private void happened(Registration registration, ServerId home) {
    happened(registration);
    events.putLast(home, changes);
    if (events.size() > HOMES_MAX) {
      events.pollFirstEntry();
    }
  }

  /// Elements of other homes belong to nobody here, unless peers tell to whom.
  private void count(String registrant, int step) {
    if (registrant.isEmpty()) {
      return;
    }
    countByRegistrant.merge(registrant, step, (a, b) -> a + b == 0 ? null : a + b);
  }
}

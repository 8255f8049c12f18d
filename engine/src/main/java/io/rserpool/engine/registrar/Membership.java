package io.rserpool.engine.registrar;

import io.rserpool.engine.handlespace.Admission;
import io.rserpool.engine.handlespace.ElementEntry;
import io.rserpool.engine.handlespace.Handlespace;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.ServerId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The only way to change the handlespace: keeps the associations and the counts of each identity
/// in
/// step with it, and tells the listeners.
final class Membership {

  private final Handlespace<Registration> handlespace;
  private final List<PoolListener> listeners = new ArrayList<>();
  private final HashMap<String, Integer> countByRegistrant = new HashMap<>();

  Membership(Handlespace<Registration> handlespace) {
    this.handlespace = handlespace;
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

  /// Takes an element in or renews it, and tells the listeners if that was possible.
  ///
  /// @param registration the element's own; a known element has one already
  /// @param registrant whose registration it is from now on
  Admission<Registration> put(
      PoolHandle handle,
      PoolElementParameter element,
      Registration registration,
      String registrant) {
    Admission<Registration> admission = handlespace.put(handle, element, registration);
    switch (admission) {
      case Admission.Added<Registration>(ElementEntry<Registration> entry) -> {
        registration.entry(entry);
        registration.registrant(registrant);
        count(registrant, 1);
        listeners.forEach(listener -> listener.added(entry));
      }
      case Admission.Replaced<Registration>(
              ElementEntry<Registration> entry,
              PoolElementParameter previous,
              boolean changed) -> {
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
    registration.association(null);
    registration.standing(Registration.Standing.FOREIGN);
    count(registration.registrant(), -1);
    listeners.forEach(listener -> listener.removed(entry));
  }

  void changeHome(Registration registration, ServerId home) {
    handlespace.changeHome(registration.entry(), home);
  }

  private void count(String registrant, int step) {
    countByRegistrant.merge(registrant, step, (a, b) -> a + b == 0 ? null : a + b);
  }
}

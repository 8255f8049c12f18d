package io.rserpool.engine.handlespace;

import io.rserpool.protocol.ServerId;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The home registrars that own elements; one without elements is forgotten.
///
/// @param <S> the owner's own state of each element
final class Owners<S> {

  private final NavigableMap<ServerId, Owner<S>> byId = new TreeMap<>();

  List<ServerId> ids() {
    return List.copyOf(byId.keySet());
  }

  @Nullable Owner<S> find(ServerId id) {
    return byId.get(id);
  }

  /// The owner for an element that is to come; made if it has none yet.
  Owner<S> of(ServerId id) {
    return byId.computeIfAbsent(id, Owner::new);
  }

  /// Takes an element from its owner.
  void release(ElementEntry<S> entry) {
    Owner<S> owner = entry.share().owner();
    owner.remove(entry);
    if (owner.size() == 0) {
      byId.remove(owner.id());
    }
  }

  /// Gives an element another owner, if it is another one.
  void move(ElementEntry<S> entry, ServerId home) {
    if (!entry.share().owner().id().equals(home)) {
      release(entry);
      Owner<S> owner = of(home);
      owner.add(entry.share().pool().shareOf(owner), entry);
    }
  }
}

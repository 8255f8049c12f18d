package io.rserpool.engine.handlespace;

import io.rserpool.protocol.CauseCode;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.ServerId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Who is selected and who is only held, said as plainly as possible: everything is looked at anew
/// after every change. The order of those that are selected is that of a [NaivePool].
final class NaiveHolding {

  /// Of several candidates the one that leads.
  private static final Comparator<PoolElementParameter> LEADERSHIP =
      Comparator.comparing(PoolElementParameter::homeId)
          .thenComparing(PoolElementParameter::elementId, Comparator.reverseOrder());

  private final TreeMap<Integer, PoolElementParameter> held =
      new TreeMap<>(Integer::compareUnsigned);
  private final Predicate<Policy> valid;
  private final int steps;
  private @Nullable PoolElementParameter leader;
  private @Nullable PoolElementParameter lastLeader;

  NaivePool selected;

  /// How often another lead had to be found.
  int followed;

  NaiveHolding(int steps, Predicate<Policy> valid) {
    this.steps = steps;
    this.valid = valid;
    this.selected = new NaivePool(steps);
  }

  List<PoolElementParameter> held() {
    return List.copyOf(held.values());
  }

  Optional<PoolElementParameter> find(int id) {
    return Optional.ofNullable(held.get(id));
  }

  boolean isSelectable(int id) {
    return selected.find(id).isPresent();
  }

  /// The element whose policy and transport are the pool's.
  PoolElementParameter lead() {
    return lastLeader == null ? held.firstEntry().getValue() : lastLeader;
  }

  Optional<CauseCode> refusal(PoolElementParameter element) {
    boolean sensible = valid.test(element.policy());
    if (leader == null) {
      return sensible ? Optional.empty() : Optional.of(CauseCode.INVALID_VALUES);
    }
    if (leader.policy().type() != element.policy().type()) {
      return Optional.of(CauseCode.INCONSISTENT_POLICY);
    }
    if (leader.userTransport().kind() != element.userTransport().kind()) {
      return Optional.of(CauseCode.INCONSISTENT_TRANSPORT);
    }
    if (leader.userTransport().use() != element.userTransport().use()) {
      return Optional.of(CauseCode.INCONSISTENT_TRANSPORT_USE);
    }
    return sensible ? Optional.empty() : Optional.of(CauseCode.INVALID_VALUES);
  }

  private boolean fits(PoolElementParameter element) {
    return leader != null && refusal(element).isEmpty();
  }

  void hold(PoolElementParameter element) {
    int id = element.elementId().value();
    if (held.isEmpty()) {
      lastLeader = element;
      leader = valid.test(element.policy()) ? element : null;
    }
    held.put(id, element);
    if (fits(element)) {
      selected.put(element);
    } else if (isSelectable(id)) {
      selected.remove(id);
    }
    settle();
  }

  void remove(int id) {
    held.remove(id);
    if (isSelectable(id)) {
      selected.remove(id);
    }
    settle();
  }

  void changeHome(int id, ServerId home) {
    PoolElementParameter moved = held.get(id).withHome(home);
    held.put(id, moved);
    selected.find(id).ifPresent(element -> element.parameter = moved);
  }

  /// Of those that are not selected and have a valid policy, the first above `own`.
  Optional<PoolElementParameter> rival(ServerId own) {
    return held.values().stream()
        .filter(element -> !isSelectable(element.elementId().value()))
        .filter(element -> valid.test(element.policy()))
        .filter(element -> element.homeId().compareTo(own) > 0)
        .max(LEADERSHIP);
  }

  private void settle() {
    if (!selected.elements.isEmpty()) {
      return;
    }
    Optional<PoolElementParameter> next =
        held.values().stream().filter(element -> valid.test(element.policy())).max(LEADERSHIP);
    leader = next.orElse(null);
    if (next.isPresent()) {
      lastLeader = next.get();
      followed++;
      selected = new NaivePool(steps);
      held.values().stream().filter(this::fits).forEach(selected::put);
    }
  }
}

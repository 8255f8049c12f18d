package io.rserpool.engine.session;

import io.rserpool.engine.Engine;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.PoolElementParameter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Notices which elements of a pool are gone, by the rule that sessions have ([RemovalWatch]), for
/// an application whose connections are not sessions. An element that leaves in order is not gone.
///
/// Its only effect is [SessionEffect.Probe].
public final class AbsenceWatch {

  private static final class Watched {
    private final RemovalWatch removal;
    private PoolElementParameter element;
    private int users = 1;

    private Watched(RemovalWatch removal, PoolElementParameter element) {
      this.removal = removal;
      this.element = element;
    }
  }

  private final SessionSettings settings;
  private final PoolSight sight = new PoolSight();
  private final Questions questions = new Questions();
  private final Map<ElementId, Watched> followed = new LinkedHashMap<>();

  /// Nothing is known, and no element is looked after.
  public AbsenceWatch(SessionSettings settings) {
    this.settings = settings;
  }

  /// Counts the lists that were told; what came before an element was chosen says nothing about it.
  public long version() {
    return sight.version();
  }

  /// Looks after an element, until [#leave] was called as often as this.
  ///
  /// @param chosenAt [#version] just before the element was chosen
  public void follow(long nowNs, PoolElementParameter element, long chosenAt, SessionEffects out) {
    Watched known = followed.get(element.elementId());
    if (known == null) {
      RemovalWatch removal = new RemovalWatch(sight, questions, settings);
      followed.put(element.elementId(), new Watched(removal, element));
      removal.follow(new Turn(nowNs, out), element, chosenAt);
      return;
    }
    known.users++;
    if (!element.userTransport().equals(known.element.userTransport())) {
      // It was started anew in another place, and is called there.
      known.element = element;
      known.removal.follow(new Turn(nowNs, out), element, chosenAt);
    }
  }

  /// An element is followed once less.
  public void leave(ElementId element) {
    Watched known = followed.get(element);
    if (known != null && --known.users == 0) {
      followed.remove(element);
    }
  }

  /// Whether the newest list proves that a followed element is out of the pool, be it gone or
  /// leaving in order.
  public boolean isMissing(ElementId element) {
    Watched known = followed.get(element);
    return known != null && known.removal.isMissing();
  }

  /// The registrar told the state of the pool.
  ///
  /// @param isWhole whether the list is known to hold all elements
  public void poolChanged(
      long nowNs, List<PoolElementParameter> elements, boolean isWhole, SessionEffects out) {
    sight.update(elements, isWhole);
    Turn turn = new Turn(nowNs, out);
    followed.values().forEach(watched -> watched.removal.check(turn));
  }

  /// The answer to [SessionEffect.Probe].
  ///
  /// @return the element that is known to be gone by this
  public Optional<PoolElementParameter> probed(
      long nowNs, long question, ProbeResult result, SessionEffects out) {
    Turn turn = new Turn(nowNs, out);
    for (Watched watched : followed.values()) {
      if (watched.removal.isGone(turn, question, result)) {
        return Optional.of(watched.element);
      }
    }
    return Optional.empty();
  }

  /// Does what is due.
  public void tick(long nowNs, SessionEffects out) {
    Turn turn = new Turn(nowNs, out);
    followed.values().forEach(watched -> watched.removal.tick(turn));
  }

  /// When [#tick] is to be called next, or [Engine#NEVER].
  public long nextDeadlineNs() {
    long nextNs = Engine.NEVER;
    for (Watched watched : followed.values()) {
      nextNs = Math.min(nextNs, watched.removal.deadlineNs());
    }
    return nextNs;
  }
}

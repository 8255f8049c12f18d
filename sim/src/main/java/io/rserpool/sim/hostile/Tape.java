package io.rserpool.sim.hostile;

import io.rserpool.engine.AssociationKind;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Messages that others have sent, to be sent again by somebody else: the newest ones, and some of
/// long ago.
final class Tape {

  private static final int KEPT = 400;

  private record Taped(AssociationKind kind, boolean isToRegistrar, byte[] message) {}

  private final List<Taped> taped = new ArrayList<>();
  private final RandomGenerator random;

  Tape(RandomGenerator random) {
    this.random = random;
  }

  /// A message has been sent.
  void record(AssociationKind kind, boolean isToRegistrar, byte[] message) {
    Taped newest = new Taped(kind, isToRegistrar, message.clone());
    if (taped.size() < KEPT) {
      taped.add(newest);
    } else {
      taped.set(random.nextInt(KEPT), newest);
    }
  }

  /// One that fits an association, if there is any.
  byte @Nullable [] one(AssociationKind kind, boolean isToRegistrar, RandomGenerator choice) {
    List<Taped> fitting =
        taped.stream()
            .filter(message -> message.kind() == kind && message.isToRegistrar() == isToRegistrar)
            .toList();
    return fitting.isEmpty() ? null : fitting.get(choice.nextInt(fitting.size())).message();
  }
}

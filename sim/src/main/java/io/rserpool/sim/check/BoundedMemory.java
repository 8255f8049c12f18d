package io.rserpool.sim.check;

import io.rserpool.engine.registrar.RegistrarView;

/// What a registrar keeps is bounded by who is there: never more elements than there are identities,
/// and everything else within a few times the number of processes. Associations with machines that
/// failed silently may stay.
final class BoundedMemory extends Invariant {

  /// Looking at all sizes costs more than most events.
  private static final int EVERY = 16;

  private static final int EACH = 6;
  private static final int SLACK = 32;

  private int changes;

  BoundedMemory(Truth truth) {
    super("bounded-memory", truth);
  }

  @Override
  void observe(Observation observation) {
    if (observation instanceof Observation.Settled) {
      truth().running().forEach(this::look);
    } else if (observation instanceof Observation.HandlespaceChanged(RegistrarFacts registrar, _)
        && ++changes % EVERY == 0) {
      look(registrar);
    }
  }

  private void look(RegistrarFacts registrar) {
    RegistrarView view = registrar.view().orElse(null);
    if (view == null) {
      return;
    }
    long elements = (long) truth().elements().size() + truth().ledger().foreigners();
    long processes = elements + truth().users().size() + truth().registrars().size();
    long limit = EACH * processes + SLACK + truth().guests();
    view.sizes()
        .forEach((name, size) -> {
          long most =
              switch (name) {
                case "elements", "pools" -> elements;
                case "rates" -> limit * (1 + bounds().pools());
                case "associations" -> limit + truth().silentLosses();
                default -> limit;
              };
          check(
              size <= most,
              registrar.name(),
              () -> "at most " + most + " " + name,
              () -> Integer.toString(size));
        });
  }
}

package io.rserpool.bench.handlespace;

import io.rserpool.engine.handlespace.Handlespace;
import io.rserpool.engine.policy.PolicyRules;
import io.rserpool.engine.policy.SelectionSettings;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.Profile;
import java.util.List;
import java.util.SplittableRandom;

/// A handlespace that is measured.
public interface Subject {

  /// Which one.
  enum Kind {
    /// The registrar's own.
    OURS,
    /// Red-black trees, as a yardstick.
    TREE;

    Subject create() {
      return switch (this) {
        case OURS -> new Ours();
        case TREE -> new TreeHandlespace();
      };
    }
  }

  /// Registers an element, or registers it again.
  void register(PoolElementParameter element);

  /// Resolves the pool.
  List<?> resolve(int items);

  /// Deregisters an element.
  void deregister(PoolElementParameter element);

  /// The registrar's own handlespace.
  final class Ours implements Subject {
    private static final PolicyRules RULES =
        PolicyRules.standard(SelectionSettings.forProfile(Profile.STANDARD));

    private final Handlespace<Subject> handlespace =
        new Handlespace<>(RULES, new SplittableRandom(1));

    @Override
    public void register(PoolElementParameter element) {
      handlespace.put(Workload.POOL, element, this);
    }

    @Override
    public List<?> resolve(int items) {
      return handlespace.select(Workload.POOL, items);
    }

    @Override
    public void deregister(PoolElementParameter element) {
      handlespace.remove(handlespace.find(Workload.POOL, element.elementId()).orElseThrow());
    }
  }
}

package io.rserpool.sim.check;

import java.util.function.Supplier;

/// Something that must hold. Each looks at what it is about, counts its checks, and throws when it
/// is violated.
public abstract class Invariant {

  /// Lets something be looked at later.
  @FunctionalInterface
  public interface Agenda {
    /// Plans a look.
    void at(long atNs, Runnable look);
  }

  private final String name;
  private final Truth truth;
  private long checks;

  Invariant(String name, Truth truth) {
    this.name = name;
    this.truth = truth;
  }

  /// Its name.
  public String name() {
    return name;
  }

  /// How often it was checked.
  public long checks() {
    return checks;
  }

  abstract void observe(Observation observation);

  Truth truth() {
    return truth;
  }

  Bounds bounds() {
    return truth.bounds();
  }

  void check(boolean holds, String process, Supplier<String> expected, Supplier<String> seen) {
    checks++;
    if (!holds) {
      throw new ViolationException(
          new Violation(name, truth.nowNs(), process, expected.get(), seen.get()));
    }
  }
}

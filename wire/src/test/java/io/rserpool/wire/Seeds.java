package io.rserpool.wire;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// Runs a check over many seeds. A failure names its seed and the command that replays it; with
/// `-Drserpool.seed=N` the first seed is N, otherwise it is a fresh one.
public final class Seeds {

  private Seeds() {}

  /// A check that draws from a generator.
  @FunctionalInterface
  public interface Check {
    /// Fails by throwing, as assertions do.
    void run(RandomGenerator random);
  }

  /// The seed to start from.
  public static long first() {
    return Long.getLong("rserpool.seed", System.nanoTime() & 0xffff_ffffL);
  }

  /// Runs the check with `count` seeds, one after the other.
  ///
  /// @param module the Maven module of the test, for the command
  public static void each(int count, String module, Class<?> test, Check check) {
    long first = first();
    for (long seed = first; seed < first + count; seed++) {
      try {
        check.run(new SplittableRandom(seed));
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError(replay(seed, module, test) + "\n" + e.getMessage(), e);
      }
    }
  }

  /// The command that runs a test with one seed.
  public static String replay(long seed, String module, Class<?> test) {
    return ("replay with: mvn -pl %s -am test -Dsurefire.failIfNoSpecifiedTests=false"
            + " -Dtest=%s -Drserpool.seed=%d")
        .formatted(module, test.getSimpleName(), seed);
  }
}

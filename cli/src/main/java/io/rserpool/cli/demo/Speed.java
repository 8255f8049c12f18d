package io.rserpool.cli.demo;

/// How fast this machine computes, as busy as it is now, so that the picture takes about the same
/// time on all of them.
final class Speed {
  private static final long WARM_UP_NS = 60_000_000;
  private static final long TRIAL_NS = 120_000_000;
  private static final int ROUND = 10_000;

  private Speed() {}

  /// Iterations of the Mandelbrot formula that one thread does in a second.
  static double iterationsPerSecond() {
    run(WARM_UP_NS);
    return run(TRIAL_NS);
  }

  private static double run(long limitNs) {
    long beginNs = System.nanoTime();
    long elapsedNs = 0;
    long iterations = 0;
    double sum = 0;
    while (elapsedNs < limitNs) {
      sum += round();
      iterations += ROUND;
      elapsedNs = System.nanoTime() - beginNs;
    }
    // The sum is looked at, so that nobody can leave the work out.
    return Double.isNaN(sum) ? 1 : iterations * 1e9 / elapsedNs;
  }

  private static double round() {
    double re = 0;
    double im = 0;
    for (int i = 0; i < ROUND; i++) {
      double next = re * re - im * im - 0.1;
      im = 2 * re * im - 0.1;
      re = next;
    }
    return re + im;
  }
}

package io.rserpool.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Some measurements of the same thing, in seconds.
public final class Spread {

  private final String what;
  private final List<Double> sorted = new ArrayList<>();
  private int missing;

  /// @param what for the line that it prints
  public Spread(String what) {
    this.what = what;
  }

  /// One more.
  public void add(double seconds) {
    int at = 0;
    while (at < sorted.size() && sorted.get(at) < seconds) {
      at++;
    }
    sorted.add(at, seconds);
  }

  /// One that did not come to an end in time.
  public void miss() {
    missing++;
  }

  /// The least.
  public double min() {
    return sorted.isEmpty() ? Double.NaN : sorted.getFirst();
  }

  /// The median; between the two in the middle if there are two.
  public double median() {
    int size = sorted.size();
    return size == 0 ? Double.NaN : (sorted.get((size - 1) / 2) + sorted.get(size / 2)) / 2;
  }

  /// The greatest.
  public double max() {
    return sorted.isEmpty() ? Double.NaN : sorted.getLast();
  }

  /// How many there are.
  public int count() {
    return sorted.size();
  }

  /// `what   min 0.001 median 0.002 max 0.003 s (3)`, and how many are missing.
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%-42s min %7.3f  median %7.3f  max %7.3f s  (%d%s)",
        what,
        min(),
        median(),
        max(),
        sorted.size(),
        missing == 0 ? "" : ", and " + missing + " not in time");
  }
}

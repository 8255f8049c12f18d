package io.rserpool.sim;

import java.util.Locale;
import java.util.function.Consumer;

/// Takes a line for everything that happens in a simulation. The same seed gives the same lines.
///
/// The columns, separated by blanks, are
///
/// | column | width | what |
/// |---|---|---|
/// | time | 17 | seconds since the start, with nanoseconds |
/// | process | 8 | who: `pr1` a registrar, `pe7` an element, `pu2` a user, `-` the world |
/// | kind | 8 | `send`, `receive`, `up`, `down`, `request`, `reply`, `event`, `fault`, `state`, `check` |
/// | what | rest | for people; identifiers first |
public abstract class Trace {

  /// Takes nothing; what costs time to write is not even written.
  public static final Trace OFF = new Off();

  private static final long NS_PER_S = 1_000_000_000;

  /// For subclasses.
  protected Trace() {}

  /// Whether anybody reads it.
  public boolean isOn() {
    return true;
  }

  /// Something happened.
  ///
  /// @param who the process, or `-`
  /// @param kind one word
  public abstract void line(long atNs, String who, String kind, String what);

  /// A trace that hands every line on, written in columns.
  public static Trace to(Consumer<String> reader) {
    return new Written(reader);
  }

  /// One line in columns.
  static String write(long atNs, String who, String kind, String what) {
    return String.format(
        Locale.ROOT, "%7d.%09d %-8s %-8s %s", atNs / NS_PER_S, atNs % NS_PER_S, who, kind, what);
  }

  private static final class Off extends Trace {
    @Override
    public boolean isOn() {
      return false;
    }

    @Override
    public void line(long atNs, String who, String kind, String what) {}
  }

  private static final class Written extends Trace {
    private final Consumer<String> reader;

    Written(Consumer<String> reader) {
      this.reader = reader;
    }

    @Override
    public void line(long atNs, String who, String kind, String what) {
      reader.accept(write(atNs, who, kind, what));
    }
  }
}

package io.rserpool.cli.console;

import java.io.Console;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/// What the person sees: lines, and below them a bar that grows. Without a terminal there are lines
/// only, one for each tenth of the way. Safe for several threads.
public final class Screen {
  private static final int BAR_WIDTH = 40;
  private static final long REDRAW_NS = 80_000_000;
  private static final String CLEAR_LINE = "\r\u001b[K";

  private final PrintWriter out;
  private final boolean isTerminal;
  private final char full;
  private final char empty;
  private String bar = "";
  private int tenthsTold;
  private long lastDrawnNs = System.nanoTime() - REDRAW_NS;

  private Screen(PrintWriter out, boolean isTerminal, boolean isUnicode) {
    this.out = out;
    this.isTerminal = isTerminal;
    this.full = isUnicode ? '\u2588' : '#';
    this.empty = isUnicode ? '\u2591' : '.';
  }

  /// The screen that this process was started at.
  // There is none without a terminal, whatever the checker says of newer versions of Java.
  @SuppressWarnings("SystemConsoleNull")
  public static Screen of(PrintWriter out) {
    Console console = System.console();
    boolean isTerminal =
        console != null && console.isTerminal() && !"dumb".equals(System.getenv("TERM"));
    String encoding = System.getProperty("stdout.encoding", "");
    return new Screen(out, isTerminal, encoding.equalsIgnoreCase(StandardCharsets.UTF_8.name()));
  }

  /// Prints a line above the bar.
  public synchronized void say(String line) {
    if (bar.isEmpty()) {
      out.println(line);
    } else {
      out.print(CLEAR_LINE);
      out.println(line);
      out.print(bar);
    }
    out.flush();
  }

  /// Shows how far it is.
  ///
  /// @param share of the way, 0 to 1
  /// @param text what has been done, in a few words
  public synchronized void progress(double share, String text) {
    if (!isTerminal) {
      int tenths = (int) (10 * share);
      if (tenths > tenthsTold) {
        tenthsTold = tenths;
        say("%3d %%  %s".formatted(10 * tenths, text));
      }
      return;
    }
    long nowNs = System.nanoTime();
    if (nowNs - lastDrawnNs >= REDRAW_NS || share >= 1) {
      lastDrawnNs = nowNs;
      int length = (int) (BAR_WIDTH * share);
      bar =
          "%s%s %3d %%  %s"
              .formatted(
                  String.valueOf(full).repeat(length),
                  String.valueOf(empty).repeat(BAR_WIDTH - length),
                  (int) (100 * share),
                  text);
      out.print(CLEAR_LINE + bar);
      out.flush();
    }
  }

  /// Leaves the bar as it is and goes on below it.
  public synchronized void endProgress() {
    if (!bar.isEmpty()) {
      bar = "";
      out.println();
      out.flush();
    }
  }
}

package io.rserpool.cli.console;

import java.io.Console;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;

/// What the person sees: lines, and below them a bar that grows, with a picture above it if there is
/// one. Without a terminal there are lines only, one for each tenth of the way. Safe for several
/// threads.
public final class Screen {
  private static final int BAR_WIDTH = 40;
  private static final long REDRAW_NS = 80_000_000;
  private static final String CLEAR_BELOW = "\r\u001b[J";

  private final PrintWriter out;
  private final boolean isTerminal;
  private final boolean isUnicode;
  private final char full;
  private final char empty;
  private String foot = "";
  private int rowsAboveBar;
  private int tenthsTold;
  private long lastDrawnNs = System.nanoTime() - REDRAW_NS;

  private Screen(PrintWriter out, boolean isTerminal, boolean isUnicode) {
    this.out = out;
    this.isTerminal = isTerminal;
    this.isUnicode = isUnicode;
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

  /// Whether pictures of coloured characters can be shown.
  public boolean showsPictures() {
    return isTerminal && isUnicode && String.valueOf(System.getenv("TERM")).contains("256color");
  }

  /// Prints a line above the bar.
  public synchronized void say(String line) {
    if (foot.isEmpty()) {
      out.println(line);
    } else {
      out.print(clear());
      out.println(line);
      out.print(foot);
    }
    out.flush();
  }

  /// What takes the picture and the bar away.
  private String clear() {
    return (rowsAboveBar == 0 ? "" : "\u001b[%dA".formatted(rowsAboveBar)) + CLEAR_BELOW;
  }

  /// Shows how far it is.
  ///
  /// @param share of the way, 0 to 1
  /// @param text what has been done, in a few words
  public void progress(double share, String text) {
    progress(share, text, List::of);
  }

  /// As [#progress(double, String)], with a picture.
  ///
  /// @param picture its rows, asked for when it is time to draw; only if [#showsPictures]
  public synchronized void progress(double share, String text, Supplier<List<String>> picture) {
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
      String before = clear();
      List<String> rows = picture.get();
      rowsAboveBar = rows.size();
      foot = String.join("", rows.stream().map(row -> row + "\n").toList()) + bar(share, text);
      out.print(before + foot);
      out.flush();
    }
  }

  private String bar(double share, String text) {
    int length = (int) (BAR_WIDTH * share);
    return "%s%s %3d %%  %s"
        .formatted(
            String.valueOf(full).repeat(length),
            String.valueOf(empty).repeat(BAR_WIDTH - length),
            (int) (100 * share),
            text);
  }

  /// Leaves picture and bar as they are and goes on below them.
  public synchronized void endProgress() {
    if (!foot.isEmpty()) {
      foot = "";
      rowsAboveBar = 0;
      out.println();
      out.flush();
    }
  }
}

package io.rserpool.net.status;

import java.time.Duration;

/// Whether, where and how often a component reports its status.
///
/// @param host a name or an address; empty for no reports
/// @param port of the monitor
/// @param interval 250 ms to an hour
public record StatusOptions(String host, int port, Duration interval) {

  /// The port of a monitor, as rsplib has it.
  public static final int PORT = 2_960;

  /// What rsplib's programs send with at most; its monitor forgets a component after ten intervals.
  public static final Duration INTERVAL_MIN = Duration.ofMillis(250);

  /// The field in the report counts microseconds with 32 bits, some 71 minutes.
  public static final Duration INTERVAL_MAX = Duration.ofHours(1);

  /// How often unless told otherwise.
  public static final Duration INTERVAL = Duration.ofSeconds(1);

  /// No reports.
  public static final StatusOptions OFF = new StatusOptions("", PORT, INTERVAL);

  private static final String EXPECTED = "a monitor is written host:port, but this is '";

  public StatusOptions {
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("a monitor's port is 1 to 65535, but this is " + port);
    }
    if (interval.compareTo(INTERVAL_MIN) < 0 || interval.compareTo(INTERVAL_MAX) > 0) {
      throw new IllegalArgumentException(
          "status reports are sent every 250 to 3600000 ms, but this is every %d ms"
              .formatted(interval.toMillis()));
    }
  }

  /// Reports each second.
  ///
  /// @param monitor as [#withMonitor] takes it
  public static StatusOptions to(String monitor) {
    return OFF.withMonitor(monitor);
  }

  /// The same with another monitor.
  ///
  /// @param monitor `host:port`, with port 2960 if there is none, and IPv6 addresses in brackets
  /// @throws IllegalArgumentException that says what was expected and what was given
  public StatusOptions withMonitor(String monitor) {
    int colon = monitor.lastIndexOf(':');
    boolean hasPort = colon > monitor.lastIndexOf(']');
    String host = hasPort ? monitor.substring(0, colon) : monitor;
    boolean isBracketed = host.startsWith("[") && host.endsWith("]");
    String name = isBracketed ? host.substring(1, host.length() - 1) : host;
    if (name.isBlank() || name.contains("/") || (!isBracketed && name.contains(":"))) {
      throw new IllegalArgumentException(EXPECTED + monitor + "'");
    }
    try {
      int newPort = hasPort ? Integer.parseInt(monitor.substring(colon + 1)) : PORT;
      return new StatusOptions(name, newPort, interval);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(EXPECTED + monitor + "'", e);
    }
  }

  /// The same with another interval.
  public StatusOptions withInterval(Duration newInterval) {
    return new StatusOptions(host, port, newInterval);
  }

  /// Whether anything is reported.
  public boolean isOn() {
    return !host.isEmpty();
  }

  /// `host:port` of the monitor, or `none`.
  @Override
  public String toString() {
    String name = host.contains(":") ? "[" + host + "]" : host;
    return isOn() ? name + ":" + port + " every " + interval.toMillis() + " ms" : "none";
  }
}

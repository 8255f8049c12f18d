package io.rserpool.gateway.listen;

import java.time.Duration;

/// Limits of a [PoolListener].
///
/// @param connectionsMax connections at once; more wait until one has ended
/// @param backlog how many callers the system keeps waiting
/// @param connectLimit how long the search for an element may take before the caller is put off
public record ListenerOptions(int connectionsMax, int backlog, Duration connectLimit) {

  public ListenerOptions {
    if (connectionsMax < 1 || backlog < 1 || !connectLimit.isPositive()) {
      throw new IllegalArgumentException(
          ("a listener has 1 connection or more, a backlog of 1 or more and a positive limit, but"
                  + " these are %d, %d and %s")
              .formatted(connectionsMax, backlog, connectLimit));
    }
  }

  /// 1000 connections, 100 callers that wait, 10 seconds.
  public static ListenerOptions defaults() {
    return new ListenerOptions(1000, 100, Duration.ofSeconds(10));
  }

  /// The same with another number of connections.
  public ListenerOptions withConnectionsMax(int newConnectionsMax) {
    return new ListenerOptions(newConnectionsMax, backlog, connectLimit);
  }
}

package io.rserpool.cli.demo;

import io.rserpool.client.Failover;
import org.jspecify.annotations.Nullable;

/// What was done to a server, and when the others came to know. Times are those of
/// [System#nanoTime], or [#NOT_YET].
///
/// @param server to whom it was done
/// @param how what was done, such as `killed by SIGKILL`
/// @param atNs when
/// @param move the first session's move away, once there was one
/// @param leftPoolNs when the registrar said that the server is out of its pool
/// @param firstResultNs when that session had the first result from another server
record Incident(
    Server server,
    String how,
    long atNs,
    @Nullable Failover move,
    long leftPoolNs,
    long firstResultNs) {

  /// It has not happened so far.
  static final long NOT_YET = Long.MIN_VALUE;

  static Incident now(Server server, String how) {
    return new Incident(server, how, System.nanoTime(), null, NOT_YET, NOT_YET);
  }

  Incident noticed(Failover newMove) {
    return move == null
        ? new Incident(server, how, atNs, newMove, leftPoolNs, firstResultNs)
        : this;
  }

  Incident leftPool(long nowNs) {
    return leftPoolNs == NOT_YET
        ? new Incident(server, how, atNs, move, nowNs, firstResultNs)
        : this;
  }

  Incident firstResult(Failover after, long nowNs) {
    return firstResultNs == NOT_YET && after.equals(move)
        ? new Incident(server, how, atNs, move, leftPoolNs, nowNs)
        : this;
  }

  /// Milliseconds from the deed to a later moment.
  double msUntil(long laterNs) {
    return (laterNs - atNs) / 1e6;
  }
}

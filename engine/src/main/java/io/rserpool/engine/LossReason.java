package io.rserpool.engine;

/// Why an association is down, or never came up.
public enum LossReason {
  /// The peer ended it in order.
  CLOSED,
  /// The peer, or its machine, broke it: connection reset, SCTP abort. Its process is probably
  /// gone.
  RESET,
  /// The peer's machine answered that nobody listens at that address.
  REFUSED,
  /// No answer in time, no route, or the transport gave up retransmitting.
  UNREACHABLE,
  /// This node ended it, since the peer sent what cannot be read or did not read what was sent.
  OFFENDING
}

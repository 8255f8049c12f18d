package io.rserpool.engine.peers;

/// How a registrar regards one of its peers.
///
///     ACTIVE --not heard for a while, or its association lost--> SUSPECT
///     SUSPECT --it refuses, or stays silent--> ARBITRATING --all acknowledge--> taken over
///     any --another registrar takes it over--> YIELDED --it has done so--> forgotten
///     any --heard--> ACTIVE
public enum PeerState {
  /// It was heard lately.
  ACTIVE,
  /// It was asked to answer.
  SUSPECT,
  /// It counts as dead, and this registrar asks the others whether it may take over (RFC 5353
  /// section 3.5.1).
  ARBITRATING,
  /// Another registrar is taking it over.
  YIELDED
}

package io.rserpool.sim.network;

import io.rserpool.engine.PeerIdentity;

/// What a machine has to show when a connection is secured, as TLS in `net` has it: whoever is called
/// proves a name by a certificate of the scope's authority; whoever calls does so, or shows nothing and
/// stays anonymous. A certificate of another authority ends the handshake, whoever shows it.
///
/// @param kind what it is
/// @param identity the name that the others learn
public record Papers(Kind kind, PeerIdentity identity) {

  /// What a machine may have.
  public enum Kind {
    /// It speaks no TLS: nobody proves anything.
    PLAIN,
    /// It speaks TLS, but has no certificate.
    NONE,
    /// Its certificate is of another authority.
    FOREIGN,
    /// Its certificate is of the scope's authority.
    CERTIFIED
  }

  /// There is no TLS.
  public static final Papers PLAIN = new Papers(Kind.PLAIN, PeerIdentity.ANONYMOUS);

  /// There is TLS, but no certificate.
  public static final Papers NONE = new Papers(Kind.NONE, PeerIdentity.ANONYMOUS);

  /// A certificate of another authority.
  public static final Papers FOREIGN = new Papers(Kind.FOREIGN, PeerIdentity.ANONYMOUS);

  /// A certificate of the scope's authority.
  public static Papers of(String name) {
    return new Papers(Kind.CERTIFIED, new PeerIdentity(name));
  }

  /// Whether this machine and one that it calls come to an association.
  boolean agreesWith(Papers called) {
    return switch (kind) {
      case PLAIN -> called.kind == Kind.PLAIN;
      case NONE, CERTIFIED -> called.kind == Kind.CERTIFIED;
      case FOREIGN -> false;
    };
  }
}

package io.rserpool.engine;

/// Who is at the other end of an association, as far as the transport has proved it.
///
/// @param name the authenticated name; empty if nothing was proved
public record PeerIdentity(String name) {

  /// Nothing is known of the peer but its address.
  public static final PeerIdentity ANONYMOUS = new PeerIdentity("");

  /// Whether the transport has authenticated the peer.
  public boolean isAuthenticated() {
    return !name.isEmpty();
  }

  /// The name, or that there is none, for people.
  public String describe() {
    return isAuthenticated() ? "'" + name + "'" : "somebody who has proved no name";
  }
}

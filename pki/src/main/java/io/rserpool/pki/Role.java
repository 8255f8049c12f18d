package io.rserpool.pki;

import java.util.List;
import java.util.Locale;

/// What the owner of a certificate is to the scope.
public enum Role {
  /// Answers users and elements, and is a peer of the other registrars.
  REGISTRAR,
  /// A server: registers in pools, and answers users.
  ELEMENT,
  /// A client: resolves pool handles, and uses elements.
  USER,
  /// A person who looks after the scope.
  ADMINISTRATOR;

  /// The word for it in identities and in names of folders.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The hosts of which certificates speak unless others are given: this machine for those who
  /// listen, none for those who only call.
  public List<String> usualHosts() {
    return switch (this) {
      case REGISTRAR, ELEMENT -> List.of("localhost", "127.0.0.1", "::1");
      case USER, ADMINISTRATOR -> List.of();
    };
  }

  /// All words, for texts.
  static List<String> words() {
    return List.of(values()).stream().map(Role::word).toList();
  }
}

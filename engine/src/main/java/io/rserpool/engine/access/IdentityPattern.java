package io.rserpool.engine.access;

import io.rserpool.engine.PeerIdentity;
import io.rserpool.protocol.Octets;
import java.util.ArrayList;
import java.util.List;

/// Names of peers, several at once. A pattern is compared with the whole proven name, letter by letter:
///
/// | pattern | who |
/// |---|---|
/// | `*` | everybody, whoever has proved nothing included |
/// | `authenticated` | everybody who has proved a name |
/// | `anonymous` | whoever has proved nothing |
/// | `rserpool://default/element/echo-*` | who has such a name |
///
/// A star within a pattern stands for any run of characters without a slash, so that a role in a name
/// cannot be put on by a long name in front of it; a star at the end stands for any run at all. Nobody
/// who has proved nothing matches anything but `*` and `anonymous`; no certified name matches
/// `anonymous`.
public final class IdentityPattern {

  /// Longer patterns match nothing that there is.
  public static final int SIZE_MAX = 1_024;

  private static final String EVERYBODY = "*";
  private static final String AUTHENTICATED = "authenticated";
  private static final String ANONYMOUS = "anonymous";

  private final String text;
  private final List<Wildcard> segments;

  private IdentityPattern(String text) {
    this.text = text;
    this.segments = segments(Octets.ofUtf8(text)).stream().map(Wildcard::of).toList();
  }

  /// The pattern with the given text.
  ///
  /// @throws IllegalArgumentException that says what was expected and what was given
  public static IdentityPattern parse(String text) {
    boolean isPlain = text.chars().allMatch(c -> c >= ' ' && c <= '~');
    if (text.isBlank() || text.length() > SIZE_MAX || !isPlain) {
      throw new IllegalArgumentException(
          "a pattern of names has 1 to %d printable ASCII characters such as".formatted(SIZE_MAX)
              + " rserpool://scope/element/*, but this is '"
              + (isPlain && text.length() <= SIZE_MAX ? text : text.length() + " characters")
              + "'");
    }
    return new IdentityPattern(text);
  }

  /// Whether a peer is one of those.
  public boolean matches(PeerIdentity identity) {
    if (text.equals(EVERYBODY)) {
      return true;
    }
    if (text.equals(ANONYMOUS) || !identity.isAuthenticated()) {
      return text.equals(ANONYMOUS) && !identity.isAuthenticated();
    }
    return text.equals(AUTHENTICATED) || matches(Octets.ofUtf8(identity.name()));
  }

  private boolean matches(Octets name) {
    List<Octets> named = segments(name);
    boolean isOpen = segments.getLast().isOpen();
    if (isOpen ? named.size() < segments.size() : named.size() != segments.size()) {
      return false;
    }
    for (int i = 0; i < segments.size(); i++) {
      if (!segments.get(i).matches(named.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static List<Octets> segments(Octets name) {
    List<Octets> segments = new ArrayList<>();
    byte[] bytes = name.toBytes();
    int from = 0;
    for (int i = 0; i <= bytes.length; i++) {
      if (i == bytes.length || bytes[i] == '/') {
        segments.add(Octets.copyOf(bytes, from, i - from));
        from = i + 1;
      }
    }
    return segments;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof IdentityPattern pattern && text.equals(pattern.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /// The text.
  @Override
  public String toString() {
    return text;
  }
}

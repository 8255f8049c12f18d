package io.rserpool.pki;

import io.rserpool.protocol.IpAddress;
import java.net.IDN;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// A host of which a certificate speaks: a DNS name in ASCII form, or an IP address.
///
/// @param text the name in lower case, or the address in its canonical form
/// @param address the bytes of the address; none for a name
record Host(String text, byte[] address) {
  private static final byte[] NONE = {};

  /// Labels of letters, digits and inner hyphens; the first may be a wildcard, alone (RFC 9525
  /// section 6.3).
  private static final Pattern DNS =
      Pattern.compile("(\\*\\.)?(?!-)[a-z0-9-]{1,63}(?<!-)(\\.(?!-)[a-z0-9-]{1,63}(?<!-))*");

  private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
  private static final Pattern NUMBER_LAST = Pattern.compile("(.*\\.)?\\d+");
  private static final int NAME_LENGTH_MAX = 253;

  static List<Host> parse(List<String> texts) {
    return texts.stream().map(Host::parse).distinct().toList();
  }

  /// @throws IllegalArgumentException if it is neither
  static Host parse(String text) {
    if (IPV4.matcher(text).matches() || IPV6.matcher(text).matches()) {
      return ofAddress(text);
    }
    String name = ascii(text);
    if (name.length() > NAME_LENGTH_MAX
        || !DNS.matcher(name).matches()
        || NUMBER_LAST.matcher(name).matches()) {
      throw mistake(text);
    }
    return new Host(name, NONE);
  }

  private static Host ofAddress(String text) {
    try {
      byte[] address = InetAddress.ofLiteral(text).getAddress();
      return new Host(IpAddress.ofBytes(address).toString(), address);
    } catch (IllegalArgumentException _) {
      throw mistake(text);
    }
  }

  /// Internationalised names stand in certificates in their ASCII form (RFC 9525 section 6.3).
  private static String ascii(String text) {
    try {
      return IDN.toASCII(text).toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException _) {
      throw mistake(text);
    }
  }

  private static IllegalArgumentException mistake(String text) {
    return new IllegalArgumentException(
        "a host is a DNS name such as server.example.com or *.example.com, or an IP address such as"
            + " 10.0.0.5 or 2001:db8::5, but this is '"
            + Name.shown(text)
            + "'");
  }

  boolean isAddress() {
    return address.length > 0;
  }

  /// Two hosts are the same if they are written the same.
  @Override
  public boolean equals(Object other) {
    return other instanceof Host host && text.equals(host.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}

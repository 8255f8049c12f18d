package io.rserpool.engine;

import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.IpAddress;
import java.util.List;
import java.util.Locale;

/// An address that can be called: a transport, one or more hosts (several only where the transport
/// is
/// multi-homed) and a port. Hosts are names or address literals; the host of the engine resolves
/// names, anew at every call.
///
/// @param scheme the transport
/// @param hosts at least one, without brackets
/// @param port 1 to 65535 where it is to be called; 0 to listen on any free port
public record Endpoint(Scheme scheme, List<String> hosts, int port) {

  /// The transports, as they are written before `://`.
  public enum Scheme {
    TCP("tcp"),
    TLS("tls"),
    SCTP("sctp"),
    SCTP_UDP("sctp+udp"),
    IN_PROCESS("inproc");

    private final String text;

    Scheme(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  public Endpoint {
    hosts = List.copyOf(hosts);
    if (hosts.isEmpty() || hosts.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException("an endpoint needs a host");
    }
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("a port is 0 to 65535, but this is " + port);
    }
  }

  /// An endpoint with one host.
  public static Endpoint of(Scheme scheme, String host, int port) {
    return new Endpoint(scheme, List.of(host), port);
  }

  /// The endpoint that a transport parameter names.
  ///
  /// @throws IllegalArgumentException if the transport is absent
  public static Endpoint of(AsapTransport transport) {
    Scheme scheme =
        switch (transport) {
          case AsapTransport.Tcp _ -> Scheme.TCP;
          case AsapTransport.Sctp _ -> Scheme.SCTP;
          case AsapTransport.Absent _ ->
              throw new IllegalArgumentException("an absent transport cannot be called");
        };
    return new Endpoint(
        scheme, transport.addresses().stream().map(IpAddress::toString).toList(), transport.port());
  }

  /// Reads `scheme://host:port`, with several hosts separated by `|` for multi-homed transports,
  /// and
  /// IPv6 literals in brackets. Without port the default is taken.
  ///
  /// @throws IllegalArgumentException that says what was expected and what was given
  public static Endpoint parse(String text, int defaultPort) {
    int mark = text.indexOf("://");
    String schemeText = mark < 0 ? "" : text.substring(0, mark).toLowerCase(Locale.ROOT);
    Scheme scheme = null;
    for (Scheme candidate : Scheme.values()) {
      if (candidate.toString().equals(schemeText)) {
        scheme = candidate;
      }
    }
    String rest = mark < 0 ? "" : text.substring(mark + 3);
    int colon = rest.lastIndexOf(':');
    boolean hasPort = colon > rest.lastIndexOf(']') && colon >= 0;
    String hostText = hasPort ? rest.substring(0, colon) : rest;
    if (scheme == null || hostText.isEmpty() || hostText.contains("/")) {
      throw new IllegalArgumentException(
          "an address is written tcp://host:port, but this is '" + text + "'");
    }
    List<String> hosts =
        List.of(hostText.split("\\|", -1)).stream()
            .map(h -> h.startsWith("[") && h.endsWith("]") ? h.substring(1, h.length() - 1) : h)
            .toList();
    try {
      int port = hasPort ? Integer.parseInt(rest.substring(colon + 1)) : defaultPort;
      return new Endpoint(scheme, hosts, port);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "an address is written tcp://host:port with a port from 0 to 65535, but this is '"
              + text
              + "'",
          e);
    }
  }

  /// `scheme://host:port`.
  @Override
  public String toString() {
    List<String> written = hosts.stream().map(h -> h.contains(":") ? "[" + h + "]" : h).toList();
    return scheme + "://" + String.join("|", written) + ":" + port;
  }
}

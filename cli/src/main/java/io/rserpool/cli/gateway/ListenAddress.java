package io.rserpool.cli.gateway;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads where to listen: `HOST:PORT`, with an IPv6 literal in brackets; a host of this machine.
final class ListenAddress implements ITypeConverter<InetSocketAddress> {

  @Override
  public InetSocketAddress convert(String text) {
    int colon = text.lastIndexOf(':');
    String port = text.substring(colon + 1);
    if (colon < 1 || !port.matches("\\d{1,5}") || Integer.parseInt(port) > 65_535) {
      throw new TypeConversionException(
          "an address to listen at is written 127.0.0.1:5432 or [::1]:5432, but this is '"
              + text
              + "'");
    }
    String host = text.substring(0, colon);
    try {
      return new InetSocketAddress(InetAddress.getAllByName(host)[0], Integer.parseInt(port));
    } catch (UnknownHostException _) {
      throw new TypeConversionException("there is no host '" + host + "' to listen at");
    }
  }

  /// The same way round.
  static String text(InetSocketAddress address) {
    String host = address.getAddress().getHostAddress();
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
  }
}

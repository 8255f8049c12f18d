package io.rserpool.cli.decode;

import io.rserpool.wire.Protocol;
import io.rserpool.wire.capture.CapturePorts;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// A port and what is spoken there, written `asap=3863`.
record ProtocolPort(Protocol protocol, int port) {

  /// The ports named; for a protocol without any, the registered one.
  static CapturePorts ports(List<ProtocolPort> named) {
    return new CapturePorts(ports(named, Protocol.ASAP), ports(named, Protocol.ENRP));
  }

  private static List<Integer> ports(List<ProtocolPort> named, Protocol protocol) {
    List<Integer> ports =
        named.stream().filter(each -> each.protocol == protocol).map(ProtocolPort::port).toList();
    return ports.isEmpty() ? List.of(protocol.port()) : ports;
  }

  /// Reads the notation.
  static final class Converter implements ITypeConverter<ProtocolPort> {
    @Override
    public ProtocolPort convert(String text) {
      int equals = text.indexOf('=');
      try {
        Protocol protocol =
            Protocol.valueOf(text.substring(0, Math.max(0, equals)).toUpperCase(Locale.ROOT));
        int port = Integer.parseInt(text.substring(equals + 1));
        if (port >= 1 && port <= 0xffff) {
          return new ProtocolPort(protocol, port);
        }
      } catch (IllegalArgumentException e) {
        // Said below, together with the port that is out of range.
      }
      throw new TypeConversionException(
          "asap=PORT or enrp=PORT expected, with a port from 1 to 65535, but this is '"
              + text
              + "'");
    }
  }
}

package io.rserpool.cli.console;

import io.rserpool.engine.Endpoint;
import io.rserpool.engine.Endpoint.Scheme;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads addresses from the command line: `tcp://host:port`, or `sctp://host|host:port` with as many
/// hosts as the machine has; the port may be left out, and is then that of the protocol, with TLS or
/// without.
public final class Addresses {
  /// The registered port of ASAP (RFC 5352 section 8.4).
  public static final int ASAP_PORT = 3863;

  /// The registered port of ASAP over TLS.
  public static final int ASAP_TLS_PORT = 3864;

  /// The registered port of ENRP (RFC 5353 section 5.3).
  public static final int ENRP_PORT = 9901;

  /// The registered port of ENRP over TLS.
  public static final int ENRP_TLS_PORT = 9902;

  /// Where registrars listen for elements and users, and where clients look, unless told otherwise.
  public static final String DEFAULT_ASAP = "tcp://localhost:3863";

  /// The same with TLS.
  public static final String DEFAULT_TLS_ASAP = "tls://localhost:3864";

  /// Where registrars listen for their peers unless told otherwise.
  public static final String DEFAULT_ENRP = "tcp://localhost:9901";

  /// The same with TLS.
  public static final String DEFAULT_TLS_ENRP = "tls://localhost:9902";

  private Addresses() {}

  /// An address that is called by ASAP, or listens for it.
  public static final class Asap implements ITypeConverter<Written> {
    @Override
    public Written convert(String text) {
      return written(text, ASAP_PORT, ASAP_TLS_PORT);
    }
  }

  /// An address that is called by ENRP, or listens for it.
  public static final class Enrp implements ITypeConverter<Written> {
    @Override
    public Written convert(String text) {
      return written(text, ENRP_PORT, ENRP_TLS_PORT);
    }
  }

  /// Where another registrar is called by ENRP.
  public static final class Peer implements ITypeConverter<Written> {
    @Override
    public Written convert(String text) {
      Written peer = written(text, ENRP_PORT, ENRP_TLS_PORT);
      if (peer.plain().port() == 0) {
        throw new TypeConversionException(
            "a peer is called at a port from 1 to 65535, but this is '" + text + "'");
      }
      return peer;
    }
  }

  /// An address on which a service listens, by default on any free port.
  public static final class Service implements ITypeConverter<Endpoint> {
    @Override
    public Endpoint convert(String text) {
      return parse(text, 0);
    }
  }

  private static Written written(String text, int defaultPort, int defaultTlsPort) {
    Endpoint secured = parse(text, defaultTlsPort);
    return switch (secured.scheme()) {
      case TLS -> new Written(secured, secured);
      case TCP, IN_PROCESS -> {
        Endpoint plain = parse(text, defaultPort);
        yield new Written(plain, plain);
      }
      case SCTP, SCTP_UDP -> new Written(parse(text, defaultPort), secured);
    };
  }

  private static Endpoint parse(String text, int defaultPort) {
    Endpoint endpoint;
    try {
      endpoint = Endpoint.parse(text, defaultPort);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
    switch (endpoint.scheme()) {
      case TCP, TLS -> {
        if (endpoint.hosts().size() > 1) {
          throw new TypeConversionException(
              "a TCP address has one host, but this is '"
                  + text
                  + "'; separate addresses by commas");
        }
      }
      case SCTP, SCTP_UDP -> {}
      case IN_PROCESS -> throw notBuiltIn(endpoint.scheme() + ":// is", endpoint);
    }
    return endpoint;
  }

  private static TypeConversionException notBuiltIn(String what, Endpoint endpoint) {
    Endpoint instead =
        new Endpoint(Scheme.TCP, List.of(endpoint.hosts().getFirst()), endpoint.port());
    return new TypeConversionException(what + " not built into this version yet, use " + instead);
  }
}

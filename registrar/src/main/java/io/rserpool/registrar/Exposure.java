package io.rserpool.registrar;

import io.rserpool.engine.Endpoint;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Without TLS everybody who can send to a registrar may register, remove and take over: so it listens
/// on its own machine only, unless it is told to do otherwise.
final class Exposure {

  private static final Logger LOG = LoggerFactory.getLogger("io.rserpool.registrar");

  private Exposure() {}

  /// Refuses to listen where others can reach it without TLS, unless that is wanted.
  static void requireAllowed(RegistrarConfig config) {
    requireMetricsAllowed(config);
    if (config.security().tls().isOn()) {
      return;
    }
    Stream.concat(config.asap().stream(), config.enrp().stream())
        .filter(Exposure::isExposed)
        .findFirst()
        .ifPresent(exposed -> {
          if (!config.security().allowsInsecure()) {
            throw new StartException(
                "cannot listen at "
                    + exposed
                    + " without TLS: whoever can reach it could register, remove and take over"
                    + " elements. Give it a certificate (tls; rserpool pki makes one), or say that"
                    + " this is wanted (insecure)");
          }
          LOG.warn(
              "insecure: without TLS, everybody who can reach {} may register and remove elements",
              exposed);
        });
  }

  /// Metrics are never secured, and tell a lot.
  private static void requireMetricsAllowed(RegistrarConfig config) {
    config.metrics().stream()
        .filter(Exposure::isExposed)
        .findFirst()
        .ifPresent(exposed -> {
          String address = RegistrarConfig.text(exposed);
          if (!config.security().allowsInsecure()) {
            throw new StartException(
                "metrics: cannot listen at "
                    + address
                    + ": there is no TLS there, so whoever can reach it could read them. Take an"
                    + " address of this machine only, such as 127.0.0.1:"
                    + RegistrarConfig.METRICS_PORT
                    + ", or say that this is wanted (insecure)");
          }
          LOG.warn("insecure: everybody who can reach {} may read metrics", address);
        });
  }

  private static boolean isExposed(Endpoint endpoint) {
    return switch (endpoint.scheme()) {
      case IN_PROCESS -> false;
      case TCP, TLS, SCTP, SCTP_UDP ->
          endpoint.hosts().stream()
              .flatMap(Exposure::addresses)
              .anyMatch(a -> !a.isLoopbackAddress());
    };
  }

  private static Stream<InetAddress> addresses(String host) {
    try {
      return Arrays.stream(InetAddress.getAllByName(host));
    } catch (UnknownHostException _) {
      // Listening says so.
      return Stream.empty();
    }
  }
}

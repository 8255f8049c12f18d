package io.rserpool.registrar.metrics;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.rserpool.net.tls.TlsCredentials;
import io.rserpool.net.tls.TlsOptions;

/// How long the registrar's certificate is valid, so that somebody is told in time.
final class CertificateFigures {

  private static final double MS_PER_S = 1e3;

  private CertificateFigures() {}

  /// Nothing without TLS.
  static void register(PrometheusRegistry registry, TlsOptions tls) {
    if (!tls.isOn()) {
      return;
    }
    TlsCredentials credentials = tls.credentials();
    GaugeWithCallback.builder()
        .name("rserpool_tls_certificate_not_after_seconds")
        .help("When the certificate in use expires, in seconds since 1970; by its name.")
        .labelNames("name")
        .callback(value ->
            value.call(
                credentials.validUntil().toEpochMilli() / MS_PER_S, credentials.identity().name()))
        .register(registry);
  }
}

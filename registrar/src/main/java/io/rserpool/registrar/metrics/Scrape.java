package io.rserpool.registrar.metrics;

import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.rserpool.engine.registrar.RegistrarResult.Status;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Writes all figures as text. The registrar is asked for its status once a second at most, however often
/// somebody wants to read. One thread.
final class Scrape {

  /// A text, and what kind of one.
  record Text(String contentType, byte[] bytes) {}

  private static final long STATUS_AGE_NS_MAX = 1_000_000_000;

  private final PrometheusRegistry registry;
  private final Supplier<Status> source;
  private final ExpositionFormatWriter plain = PrometheusTextFormatWriter.create();
  private final ExpositionFormatWriter open = OpenMetricsTextFormatWriter.create();
  private @Nullable StatusFigures figures;
  private long askedNs;

  /// @param source gives the status, or throws; may take its time
  Scrape(PrometheusRegistry registry, Supplier<Status> source) {
    this.registry = registry;
    this.source = source;
  }

  /// @param accept what the reader says that it understands
  Text write(String accept) {
    refresh();
    ExpositionFormatWriter writer = open.accepts(accept) ? open : plain;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      writer.write(bytes, registry.scrape());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Text(writer.getContentType(), bytes.toByteArray());
  }

  private void refresh() {
    long nowNs = System.nanoTime();
    StatusFigures known = figures;
    if (known == null) {
      figures = new StatusFigures(registry, source.get());
      askedNs = nowNs;
    } else if (nowNs - askedNs >= STATUS_AGE_NS_MAX) {
      known.now(source.get());
      askedNs = nowNs;
    }
  }
}

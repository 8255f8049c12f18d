package io.rserpool.registrar;

import io.rserpool.engine.Endpoint;
import io.rserpool.engine.Event;
import io.rserpool.engine.registrar.RegistrarResult;
import io.rserpool.registrar.metrics.MetricsServer;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The metrics of a registrar, if somebody may read them; otherwise nothing at all, not even their
/// classes.
final class Measuring implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger("io.rserpool.registrar");

  private final List<Endpoint> wanted;
  private final @Nullable MetricsServer server;

  /// Begins to count; nobody can read yet.
  ///
  /// @param status gives the registrar's status
  Measuring(RegistrarConfig config, Supplier<RegistrarResult.Status> status) {
    wanted = config.metrics();
    server = wanted.isEmpty() ? null : new MetricsServer(status, config.security().tls());
  }

  /// Lets them be read.
  ///
  /// @throws StartException if an address cannot be had; then it is closed
  void open() {
    if (server == null) {
      return;
    }
    for (Endpoint endpoint : wanted) {
      try {
        server.listen(endpoint);
      } catch (IOException e) {
        close();
        throw new StartException(
            "metrics: cannot listen at " + RegistrarConfig.text(endpoint) + ": " + e.getMessage(),
            e);
      }
    }
    LOG.info(
        "metrics: http://{}/metrics",
        String.join(", http://", server.endpoints().stream().map(RegistrarConfig::text).toList()));
  }

  /// Where they are read, with the ports that were really taken.
  List<Endpoint> endpoints() {
    return server == null ? List.of() : server.endpoints();
  }

  void observe(Event event) {
    if (server != null) {
      server.observe(event);
    }
  }

  void policyFailed() {
    if (server != null) {
      server.policyFailed();
    }
  }

  @Override
  public void close() {
    if (server != null) {
      server.close();
    }
  }
}

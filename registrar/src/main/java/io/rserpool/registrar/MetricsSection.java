package io.rserpool.registrar;

import io.rserpool.engine.Endpoint;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/// Reads the section `metrics` of a configuration: where metrics are read by HTTP.
final class MetricsSection {

  private static final String LISTEN = "metrics.listen";

  private final YamlFile file;

  MetricsSection(YamlFile file) {
    this.file = file;
  }

  /// Nowhere if there is no such section.
  List<Endpoint> read(@Nullable Node node) {
    List<Endpoint> endpoints = new ArrayList<>();
    if (node != null) {
      file.section("metrics", node).forEach((name, value) -> read(endpoints, name, value));
    }
    return endpoints;
  }

  private void read(List<Endpoint> endpoints, String name, Node value) {
    String key = "metrics." + name;
    if (!key.equals(LISTEN)) {
      file.unknown(key, value, List.of(LISTEN));
      return;
    }
    for (YamlFile.Text text : file.list(key, value)) {
      try {
        endpoints.add(RegistrarConfig.metricsAddress(text.text()));
      } catch (IllegalArgumentException e) {
        file.mistake(text.line(), key + ": " + e.getMessage());
      }
    }
  }
}

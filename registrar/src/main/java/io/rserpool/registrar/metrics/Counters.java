package io.rserpool.registrar.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;

/// Makes counters that are there from the start, each label value with 0: what has never happened can be
/// told from what is not counted.
final class Counters {

  private final PrometheusRegistry registry;

  Counters(PrometheusRegistry registry) {
    this.registry = registry;
  }

  Counter of(String name, String help) {
    return Counter.builder().name(name).help(help).withoutExemplars().register(registry);
  }

  Counter of(String name, String help, String label, List<String> values) {
    Counter counter =
        Counter.builder()
            .name(name)
            .help(help)
            .labelNames(label)
            .withoutExemplars()
            .register(registry);
    values.forEach(counter::initLabelValues);
    return counter;
  }
}

package io.rserpool.registrar.metrics;

import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.rserpool.engine.peers.PeerState;
import io.rserpool.engine.registrar.RegistrarResult.Status;
import io.rserpool.protocol.asap.AsapType;
import io.rserpool.protocol.enrp.EnrpType;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/// The figures of one status. One thread: that of [Scrape].
final class StatusFigures {

  private static final double NS_PER_S = 1e9;

  private static final List<String> MESSAGES =
      Stream.concat(
              Stream.of(AsapType.values()).map(AsapType::rfcName),
              Stream.of(EnrpType.values()).map(EnrpType::rfcName))
          .toList();

  private final PrometheusRegistry registry;
  private Status status;

  StatusFigures(PrometheusRegistry registry, Status first) {
    this.registry = registry;
    this.status = first;
    gauge(
        "rserpool_serving",
        "1 while requests are served, 0 while the table is fetched.",
        s -> s.serving() ? 1 : 0);
    gauge("rserpool_pools", "Pools in the handlespace.", Status::pools);
    gauge("rserpool_elements", "Elements in the handlespace.", Status::elements);
    gauge("rserpool_own_elements", "Elements whose home this registrar is.", Status::ownElements);
    gauge(
        "rserpool_silent_elements",
        "Own elements that have missed an answer to a keep-alive just now.",
        Status::silentElements);
    gauge("rserpool_associations", "Associations that are up.", Status::associations);
    gauge("rserpool_subscriptions", "Subscriptions of pool users.", Status::subscriptions);
    gauge("rserpool_element_calls", "Calls to elements, under way or waiting.", Status::calls);
    gauge(
        "rserpool_keep_alive_interval_seconds",
        "Time between two keep-alives to one element, as the budget allows it.",
        s -> s.keepAliveInterval().toNanos() / NS_PER_S);
    peers();
    messages();
    GaugeWithCallback.builder()
        .name("rserpool_registrar_info")
        .help("1, labelled with the registrar's identifier.")
        .labelNames("server_id")
        .callback(value -> value.call(1, status.serverId().toString()))
        .register(registry);
  }

  void now(Status newStatus) {
    status = newStatus;
  }

  private void gauge(String name, String help, ToDoubleFunction<Status> figure) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .callback(value -> value.call(figure.applyAsDouble(status)))
        .register(registry);
  }

  private void peers() {
    GaugeWithCallback.builder()
        .name("rserpool_peers")
        .help("Other registrars that are known, by their state.")
        .labelNames("state")
        .callback(value -> {
          for (PeerState state : PeerState.values()) {
            long count = status.peers().stream().filter(peer -> peer.state() == state).count();
            value.call((double) count, state.name().toLowerCase(Locale.ROOT));
          }
        })
        .register(registry);
  }

  private void messages() {
    CounterWithCallback.builder()
        .name("rserpool_messages_received")
        .help("Messages that were received, by their names in RFC 5352 and RFC 5353.")
        .labelNames("type")
        .callback(value -> {
          for (String message : MESSAGES) {
            value.call(
                status.counters().getOrDefault("received." + message, 0L).doubleValue(), message);
          }
        })
        .register(registry);
  }
}

package io.rserpool.cli.demo;

import io.rserpool.client.Failover;
import io.rserpool.protocol.ElementId;
import io.rserpool.services.fractal.Move;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/// Keeps what happened when, from all the threads that see some of it.
final class Chronicle {
  private final long beginNs = System.nanoTime();
  private final Map<ElementId, Server> servers = new LinkedHashMap<>();
  private final Map<ElementId, Incident> incidents = new LinkedHashMap<>();

  Chronicle(List<Server> servers) {
    servers.forEach(server -> this.servers.put(server.id(), server));
  }

  synchronized void happened(Incident incident) {
    incidents.put(incident.server().id(), incident);
  }

  synchronized void movedOver(Failover move) {
    update(move.oldElement().elementId(), incident -> incident.noticed(move));
  }

  synchronized void firstResult(Move move) {
    Failover failover = move.failover();
    update(
        failover.oldElement().elementId(),
        incident -> incident.firstResult(failover, move.firstResultNs()));
  }

  /// The pool has these members now.
  synchronized void members(Set<ElementId> present) {
    long nowNs = System.nanoTime();
    for (ElementId id : List.copyOf(incidents.keySet())) {
      if (!present.contains(id)) {
        update(id, incident -> incident.leftPool(nowNs));
      }
    }
  }

  /// Whether all is known of everything that was done.
  synchronized boolean isComplete() {
    return incidents.values().stream()
        .allMatch(i -> i.firstResultNs() != Incident.NOT_YET && i.leftPoolNs() != Incident.NOT_YET);
  }

  /// Who that is, as people call it.
  synchronized String name(ElementId id) {
    Server server = servers.get(id);
    return server == null ? "element " + id : server.toString();
  }

  /// Seconds since the beginning, for the left margin.
  String clock(long atNs) {
    return String.format(Locale.ROOT, "%6.3f s", (atNs - beginNs) / 1e9);
  }

  /// A few lines for each incident, in the order in which they happened.
  synchronized List<String> toLines() {
    List<String> lines = new ArrayList<>();
    for (Incident incident : incidents.values()) {
      lines.add(clock(incident.atNs()) + "  " + incident.server() + " " + incident.how());
      SortedMap<Long, String> later = new TreeMap<>();
      Failover move = incident.move();
      if (move == null) {
        lines.add(" ".repeat(15) + "never noticed by the client: it had no session there");
      } else {
        later.put(move.noticedNs(), "noticed by the client: " + move.source());
        later.put(
            incident.firstResultNs(), "first result from " + name(move.newElement().elementId()));
      }
      later.put(incident.leftPoolNs(), "out of the pool, says the registrar");
      later.remove(Incident.NOT_YET);
      later.forEach((atNs, what) -> lines.add(after(incident, atNs, what)));
    }
    return lines;
  }

  private void update(ElementId id, UnaryOperator<Incident> change) {
    incidents.computeIfPresent(id, (_, incident) -> change.apply(incident));
  }

  private static String after(Incident incident, long atNs, String what) {
    return String.format(
        Locale.ROOT, "%13s  %s", "+%.0f ms".formatted(incident.msUntil(atNs)), what);
  }
}

package io.rserpool.cli.demo;

import io.rserpool.client.Failover;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.ServerId;
import io.rserpool.services.fractal.Move;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// Keeps what happened when, from all the threads that see some of it.
final class Chronicle {
  private final long beginNs = System.nanoTime();
  private final Cast cast;
  private final Map<ElementId, Incident> incidents = new LinkedHashMap<>();
  private final Map<ElementId, ServerId> homes = new LinkedHashMap<>();
  private final List<Loss> losses = new ArrayList<>();

  Chronicle(Cast cast) {
    this.cast = cast;
  }

  synchronized void happened(Incident incident) {
    incidents.put(incident.server().id(), incident);
  }

  synchronized void happened(Loss loss) {
    losses.add(loss);
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
  synchronized void members(List<PoolElementParameter> present) {
    long nowNs = System.nanoTime();
    homes.clear();
    present.forEach(element -> homes.put(element.elementId(), element.homeId()));
    losses.forEach(loss -> loss.homes(nowNs, homes));
    for (ElementId id : List.copyOf(incidents.keySet())) {
      if (!homes.containsKey(id)) {
        update(id, incident -> incident.leftPool(nowNs));
      }
    }
  }

  /// Whose home a registrar is, as the client knows it.
  synchronized boolean isHome(RegistrarChild registrar, Server server) {
    return registrar.id().equals(homes.get(server.id()));
  }

  /// `server 1 with registrar 3` and so on.
  synchronized String describeHomes() {
    return cast.servers().stream()
        .map(server -> "server " + server.number() + " with " + homeOf(server))
        .collect(Collectors.joining(", "));
  }

  /// Whether all is known of everything that was done.
  synchronized boolean isComplete() {
    return losses.stream().allMatch(Loss::isMended)
        && incidents.values().stream()
            .allMatch(
                i -> i.firstResultNs() != Incident.NOT_YET && i.leftPoolNs() != Incident.NOT_YET);
  }

  /// Who that is, as people call it.
  String name(ElementId id) {
    return cast.servers().stream()
        .filter(server -> server.id().equals(id))
        .findFirst()
        .map(Server::toString)
        .orElse("element " + id);
  }

  /// Seconds since the beginning, for the left margin.
  String clock(long atNs) {
    return String.format(Locale.ROOT, "%6.3f s", (atNs - beginNs) / 1e9);
  }

  /// A few lines for each incident, in the order in which they happened.
  synchronized List<String> toLines() {
    SortedMap<Long, List<String>> blocks = new TreeMap<>();
    incidents.values().forEach(incident -> blocks.put(incident.atNs(), toLines(incident)));
    losses.forEach(loss -> blocks.put(loss.atNs(), toLines(loss)));
    return blocks.values().stream().flatMap(List::stream).toList();
  }

  private String homeOf(Server server) {
    return cast.registrars().stream()
        .filter(registrar -> isHome(registrar, server))
        .findFirst()
        .map(registrar -> "registrar " + registrar.number())
        .orElse("no registrar");
  }

  private List<String> toLines(Loss loss) {
    List<String> lines = new ArrayList<>();
    lines.add(
        clock(loss.atNs()) + "  " + loss.registrar() + " killed by SIGKILL, " + loss.homeOf());
    lines.addAll(loss.toLines());
    return lines;
  }

  private List<String> toLines(Incident incident) {
    List<String> lines = new ArrayList<>();
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

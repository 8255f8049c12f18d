package io.rserpool.cli.pool;

import io.rserpool.cli.console.ElementText;
import io.rserpool.cli.console.Json;
import io.rserpool.cli.console.PolicyText;
import io.rserpool.client.Pool;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.PoolElementParameter;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What has become different between two states of a pool.
///
/// @param isFirst whether there is no state before it
/// @param before the elements as they were, empty at first
/// @param pool the state now
record PoolChange(boolean isFirst, Map<ElementId, PoolElementParameter> before, Pool pool) {
  private static final DateTimeFormatter TIME_OF_DAY = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");

  /// The first state that is known.
  static PoolChange first(Pool pool) {
    return new PoolChange(true, Map.of(), pool);
  }

  /// The next state.
  PoolChange next(Pool newPool) {
    return new PoolChange(false, after(), newPool);
  }

  /// A line for the pool, and one for each element that is concerned; no line if nothing changed.
  List<String> toLines(LocalDateTime now) {
    String prefix = TIME_OF_DAY.format(now) + " " + pool.handle();
    int count = pool.elements().size();
    List<String> changes = new ArrayList<>();
    joined().forEach(e -> changes.add(line(isFirst ? "present" : "joined", e)));
    left().forEach(e -> changes.add(line("left", e)));
    changed().forEach(e -> changes.add(line("changed", e)));
    if (isEmpty()) {
      return List.of();
    }
    String total = count == 0 ? "no elements" : count == 1 ? "1 element" : count + " elements";
    return Stream.concat(Stream.of(" " + total), changes.stream().map(line -> "   " + line))
        .map(line -> prefix + line)
        .toList();
  }

  /// The same as one object.
  Json toJson(LocalDateTime now) {
    return new Json()
        .put("time", now.toString())
        .put("pool", pool.handle().toString())
        .put("count", pool.elements().size())
        .put("joined", json(joined()))
        .put("left", json(left()))
        .put("changed", json(changed()))
        .put("pushed", pool.pushed());
  }

  /// Whether nothing is different from the state before.
  boolean isEmpty() {
    return !isFirst && joined().isEmpty() && left().isEmpty() && changed().isEmpty();
  }

  private Map<ElementId, PoolElementParameter> after() {
    return pool.elements().stream()
        .collect(
            Collectors.toMap(
                PoolElementParameter::elementId, e -> e, (_, last) -> last, TreeMap::new));
  }

  private List<PoolElementParameter> joined() {
    return after().values().stream().filter(e -> !before.containsKey(e.elementId())).toList();
  }

  private List<PoolElementParameter> left() {
    Map<ElementId, PoolElementParameter> now = after();
    return before.values().stream().filter(e -> !now.containsKey(e.elementId())).toList();
  }

  private List<PoolElementParameter> changed() {
    return after().values().stream()
        .filter(e -> before.containsKey(e.elementId()) && !e.equals(before.get(e.elementId())))
        .toList();
  }

  private static String line(String what, PoolElementParameter element) {
    return "%s %s %s %s"
        .formatted(
            what,
            element.elementId(),
            ElementText.service(element),
            PolicyText.of(element.policy()));
  }

  private static List<Map<String, Object>> json(List<PoolElementParameter> elements) {
    return elements.stream().map(element -> ElementText.json(element).members()).toList();
  }
}

package io.rserpool.engine.registrar;

import io.rserpool.engine.Event;
import io.rserpool.protocol.asap.AsapMessage;
import io.rserpool.protocol.asap.AsapType;
import io.rserpool.protocol.enrp.EnrpMessage;
import io.rserpool.protocol.enrp.EnrpType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SortedMap;
import java.util.TreeMap;

/// Counts messages and events since the start.
final class Statistics {

  private final long[] asap = new long[AsapType.values().length + 1];
  private final long[] enrp = new long[EnrpType.values().length + 1];
  private final LinkedHashMap<Class<?>, Counter> events = new LinkedHashMap<>();

  void received(AsapMessage message) {
    asap[message.type().code()]++;
  }

  void received(EnrpMessage message) {
    enrp[message.type().code()]++;
  }

  void emitted(Event event) {
    events.computeIfAbsent(event.getClass(), Counter::new).count++;
  }

  /// All that is not 0, by name.
  SortedMap<String, Long> counters() {
    SortedMap<String, Long> counters = new TreeMap<>();
    events.values().forEach(counter -> counters.put(counter.name, counter.count));
    for (AsapType type : AsapType.values()) {
      if (asap[type.code()] > 0) {
        counters.put("received." + type.rfcName(), asap[type.code()]);
      }
    }
    for (EnrpType type : EnrpType.values()) {
      if (enrp[type.code()] > 0) {
        counters.put("received." + type.rfcName(), enrp[type.code()]);
      }
    }
    return Collections.unmodifiableSortedMap(counters);
  }

  /// How often a kind of event was emitted.
  private static final class Counter {
    private final String name;
    private long count;

    private Counter(Class<?> kind) {
      name = "event." + kind.getSimpleName();
    }
  }
}

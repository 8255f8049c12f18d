package io.rserpool.gateway.call;

import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The elements that were chosen when a name was looked up, for the connections that follow at
/// once. Where lookups and connections of several threads mix, one of them chooses anew: no harm is
/// done.
final class Choices {

  /// Choices that nobody takes are forgotten all at once.
  private static final int POOLS_MAX = 1000;

  private static final long LIFE_NS = Duration.ofSeconds(2).toNanos();

  private record Choice(PoolElementParameter element, long madeNs) {}

  private final Map<PoolHandle, Choice> choices = new ConcurrentHashMap<>();

  void note(PoolHandle handle, PoolElementParameter element) {
    if (choices.size() >= POOLS_MAX) {
      choices.clear();
    }
    choices.put(handle, new Choice(element, System.nanoTime()));
  }

  /// The choice for the next connection, if there is one; it is given once.
  Optional<PoolElementParameter> take(PoolHandle handle) {
    return Optional.ofNullable(choices.remove(handle))
        .filter(choice -> System.nanoTime() - choice.madeNs() < LIFE_NS)
        .map(Choice::element);
  }
}

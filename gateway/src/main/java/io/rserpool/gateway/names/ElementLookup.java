package io.rserpool.gateway.names;

import io.rserpool.gateway.call.FactorySettings;
import io.rserpool.gateway.call.PoolCaller;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A name is the addresses of the pool's elements.
///
/// Many programs use the first address only. So the element at the head is called before it is
/// given out, and those that do not let callers in go to the end of the list.
final class ElementLookup implements PoolLookup {

  private static final Logger LOG = LoggerFactory.getLogger("io.rserpool.gateway");

  private final PoolCaller caller;
  private final boolean probes;
  private final Set<PoolHandle> warned = ConcurrentHashMap.newKeySet();

  ElementLookup(PoolCaller caller, boolean probes) {
    this.caller = caller;
    this.probes = probes;
  }

  @Override
  public List<InetAddress> addresses(String host) throws IOException {
    Duration limit = caller.settings().scope().callTimeout();
    long deadlineNs = System.nanoTime() + limit.toNanos();
    PoolHandle handle = caller.handle(host, limit);
    List<PoolElementParameter> elements = caller.candidates(handle, left(deadlineNs));
    warnOfPorts(handle, elements);
    Set<InetAddress> addresses = new LinkedHashSet<>();
    for (PoolElementParameter element : inOrder(handle, elements, deadlineNs)) {
      addresses.add(
          InetAddress.getByAddress(host, PoolCaller.address(element).getAddress().getAddress()));
    }
    return List.copyOf(addresses);
  }

  /// Sockets of a factory know the port of each element, so its programs need no warning.
  private void warnOfPorts(PoolHandle handle, List<PoolElementParameter> elements) {
    long ports =
        elements.stream().map(element -> element.userTransport().port()).distinct().count();
    if (ports > 1 && FactorySettings.newest().isEmpty() && warned.add(handle)) {
      LOG.warn(
          "pool={} has elements with different ports, but an address has none: use"
              + " rserpool.names.mode=listener, or a PoolSocketFactory",
          handle);
    }
  }

  private List<PoolElementParameter> inOrder(
      PoolHandle handle, List<PoolElementParameter> elements, long deadlineNs) throws IOException {
    if (!probes || elements.size() == 1) {
      return elements;
    }
    List<PoolElementParameter> closed = new ArrayList<>();
    List<PoolElementParameter> rest = new ArrayList<>(elements);
    while (!rest.isEmpty() && deadlineNs - System.nanoTime() > 0) {
      Duration attempt = caller.settings().connectTimeout();
      Duration left = left(deadlineNs);
      if (caller.isThere(handle, rest.getFirst(), attempt.compareTo(left) < 0 ? attempt : left)) {
        rest.addAll(closed);
        return rest;
      }
      closed.add(rest.removeFirst());
    }
    throw new ConnectException(
        "pool=%s: none of %d elements lets callers in".formatted(handle, elements.size()));
  }

  private static Duration left(long deadlineNs) {
    return Duration.ofNanos(Math.max(1, deadlineNs - System.nanoTime()));
  }
}

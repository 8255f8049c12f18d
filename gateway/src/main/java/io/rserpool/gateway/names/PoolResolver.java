package io.rserpool.gateway.names;

import io.rserpool.gateway.PoolNames;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells names of pools from names of hosts, and lets each be looked up where it belongs.
final class PoolResolver implements InetAddressResolver {

  private static final Logger LOG = LoggerFactory.getLogger("io.rserpool.gateway");
  private static final long BETWEEN_WARNINGS_NS = Duration.ofSeconds(1).toNanos();

  private final AtomicLong lastToldNs = new AtomicLong(System.nanoTime() - BETWEEN_WARNINGS_NS - 1);
  private final PoolNames names;
  private final InetAddressResolver others;
  private final PoolLookup pools;

  PoolResolver(PoolNames names, InetAddressResolver others, PoolLookup pools) {
    this.names = names;
    this.others = others;
    this.pools = pools;
  }

  @Override
  public Stream<InetAddress> lookupByName(String host, LookupPolicy policy)
      throws UnknownHostException {
    if (!names.isPool(host)) {
      return others.lookupByName(host, policy);
    }
    List<InetAddress> all;
    try {
      all = pools.addresses(host);
    } catch (IOException | IllegalArgumentException e) {
      tell(host, e);
      UnknownHostException unknown = new UnknownHostException(host + ": " + e.getMessage());
      unknown.initCause(e);
      throw unknown;
    }
    List<InetAddress> wanted = all.stream().filter(one -> isWanted(one, policy)).toList();
    if (wanted.isEmpty()) {
      throw new UnknownHostException(
          "%s: the pool has no address of the wanted family, only %s".formatted(host, all));
    }
    return inOrder(wanted, policy);
  }

  /// Many programs keep to themselves why a host is unknown.
  private void tell(String host, Exception e) {
    long nowNs = System.nanoTime();
    long toldNs = lastToldNs.get();
    if (nowNs - toldNs > BETWEEN_WARNINGS_NS && lastToldNs.compareAndSet(toldNs, nowNs)) {
      LOG.warn("host={} is not found: {}", host, e.getMessage());
    }
  }

  private static boolean isWanted(InetAddress address, LookupPolicy policy) {
    int family = address instanceof Inet4Address ? LookupPolicy.IPV4 : LookupPolicy.IPV6;
    return (policy.characteristics() & family) != 0;
  }

  private static Stream<InetAddress> inOrder(List<InetAddress> addresses, LookupPolicy policy) {
    Comparator<InetAddress> ip4First =
        Comparator.comparing(address -> !(address instanceof Inet4Address));
    if ((policy.characteristics() & LookupPolicy.IPV4_FIRST) != 0) {
      return addresses.stream().sorted(ip4First);
    }
    return (policy.characteristics() & LookupPolicy.IPV6_FIRST) != 0
        ? addresses.stream().sorted(ip4First.reversed())
        : addresses.stream();
  }

  @Override
  public String lookupByAddress(byte[] address) throws UnknownHostException {
    return others.lookupByAddress(address);
  }
}

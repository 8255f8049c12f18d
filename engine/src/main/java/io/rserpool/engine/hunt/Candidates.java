package io.rserpool.engine.hunt;

import io.rserpool.engine.Endpoint;
import io.rserpool.engine.Input;
import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.IpAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The registrars that may be called: configured ones for ever, announced ones until T7 expires
/// (RFC
/// 5352 section 3.6). Nobody vouches for an announcement, so the list of announced ones is bounded
/// and
/// never pushes out another one.
final class Candidates {

  /// An address is forgotten this many T7 after its last announcement; until then the gap between
  /// its
  /// announcements is known, which is longer than T7 in scopes of many registrars.
  private static final int MEMORY_T7 = 12;

  private record Announced(long seenNs, long expiresNs) {}

  private final HuntSettings settings;
  private final long t7Ns;
  private final Map<Endpoint, Announced> announced = new LinkedHashMap<>();

  Candidates(HuntSettings settings) {
    this.settings = settings;
    t7Ns = settings.t7EnrpOutdate().toNanos();
  }

  /// Every address that may be called now, configured ones first.
  List<Endpoint> all(long nowNs) {
    List<Endpoint> all = new ArrayList<>(settings.registrars());
    announced.forEach((endpoint, entry) -> {
      if (nowNs < entry.expiresNs) {
        all.add(endpoint);
      }
    });
    return all;
  }

  /// Takes an announcement and returns the addresses that could not be called before.
  List<Endpoint> announced(long nowNs, Input.AnnouncementReceived input) {
    announced.values().removeIf(entry -> nowNs - entry.seenNs >= MEMORY_T7 * t7Ns);
    List<Endpoint> fresh = new ArrayList<>();
    for (Endpoint endpoint : endpoints(input)) {
      if (!settings.registrars().contains(endpoint) && restart(nowNs, endpoint)) {
        fresh.add(endpoint);
      }
    }
    return fresh;
  }

  /// Restarts T7 of an address; true if the address was unknown or outdated.
  private boolean restart(long nowNs, Endpoint endpoint) {
    Announced known = announced.get(endpoint);
    if (known == null && announced.size() >= settings.announcedMax() && !makeRoom(nowNs)) {
      return false;
    }
    long lifeNs = t7Ns;
    if (known != null) {
      long gapNs = nowNs - known.seenNs;
      lifeNs = Math.max(t7Ns, gapNs * 5 / 2);
    }
    announced.put(endpoint, new Announced(nowNs, nowNs + lifeNs));
    return known == null || nowNs >= known.expiresNs;
  }

  private boolean makeRoom(long nowNs) {
    return announced.values().removeIf(entry -> nowNs >= entry.expiresNs)
        && announced.size() < settings.announcedMax();
  }

  private List<Endpoint> endpoints(Input.AnnouncementReceived input) {
    List<AsapTransport> listed = input.announce().transports();
    if (!listed.isEmpty()) {
      return listed.stream().filter(Candidates::isCallable).map(Endpoint::of).toList();
    }
    int port = settings.announcedAtSourcePort() ? input.sourcePort() : HuntSettings.ASAP_PORT;
    return port == 0
        ? List.of()
        : List.of(Endpoint.of(Endpoint.Scheme.SCTP, input.source().toString(), port));
  }

  private static boolean isCallable(AsapTransport transport) {
    return transport.port() != 0
        && transport.addresses().stream().noneMatch(IpAddress::isUnspecified);
  }
}

package io.rserpool.registrar;

import io.rserpool.engine.Endpoint;
import io.rserpool.protocol.ServerId;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells an operator at the start which peers have names that nobody knows. Names are looked up anew
/// at every call, so this is a hint and no reason to stop: a name may be known a minute later.
final class PeerNames {

  private static final Logger LOG = LoggerFactory.getLogger("io.rserpool.registrar");

  private PeerNames() {}

  /// Looks all names up on a thread of its own, since that may take many seconds.
  static void check(ServerId id, List<Endpoint> peers) {
    List<Endpoint> named =
        peers.stream().filter(peer -> peer.scheme() != Endpoint.Scheme.IN_PROCESS).toList();
    if (!named.isEmpty()) {
      Thread.ofVirtual().name("peer-names").start(() -> named.forEach(peer -> check(id, peer)));
    }
  }

  private static void check(ServerId id, Endpoint peer) {
    try {
      InetAddress _ = InetAddress.getByName(peer.hosts().getFirst());
    } catch (UnknownHostException _) {
      LOG.warn(
          "registrar={} peer={} there is no host '{}' now; it is looked up again at every call",
          id,
          peer,
          peer.hosts().getFirst());
    }
  }
}

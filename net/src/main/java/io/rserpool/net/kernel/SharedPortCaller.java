package io.rserpool.net.kernel;

import io.rserpool.engine.LossReason;
import io.rserpool.net.sctp.SctpOptions;
import java.net.InetAddress;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Calls from the port at which the socket listens too, as the peers' registrars expect: they call an
/// element back where it called from. Several addresses of one peer are tried.
final class SharedPortCaller implements Caller {

  /// A call under way.
  record Call(long number, Peer peer, long beginNs, long patienceNs) {}

  private final KernelSocket socket;
  private final SctpOptions options;
  private final Port port;
  private final Port.Native nativeSide;
  private final Map<Integer, Call> underWay = new LinkedHashMap<>();

  SharedPortCaller(KernelSocket socket, SctpOptions options, Port port, Port.Native nativeSide) {
    this.socket = socket;
    this.options = options;
    this.port = port;
    this.nativeSide = nativeSide;
  }

  @Override
  public void call(long number, List<InetAddress> peers, int peerPort) {
    Peer peer = new Peer(peers, peerPort, List.of());
    long patienceNs = CallTimes.patienceNs(options, peers.size());
    Call call = new Call(number, peer, System.nanoTime(), patienceNs);
    int association =
        nativeSide.calls().call(nativeSide.descriptor(), SocketAddresses.encode(peers, peerPort));
    if (association > 0) {
      underWay.put(association, call);
    } else {
      socket.down(
          number, LossReason.UNREACHABLE, "calling " + peer + " failed: " + why(association));
    }
  }

  private String why(int error) {
    return switch (-error) {
      case SocketCalls.EADDRNOTAVAIL, SocketCalls.EISCONN, SocketCalls.EALREADY ->
          "there is an association from port %d to it already, or no own address that reaches it"
              .formatted(port.number());
      case SocketCalls.ENETUNREACH, SocketCalls.EHOSTUNREACH -> "there is no route";
      default -> "error %d of the system".formatted(-error);
    };
  }

  /// An association is up; its call, if there was one.
  Optional<Call> answered(int association) {
    return Optional.ofNullable(underWay.remove(association));
  }

  /// Some call has failed, and the JDK does not say which one: it is the one that the kernel has forgotten.
  void failed() {
    for (Iterator<Map.Entry<Integer, Call>> all = underWay.entrySet().iterator(); all.hasNext(); ) {
      Map.Entry<Integer, Call> entry = all.next();
      if (!nativeSide.descriptors().has(nativeSide.descriptor(), entry.getKey())) {
        Call call = entry.getValue();
        all.remove();
        LossReason reason = CallTimes.reason(System.nanoTime() - call.beginNs, call.patienceNs);
        String what = reason == LossReason.REFUSED ? " was refused" : " was not answered";
        socket.down(call.number, reason, "the call of " + call.peer + what);
      }
    }
  }

  @Override
  public boolean cancel(long number, String reason) {
    for (Map.Entry<Integer, Call> entry : underWay.entrySet()) {
      if (entry.getValue().number == number) {
        int association = entry.getKey();
        underWay.remove(association);
        nativeSide.calls().abort(nativeSide.descriptor(), association, KernelSocket.reason(reason));
        return true;
      }
    }
    return false;
  }
}

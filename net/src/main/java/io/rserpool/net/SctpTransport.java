package io.rserpool.net;

import io.rserpool.engine.AssociationId;
import io.rserpool.engine.AssociationKind;
import io.rserpool.engine.Endpoint;
import io.rserpool.net.gate.AcceptGate;
import io.rserpool.net.sctp.SctpOptions;
import io.rserpool.net.sctp.SctpStack;
import io.rserpool.net.sctp.SctpStacks;
import io.rserpool.net.tls.TlsOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// ASAP and ENRP over SCTP, as RFC 5352 and RFC 5353 have it, in the kernel or in user space: what all
/// SCTP associations of a node share.
///
/// An address at which a node listens is also the one from which it calls with the same protocol, so
/// that whoever was called can call back.
final class SctpTransport {

  private final NodeContext context;
  private final NetAssociation.Table table;
  private final SctpStacks stacks;
  private final SctpOptions options;
  private final TcpOptions limits;
  private final TlsLayer tls;
  private final AcceptGate<SctpAssociation> gate;

  /// Where this node listens; calls of the same kind go out from the first of them.
  private final List<SctpPort> listening = new ArrayList<>();

  /// From where the other calls go out, by the stack.
  private final Map<SctpStack, SctpPort> callers = new LinkedHashMap<>();

  private boolean accepting;

  SctpTransport(
      NodeContext context,
      NetAssociation.Table table,
      SctpStacks stacks,
      SctpOptions options,
      TcpOptions limits,
      TlsOptions tls) {
    this.context = context;
    this.table = table;
    this.stacks = stacks;
    this.options = options;
    this.limits = limits;
    this.tls = new TlsLayer(tls, limits.firstMessageTimeout());
    this.gate = new AcceptGate<>(limits.gateLimits().with(tls));
  }

  /// Calls a peer at all its addresses.
  void open(AssociationId id, AssociationKind kind, Endpoint endpoint) {
    SctpCall call = new SctpCall(this, id, kind, endpoint);
    table.put(id, call);
    call.start();
  }

  /// Takes addresses to listen at: one port at all hosts of the endpoint, or everywhere for a wildcard.
  /// Blocks, and runs on the caller's thread.
  Endpoint bind(AssociationKind kind, Endpoint endpoint) {
    SctpStack stack = stack(endpoint.scheme());
    try {
      List<InetAddress> addresses =
          Addresses.resolve(endpoint).stream()
              .filter(address -> !address.isAnyLocalAddress())
              .toList();
      SctpPort port = new SctpPort(this, stack, kind);
      port.open(options.at(addresses, endpoint.port(), true));
      context.eventLoop().execute(() -> bound(port));
      List<String> hosts =
          addresses.isEmpty() ? endpoint.hosts() : addresses.stream().map(Addresses::text).toList();
      return new Endpoint(endpoint.scheme(), hosts, port.number());
    } catch (UnknownHostException e) {
      throw new ListenException(
          "cannot listen at " + endpoint + ": no address is known for " + e.getMessage(), e);
    } catch (IOException e) {
      throw new ListenException("cannot listen at " + endpoint + ": " + e.getMessage(), e);
    }
  }

  private SctpStack stack(Endpoint.Scheme scheme) {
    try {
      return stacks.of(scheme);
    } catch (IOException e) {
      throw new ListenException(String.valueOf(e.getMessage()), e);
    }
  }

  /// Lets peers in everywhere, those that wait first.
  void accept() {
    accepting = true;
    listening.forEach(SctpPort::accept);
  }

  /// The port from which a peer is called. Blocks the first time.
  ///
  /// @throws IOException if there is none, with a text for people
  SctpPort caller(AssociationKind kind, Endpoint.Scheme scheme) throws IOException {
    SctpStack stack = callingStack(scheme);
    for (SctpPort port : listening) {
      if (port.kind() == kind && port.stack().equals(stack)) {
        return port;
      }
    }
    SctpPort known = callers.get(stack);
    if (known != null) {
      return known;
    }
    SctpPort port = new SctpPort(this, stack, null);
    port.open(options);
    callers.put(stack, port);
    return port;
  }

  /// Addresses that others have told are all `sctp://`, for the protocols know only one SCTP. Who speaks
  /// it within UDP only, calls them so.
  private SctpStack callingStack(Endpoint.Scheme scheme) throws IOException {
    List<SctpStack> inUse =
        Stream.concat(listening.stream().map(SctpPort::stack), callers.keySet().stream())
            .distinct()
            .toList();
    boolean isWithinUdpOnly =
        inUse.size() == 1 && inUse.getFirst().scheme() == Endpoint.Scheme.SCTP_UDP;
    return isWithinUdpOnly ? inUse.getFirst() : stacks.of(scheme);
  }

  /// Closes all ports, after what was sent before.
  void shutdown() {
    listening.forEach(SctpPort::close);
    callers.values().forEach(SctpPort::close);
    listening.clear();
    callers.clear();
  }

  TlsLayer tls() {
    return tls;
  }

  NodeContext context() {
    return context;
  }

  NetAssociation.Table table() {
    return table;
  }

  /// What a slow or hostile peer may cost; the same as over TCP.
  TcpOptions limits() {
    return limits;
  }

  AcceptGate<SctpAssociation> gate() {
    return gate;
  }

  private void bound(SctpPort port) {
    listening.add(port);
    if (accepting) {
      port.accept();
    }
  }
}

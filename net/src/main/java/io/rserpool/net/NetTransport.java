package io.rserpool.net;

import io.netty.util.concurrent.Future;
import io.rserpool.engine.AssociationId;
import io.rserpool.engine.AssociationKind;
import io.rserpool.engine.Endpoint;
import io.rserpool.engine.LossReason;
import io.rserpool.net.sctp.SctpStacks;
import io.rserpool.net.tls.TlsOptions;
import io.rserpool.runtime.Transport;
import java.util.ArrayList;
import java.util.List;

/// The transports of one node behind one interface: calls go by the scheme of their endpoint,
/// everything else by the number of the association.
final class NetTransport implements Transport {

  private final NodeContext context;
  private final NetAssociation.Table table = new NetAssociation.Table();
  private final TlsOptions tls;
  private final TcpTransport tcp;
  private final SctpTransport sctp;
  private final InProcessTransport inProcess;
  private final MulticastTransport announcements;
  private final MulticastTransport presences;

  NetTransport(NodeContext context, NodeOptions options) {
    this.context = context;
    this.tls = options.tls();
    this.tcp = new TcpTransport(context, table, options.tcp(), tls);
    this.sctp =
        new SctpTransport(
            context,
            table,
            new SctpStacks(options.sctpStacks()),
            options.sctp(),
            options.tcp(),
            tls);
    this.inProcess = new InProcessTransport(context, table, options.tcp().sendQueueBytesMax());
    this.announcements = new MulticastTransport(context, AssociationKind.ASAP, options.multicast());
    this.presences =
        new MulticastTransport(context, AssociationKind.ENRP, options.presenceMulticast());
  }

  @Override
  public void start(Events events) {
    announcements.start();
    presences.start();
  }

  @Override
  public void open(AssociationId association, AssociationKind kind, Endpoint endpoint) {
    String obstacle = obstacle(endpoint);
    if (!obstacle.isEmpty()) {
      context
          .eventLoop()
          .execute(() -> {
            context
                .events()
                .down(association, LossReason.UNREACHABLE, "calling " + endpoint + ": " + obstacle);
            context.settle();
          });
      return;
    }
    switch (endpoint.scheme()) {
      case TCP, TLS -> tcp.open(association, kind, endpoint);
      case IN_PROCESS -> inProcess.open(association, kind, endpoint);
      case SCTP, SCTP_UDP -> sctp.open(association, kind, endpoint);
    }
  }

  /// Takes an address to listen at; blocks, and runs on the caller's thread.
  Endpoint bind(AssociationKind kind, Endpoint endpoint) {
    String obstacle = obstacle(endpoint);
    if (!obstacle.isEmpty()) {
      throw new ListenException("cannot listen at " + endpoint + ": " + obstacle);
    }
    return switch (endpoint.scheme()) {
      case TCP, TLS -> new TcpListener(tcp, kind, endpoint).bind();
      case IN_PROCESS -> inProcess.bind(kind, endpoint);
      case SCTP, SCTP_UDP -> {
        Endpoint bound = sctp.bind(kind, endpoint);
        MulticastTransport group =
            switch (kind) {
              case ASAP -> announcements;
              case ENRP -> presences;
            };
        context.eventLoop().execute(() -> group.sendFrom(bound));
        yield bound;
      }
    };
  }

  /// Lets peers in at all addresses that were taken.
  void accept() {
    tcp.accept();
    sctp.accept();
    inProcess.accept();
  }

  @Override
  public void send(AssociationId association, byte[] message, int stream, int payloadProtocolId) {
    table.get(association).send(message, stream, payloadProtocolId);
  }

  @Override
  public void close(AssociationId association) {
    table.get(association).close();
  }

  @Override
  public void abort(AssociationId association, String reason) {
    table.get(association).abort();
  }

  @Override
  public void announce(AssociationKind kind, byte[] datagram) {
    switch (kind) {
      case ASAP -> announcements.announce(datagram);
      case ENRP -> presences.announce(datagram);
    }
  }

  /// Hands everything that was sent to the sockets.
  void flush() {
    tcp.flush();
  }

  /// Closes everything; nobody is told but the peers.
  ///
  /// @return done when all sockets are closed
  List<Future<?>> shutdown() {
    inProcess.shutdown();
    table.drain().stream()
        .filter(one -> one instanceof InProcessAssociation || one instanceof SctpAssociation)
        .forEach(NetAssociation::close);
    List<Future<?>> closing = new ArrayList<>(tcp.shutdown());
    closing.addAll(announcements.shutdown());
    closing.addAll(presences.shutdown());
    sctp.shutdown();
    return closing;
  }

  /// Why an address cannot be used, or nothing. Addresses that peers tell have no word for TLS, so with
  /// TLS every TCP address is one of TLS.
  private String obstacle(Endpoint endpoint) {
    return switch (endpoint.scheme()) {
      case TLS -> tls.isOn() ? "" : "TLS needs a certificate, and this node was given none";
      case TCP, SCTP, SCTP_UDP, IN_PROCESS -> "";
    };
  }
}

package io.rserpool.net;

import io.rserpool.engine.AssociationId;
import io.rserpool.engine.AssociationKind;
import io.rserpool.engine.Endpoint;
import io.rserpool.engine.LossReason;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;

/// A call before it is one: names are looked up beside the event loop, anew each time.
final class SctpCall implements NetAssociation {

  private final SctpTransport transport;
  private final AssociationId id;
  private final AssociationKind kind;
  private final Endpoint endpoint;
  private boolean over;

  SctpCall(SctpTransport transport, AssociationId id, AssociationKind kind, Endpoint endpoint) {
    this.transport = transport;
    this.id = id;
    this.kind = kind;
    this.endpoint = endpoint;
  }

  /// Begins; whatever comes of it comes later.
  void start() {
    NameLookups.resolve(endpoint, transport.context().eventLoop(), this::call, this::fail);
  }

  @Override
  public void send(byte[] message, int stream, int payloadProtocolId) {
    // There is nobody yet: engines send after the association is up.
  }

  @Override
  public void close() {
    abort();
  }

  @Override
  public void abort() {
    over = true;
    transport.table().remove(id);
  }

  private void call(List<InetAddress> addresses) {
    if (over) {
      return;
    }
    try {
      SctpPort port = transport.caller(kind, endpoint.scheme());
      List<InetAddress> callable = port.callable(addresses);
      if (callable.isEmpty()) {
        fail("the own port is bound to addresses of the other family of IP only");
        return;
      }
      SctpAssociation association = new SctpAssociation(transport, port, id, kind);
      transport.table().put(id, association);
      port.call(association, callable, endpoint.port());
    } catch (IOException e) {
      fail(e.getMessage() == null ? e.toString() : e.getMessage());
    }
  }

  private void fail(String detail) {
    if (!over && transport.table().remove(id)) {
      transport
          .context()
          .events()
          .down(id, LossReason.UNREACHABLE, "calling " + endpoint + ": " + detail);
      transport.context().settle();
    }
  }
}

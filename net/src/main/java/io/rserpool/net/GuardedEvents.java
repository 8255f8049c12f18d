package io.rserpool.net;

import io.rserpool.engine.AssociationId;
import io.rserpool.engine.AssociationKind;
import io.rserpool.engine.LossReason;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.Octets;
import io.rserpool.runtime.Transport;
import java.util.function.Consumer;

/// Hands events on and catches what must never happen: an exception from host or engine is a
/// defect,
/// and has to stop the node instead of vanishing in the event loop.
final class GuardedEvents implements Transport.Events {

  /// Hears nothing: for a node that has stopped.
  static final Transport.Events DEAF = new GuardedEvents(new Deaf(), _ -> {});

  private final Transport.Events events;
  private final Consumer<Throwable> onDefect;

  GuardedEvents(Transport.Events events, Consumer<Throwable> onDefect) {
    this.events = events;
    this.onDefect = onDefect;
  }

  @Override
  public void up(Transport.Up association) {
    try {
      events.up(association);
    } catch (RuntimeException | Error e) {
      onDefect.accept(e);
    }
  }

  @Override
  public void down(AssociationId association, LossReason reason, String detail) {
    try {
      events.down(association, reason, detail);
    } catch (RuntimeException | Error e) {
      onDefect.accept(e);
    }
  }

  @Override
  public void message(
      AssociationId association,
      byte[] bytes,
      int offset,
      int length,
      int stream,
      int payloadProtocolId) {
    try {
      events.message(association, bytes, offset, length, stream, payloadProtocolId);
    } catch (RuntimeException | Error e) {
      onDefect.accept(e);
    }
  }

  @Override
  public void unframeable(AssociationId association, Octets header, String explanation) {
    try {
      events.unframeable(association, header, explanation);
    } catch (RuntimeException | Error e) {
      onDefect.accept(e);
    }
  }

  @Override
  public void announcement(
      AssociationKind kind,
      IpAddress source,
      int sourcePort,
      byte[] bytes,
      int offset,
      int length) {
    try {
      events.announcement(kind, source, sourcePort, bytes, offset, length);
    } catch (RuntimeException | Error e) {
      onDefect.accept(e);
    }
  }

  private static final class Deaf implements Transport.Events {
    @Override
    public void up(Transport.Up association) {}

    @Override
    public void down(AssociationId association, LossReason reason, String detail) {}

    @Override
    public void message(
        AssociationId association,
        byte[] bytes,
        int offset,
        int length,
        int stream,
        int payloadProtocolId) {}

    @Override
    public void unframeable(AssociationId association, Octets header, String explanation) {}

    @Override
    public void announcement(
        AssociationKind kind,
        IpAddress source,
        int sourcePort,
        byte[] bytes,
        int offset,
        int length) {}
  }
}

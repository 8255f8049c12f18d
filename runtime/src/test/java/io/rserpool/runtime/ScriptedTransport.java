package io.rserpool.runtime;

import io.rserpool.engine.AssociationId;
import io.rserpool.engine.AssociationKind;
import io.rserpool.engine.Endpoint;
import io.rserpool.engine.LossReason;
import io.rserpool.engine.PeerIdentity;
import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.Octets;
import io.rserpool.protocol.TransportAddress;
import java.util.ArrayList;
import java.util.List;

/// A transport that only does what a test says, and writes down what it is told, one line each.
final class ScriptedTransport implements Transport {

  static final IpAddress PEER = new IpAddress.V4(0x7f000001);

  /// What was asked of it, in order.
  final List<String> calls = new ArrayList<>();

  /// The bytes of all messages that were sent.
  final List<byte[]> sent = new ArrayList<>();

  private Events events;

  @Override
  public void start(Events newEvents) {
    events = newEvents;
  }

  @Override
  public void open(AssociationId association, AssociationKind kind, Endpoint endpoint) {
    calls.add("open " + association + " " + kind + " " + endpoint);
  }

  @Override
  public void send(AssociationId association, byte[] message, int stream, int ppid) {
    calls.add("send " + association + " stream=" + stream + " ppid=" + ppid);
    sent.add(message);
  }

  @Override
  public void close(AssociationId association) {
    calls.add("close " + association);
  }

  @Override
  public void abort(AssociationId association, String reason) {
    calls.add("abort " + association);
  }

  @Override
  public void announce(AssociationKind kind, byte[] datagram) {
    calls.add("announce " + kind);
    sent.add(datagram);
  }

  /// A peer has called.
  AssociationId up(long number, AssociationKind kind) {
    AssociationId association = new AssociationId(number);
    events.up(
        new Up(
            association,
            kind,
            TransportAddress.Kind.TCP,
            List.of(PEER),
            40_000,
            new AsapTransport.Tcp(PEER, 3863),
            PeerIdentity.ANONYMOUS));
    return association;
  }

  void down(AssociationId association, LossReason reason) {
    events.down(association, reason, "scripted");
  }

  /// Bytes come, in the middle of a larger buffer, as real transports deliver them.
  void message(AssociationId association, byte[] message, int ppid) {
    byte[] buffer = new byte[message.length + 7];
    System.arraycopy(message, 0, buffer, 3, message.length);
    events.message(association, buffer, 3, message.length, 0, ppid);
  }

  void unframeable(AssociationId association, Octets header) {
    events.unframeable(association, header, "no message starts here");
  }

  void announcement(AssociationKind kind, byte[] datagram) {
    events.announcement(kind, PEER, 3863, datagram, 0, datagram.length);
  }
}

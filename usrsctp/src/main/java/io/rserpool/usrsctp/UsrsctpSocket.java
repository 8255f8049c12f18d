package io.rserpool.usrsctp;

import io.rserpool.net.sctp.SctpListener;
import io.rserpool.net.sctp.SctpSocket;
import java.net.InetAddress;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A socket within UDP.
///
/// A message is refused while the association is being opened yet, and when it does not fit into
/// what its send buffer has left; [SctpListener#writable] follows in both cases.
///
/// A paused association's peer is not slowed down: see [HeldBack].
final class UsrsctpSocket implements SctpSocket {

  private static final Logger LOG = LoggerFactory.getLogger(UsrsctpSocket.class);

  /// A message that is not followed by others soon is acknowledged late by peers who wait for more,
  /// unless they are asked not to. In a stream of messages that would double the packets.
  private static final long ALONE_NS = 5_000_000;

  private final Library.Loaded library;
  private final Binder.Bound bound;
  private final Associations associations = new Associations();
  private final NativeSocket socket;
  private final Refusals refusals;
  private final LateCalls lateCalls;
  private final Poller poller;
  private final Arrivals arrivals;
  private final long upcallNumber;

  /// @param arrivals to be entered in [Upcalls] already, since something may have come
  UsrsctpSocket(
      Library.Loaded library,
      Binder.Bound bound,
      Arrivals arrivals,
      long upcallNumber,
      SctpListener listener) {
    this.library = library;
    this.bound = bound;
    this.arrivals = arrivals;
    this.upcallNumber = upcallNumber;
    socket = bound.socket();
    refusals = new Refusals(socket, listener, bound.bufferBytes());
    Sockaddrs addresses = new Sockaddrs(library.platform());
    Deliveries deliveries =
        new Deliveries(
            socket,
            associations,
            listener,
            addresses,
            new PathLog(library.stack()),
            bound.scopeUdpPort());
    lateCalls = new LateCalls(socket, associations, listener, library);
    Runnable end = library.stack()::release;
    poller = new Poller(socket, arrivals, deliveries, refusals, lateCalls, bound.port(), end);
  }

  void start() {
    poller.start();
  }

  @Override
  public int port() {
    return bound.port();
  }

  @Override
  public List<InetAddress> addresses() {
    return bound.addresses();
  }

  /// The own UDP port, that of the process.
  int udpPort() {
    return bound.udpPort();
  }

  @Override
  public long connect(List<InetAddress> peers, int port) {
    return connect(peers, port, bound.peerUdpPort());
  }

  /// Opens an association with a peer at another UDP port than the usual one.
  long connect(List<InetAddress> peers, int port, int peerUdpPort) {
    if (peers.isEmpty() || port < 1 || port > 65_535) {
      throw new IllegalArgumentException(
          "a peer has an address and a port from 1 to 65535, but this is " + peers + " " + port);
    }
    Association association =
        associations.call(
            () -> socket.connect(peers, port, peerUdpPort), Association.describe(peers, port));
    if (association.nativeNumber < 0) {
      lateCalls.add(association, peers, port, peerUdpPort);
      arrivals.ring();
    }
    return association.number;
  }

  @Override
  public boolean send(long number, byte[] message, int stream, int payloadProtocolId) {
    return send(number, message, stream, payloadProtocolId, 0);
  }

  @Override
  public boolean sendUnordered(long number, byte[] message, int stream, int payloadProtocolId) {
    return send(number, message, stream, payloadProtocolId, Sctp.SEND_UNORDERED);
  }

  private boolean send(long number, byte[] message, int stream, int payloadProtocolId, int flags) {
    if (message.length < 1 || message.length > bound.messageBytesMax()) {
      throw new IllegalArgumentException(
          "a message has 1 to "
              + bound.messageBytesMax()
              + " bytes here, but this one has "
              + message.length);
    }
    Association association = associations.find(number);
    if (association == null) {
      return false;
    }
    return switch (association.phase) {
      case CALLING -> refused(association, message);
      case UP -> {
        if (stream < 0 || stream >= association.outgoingStreams) {
          throw new IllegalArgumentException(
              "the association with "
                  + association.peer
                  + " has "
                  + association.outgoingStreams
                  + " streams, but this is stream "
                  + stream);
        }
        yield send(association, message, stream, payloadProtocolId, flags);
      }
      case ENDING, DISCARDED -> false;
    };
  }

  private boolean send(
      Association association, byte[] message, int stream, int payloadProtocolId, int flags) {
    long now = System.nanoTime();
    boolean isAlone = now - association.lastSendNs > ALONE_NS;
    association.lastSendNs = now;
    int result =
        socket.send(
            association.nativeNumber(),
            message,
            stream,
            payloadProtocolId,
            flags | (isAlone ? bound.sendFlags() : 0));
    if (result == 0) {
      return true;
    }
    if (result == -library.platform().againError()) {
      return refused(association, message);
    }
    // Otherwise it has ended, or the peer is ending it, and the poller is about to tell.
    LOG.debug("{}: not sent: {}", association.peer, library.errorText(-result));
    return false;
  }

  private boolean refused(Association association, byte[] message) {
    refusals.add(association, message.length);
    arrivals.ring();
    return false;
  }

  @Override
  public void pause(long number) {
    Association association = associations.find(number);
    if (association != null) {
      association.isPaused = true;
    }
  }

  @Override
  public void resume(long number) {
    Association association = associations.find(number);
    if (association != null && association.isPaused) {
      association.isPaused = false;
      arrivals.add(new Arrival.Resumed(association.nativeNumber()));
    }
  }

  @Override
  public void shutdown(long number) {
    Association association = associations.find(number);
    if (association == null) {
      return;
    }
    association.isToBeShutDown = true;
    if (associations.change(association, Association.Phase.UP, Association.Phase.ENDING)) {
      socket.shutdown(association.nativeNumber());
    }
  }

  @Override
  public void abort(long number, String reason) {
    Association association = associations.find(number);
    if (association != null
        && associations.discard(association, reason) != Association.Phase.CALLING) {
      socket.abort(association.nativeNumber(), reason);
    }
  }

  @Override
  public void close() {
    if (socket.close()) {
      Upcalls.remove(upcallNumber);
      library.stack().closing();
      arrivals.ring();
    }
  }

  /// Associations that anything is still kept of.
  int kept() {
    return associations.size();
  }
}

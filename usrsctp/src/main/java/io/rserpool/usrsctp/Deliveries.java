package io.rserpool.usrsctp;

import io.rserpool.engine.LossReason;
import io.rserpool.net.sctp.SctpListener;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Turns what a poller has received into what the listener is told. On the poller's thread.
final class Deliveries {

  private final NativeSocket socket;
  private final Associations associations;
  private final SctpListener listener;
  private final Sockaddrs addresses;
  private final int scopeUdpPort;
  private final PathLog pathLog;
  private final HeldBack heldBack = new HeldBack();

  /// @param scopeUdpPort where peers that can be called are called; 0 for anywhere
  Deliveries(
      NativeSocket socket,
      Associations associations,
      SctpListener listener,
      Sockaddrs addresses,
      PathLog pathLog,
      int scopeUdpPort) {
    this.pathLog = pathLog;
    this.scopeUdpPort = scopeUdpPort;
    this.socket = socket;
    this.associations = associations;
    this.listener = listener;
    this.addresses = addresses;
  }

  void deliver(Arrival arrival) {
    if (!isToWait(arrival)) {
      tell(arrival);
    }
  }

  /// Keeps what must not be told yet: messages, and an end in order, which comes after them.
  private boolean isToWait(Arrival arrival) {
    Association association = associations.findNative(arrival.association());
    if (association == null
        || association.phase == Association.Phase.DISCARDED
        || !HeldBack.holds(association)
        || !(arrival instanceof Arrival.Piece || isEndInOrder(arrival))) {
      return false;
    }
    if (!heldBack.add(association, arrival)) {
      breakOff(association, "sent more than is kept for a paused association");
    }
    return true;
  }

  private boolean isEndInOrder(Arrival arrival) {
    return arrival instanceof Arrival.Notice notice
        && Notification.read(MemorySegment.ofArray(notice.bytes()), addresses).orElse(null)
            instanceof Notification.Gone gone
        && gone.end() == Notification.End.SHUT_DOWN;
  }

  private void resumed(Arrival.Resumed resumed) {
    Association association = associations.findNative(resumed.association());
    if (association != null) {
      for (Arrival next = heldBack.poll(association);
          next != null;
          next = heldBack.poll(association)) {
        tell(next);
      }
    }
  }

  private void tell(Arrival arrival) {
    switch (arrival) {
      case Arrival.Piece piece -> received(piece);
      case Arrival.Notice notice ->
          Notification.read(MemorySegment.ofArray(notice.bytes()), addresses)
              .ifPresent(notification -> notified(notification, notice));
      case Arrival.Overrun overrun -> overrun(overrun);
      case Arrival.Resumed resumed -> resumed(resumed);
    }
  }

  private void received(Arrival.Piece piece) {
    Association association = associations.findNative(piece.association());
    if (association == null || association.phase == Association.Phase.DISCARDED) {
      return;
    }
    byte[] message = association.add(piece.bytes(), piece.isEnd());
    if (message == null) {
      breakOff(
          association, "sent a message of more than " + Association.MESSAGE_BYTES_MAX + " bytes");
    } else if (piece.isEnd() && socket.isOpen()) {
      listener.message(association.number, message, piece.stream(), piece.payloadProtocolId());
    }
  }

  private void overrun(Arrival.Overrun overrun) {
    Association association = associations.findNative(overrun.association());
    if (association != null && association.phase != Association.Phase.DISCARDED) {
      breakOff(association, "sent more than could be taken");
    }
  }

  private void breakOff(Association association, String offence) {
    associations.discard(association, offence);
    heldBack.forget(association);
    socket.abort(association.nativeNumber(), offence);
    tellDown(association, LossReason.OFFENDING, association.peer + " " + offence);
  }

  private void notified(Notification notification, Arrival.Notice notice) {
    Association association = associations.findNative(notification.association());
    if (notification instanceof Notification.Up up) {
      up(association, up, notice);
    } else if (association != null) {
      notified(association, notification);
    }
  }

  private void notified(Association association, Notification notification) {
    switch (notification) {
      case Notification.Up _ -> {}
      case Notification.Restarted restarted -> {
        association.forgetPieces();
        association.outgoingStreams = restarted.outgoingStreams();
        if (isTold(association)) {
          listener.restarted(association.number);
        }
      }
      case Notification.PathChange path -> {
        if (isTold(association)) {
          pathLog.changed(path.address(), path.change());
          listener.path(association.number, path.address(), path.change());
        }
      }
      case Notification.Gone gone -> gone(association, gone);
    }
  }

  private void gone(Association association, Notification.Gone gone) {
    String peer = association.peer;
    AbortChunk abort = gone.abort();
    switch (gone.end()) {
      case SHUT_DOWN ->
          down(association, LossReason.CLOSED, peer + " and we have ended it in order");
      case LOST -> {
        if (abort.isPresent()) {
          down(association, LossReason.RESET, peer + " broke the association " + abort.reason());
        } else {
          down(association, LossReason.UNREACHABLE, peer + " has not answered for too long");
        }
      }
      case CANNOT_START -> {
        if (abort.isPresent()) {
          down(association, LossReason.REFUSED, peer + " refuses it " + abort.reason());
        } else {
          down(association, LossReason.UNREACHABLE, peer + " does not answer");
        }
      }
    }
  }

  private void up(@Nullable Association known, Notification.Up change, Arrival.Notice notice) {
    int nativeNumber = change.association();
    List<InetAddress> peers = socket.peers(nativeNumber);
    MemorySegment from = MemorySegment.ofArray(notice.from());
    List<InetAddress> found = peers.isEmpty() ? addresses.decode(from, 1) : peers;
    int port = Sockaddrs.port(from);
    String peer = Association.describe(found, port);
    Association association = known == null ? associations.incoming(nativeNumber, peer) : known;
    association.outgoingStreams = change.outgoingStreams();
    association.peer = peer;
    boolean isFirst =
        known == null
            || associations.change(known, Association.Phase.CALLING, Association.Phase.UP);
    if (association.phase == Association.Phase.DISCARDED) {
      // It was aborted while it was being opened, which the library cannot do.
      socket.abort(nativeNumber, association.abortReason);
    } else if (isFirst && socket.isOpen()) {
      listener.up(
          association.number,
          association.isIncoming,
          found,
          isCallable(association, found.getFirst()) ? port : 0,
          socket.locals(nativeNumber),
          association.outgoingStreams);
      if (association.isToBeShutDown
          && associations.change(association, Association.Phase.UP, Association.Phase.ENDING)) {
        socket.shutdown(nativeNumber);
      }
    }
  }

  /// A peer that was called can be called; one that has called must be where others would call it.
  private boolean isCallable(Association association, InetAddress peer) {
    if (!association.isIncoming || scopeUdpPort == 0) {
      return true;
    }
    int udpPort = socket.udpPortOf(association.nativeNumber(), peer);
    return udpPort == 0 || udpPort == scopeUdpPort;
  }

  private void down(Association association, LossReason reason, String detail) {
    boolean wasTold = isTold(association);
    heldBack.forget(association);
    associations.remove(association);
    if (wasTold) {
      associations.discard(association, "");
      tellDown(association, reason, detail);
    }
  }

  private void tellDown(Association association, LossReason reason, String detail) {
    if (socket.isOpen()) {
      listener.down(association.number, reason, detail);
    }
  }

  private boolean isTold(Association association) {
    return association.phase != Association.Phase.DISCARDED && socket.isOpen();
  }
}

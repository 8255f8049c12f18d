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

  Deliveries(
      NativeSocket socket, Associations associations, SctpListener listener, Sockaddrs addresses) {
    this.socket = socket;
    this.associations = associations;
    this.listener = listener;
    this.addresses = addresses;
  }

  void deliver(Arrival arrival) {
    switch (arrival) {
      case Arrival.Piece piece -> received(piece);
      case Arrival.Notice notice ->
          Notification.read(MemorySegment.ofArray(notice.bytes()), addresses)
              .ifPresent(notification -> notified(notification, notice));
      case Arrival.Overrun overrun -> overrun(overrun);
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
          port,
          socket.locals(nativeNumber),
          association.outgoingStreams);
      if (association.isToBeShutDown
          && associations.change(association, Association.Phase.UP, Association.Phase.ENDING)) {
        socket.shutdown(nativeNumber);
      }
    }
  }

  private void down(Association association, LossReason reason, String detail) {
    boolean wasTold = isTold(association);
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

package io.rserpool.usrsctp;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.rserpool.net.sctp.SctpListener;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.util.Optional;

/// What the library tells between the messages (RFC 6458 section 6). Each begins alike:
///
///     0       2       4               8
///     +-------+-------+---------------+---
///     | type  | flags | length        | ...
///     +-------+-------+---------------+---
sealed interface Notification {

  /// The library's number of the association.
  int association();

  /// The association is up.
  record Up(int association, int outgoingStreams) implements Notification {}

  /// The peer has started again.
  record Restarted(int association, int outgoingStreams) implements Notification {}

  /// The association is gone.
  ///
  /// @param abort the ABORT chunk by which the peer has broken it; empty if it has not
  record Gone(int association, End end, AbortChunk abort) implements Notification {}

  /// How an association ends.
  enum End {
    LOST,
    SHUT_DOWN,
    CANNOT_START
  }

  /// A path has changed.
  record PathChange(int association, InetAddress address, SctpListener.Path change)
      implements Notification {}

  ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;
  ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;

  /// Reads one; empty if it tells nothing that is needed here, or is cut short.
  static Optional<Notification> read(MemorySegment bytes, Sockaddrs addresses) {
    if (bytes.byteSize() < 8) {
      return Optional.empty();
    }
    return switch (bytes.get(SHORT, 0)) {
      case Sctp.ASSOCIATION_CHANGE -> associationChange(bytes);
      case Sctp.PEER_ADDRESS_CHANGE -> pathChange(bytes, addresses);
      default -> Optional.empty();
    };
  }

  //     8       10      12      14      16              20
  //     +-------+-------+-------+-------+---------------+---
  //     | state | error | out   | in    | association   | info: the peer's ABORT chunk
  //     +-------+-------+-------+-------+---------------+---
  private static Optional<Notification> associationChange(MemorySegment bytes) {
    if (bytes.byteSize() < 20) {
      return Optional.empty();
    }
    int association = bytes.get(INT, 16);
    int outgoingStreams = Short.toUnsignedInt(bytes.get(SHORT, 12));
    AbortChunk info = new AbortChunk(bytes.asSlice(20).toArray(JAVA_BYTE));
    return switch (bytes.get(SHORT, 8)) {
      case 1 -> Optional.of(new Up(association, outgoingStreams));
      case 2 -> Optional.of(new Gone(association, End.LOST, info));
      case 3 -> Optional.of(new Restarted(association, outgoingStreams));
      case 4 -> Optional.of(new Gone(association, End.SHUT_DOWN, info));
      case 5 -> Optional.of(new Gone(association, End.CANNOT_START, info));
      default -> Optional.empty();
    };
  }

  //     8                      136             140             144
  //     +----------------------+---------------+---------------+---------------+
  //     | address, 128 bytes   | state         | error         | association   |
  //     +----------------------+---------------+---------------+---------------+
  private static Optional<Notification> pathChange(MemorySegment bytes, Sockaddrs addresses) {
    if (bytes.byteSize() < 148) {
      return Optional.empty();
    }
    SctpListener.Path change;
    switch (bytes.get(INT, 136)) {
      case 1, 6 -> change = SctpListener.Path.REACHABLE;
      case 2 -> change = SctpListener.Path.UNREACHABLE;
      case 3 -> change = SctpListener.Path.REMOVED;
      case 4 -> change = SctpListener.Path.ADDED;
      case 5 -> change = SctpListener.Path.PRIMARY;
      default -> {
        return Optional.empty();
      }
    }
    InetAddress address = addresses.decode(bytes.asSlice(8, 128));
    return Optional.of(new PathChange(bytes.get(INT, 144), address, change));
  }
}

package io.rserpool.usrsctp;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/// A socket of the library, which is never called once it is closed: each call holds a lock that
/// closing waits for. Calls are short, since the socket never blocks.
///
/// The methods that answer an int answer the negative error number where they fail.
final class NativeSocket {

  /// What a call answers when the socket is closed: as if the association were unknown.
  static final int GONE = -2;

  private static final int REASON_BYTES_MAX = 1_000;
  private static final ValueLayout.OfInt NETWORK_INT = JAVA_INT.withOrder(ByteOrder.BIG_ENDIAN);

  private final SocketFunctions functions;
  private final Platform platform;
  private final Sockaddrs addresses;
  private final MemorySegment socket;
  private final ReentrantReadWriteLock life = new ReentrantReadWriteLock();
  private final Closing closing;
  private volatile boolean isOpen = true;

  // What calls from outside need, guarded by this object.
  private final Arena arena = Arena.ofShared();
  private final MemorySegment errno = Binding.allocateErrno(arena);
  private final MemorySegment sendInfo = arena.allocate(Sctp.SEND_INFO_SIZE, 8);
  private final MemorySegment number = arena.allocate(JAVA_INT);
  private final MemorySegment noDelay = arena.allocateFrom(JAVA_INT, 1);
  private final MemorySegment udpPort = Settings.udpPort(arena, 0);
  private final MemorySegment sendBuffer;

  NativeSocket(Library.Loaded library, MemorySegment socket, int sendBytesMax) {
    functions = library.sockets();
    platform = library.platform();
    addresses = new Sockaddrs(platform);
    this.socket = socket;
    closing = new Closing(library, socket);
    sendBuffer = arena.allocate(Math.max(sendBytesMax, REASON_BYTES_MAX), 8);
  }

  boolean isOpen() {
    return isOpen;
  }

  /// Calls a peer.
  ///
  /// @return the library's number of the association, unsigned; or the negative error number
  synchronized long connect(List<InetAddress> peers, int port, int peerUdpPort) {
    if (!enter()) {
      return GONE;
    }
    try (Arena call = Arena.ofConfined()) {
      Settings.fillUdpPort(udpPort, peerUdpPort);
      int result =
          functions.setsockopt(errno, socket, Sctp.PROTOCOL, Sctp.REMOTE_UDP_PORT, udpPort);
      if (result >= 0) {
        MemorySegment packed = addresses.encode(call, peers, port);
        result = functions.connectx(errno, socket, packed, peers.size(), number);
      }
      return result < 0 ? result : Integer.toUnsignedLong(number.get(JAVA_INT, 0));
    } finally {
      leave();
    }
  }

  /// Sends a whole message; 0 if it was taken.
  synchronized int send(
      int association, byte[] message, int stream, int payloadProtocolId, int flags) {
    if (!enter()) {
      return GONE;
    }
    try {
      MemorySegment.copy(message, 0, sendBuffer, JAVA_BYTE, 0, message.length);
      sendInfo.set(JAVA_SHORT, 0, (short) stream);
      sendInfo.set(JAVA_SHORT, 2, (short) flags);
      sendInfo.set(NETWORK_INT, 4, payloadProtocolId);
      sendInfo.set(JAVA_INT, 12, association);
      long sent = functions.sendv(errno, socket, sendBuffer, message.length, sendInfo);
      return (int) Math.min(sent, 0);
    } finally {
      leave();
    }
  }

  /// Ends an association when all that was sent has been delivered.
  synchronized void shutdown(int association) {
    send(association, new byte[0], 0, 0, Sctp.SEND_EOF);
    if (enter()) {
      // The library switches this off for the whole socket when an association ends that has
      // messages on their way.
      functions.setsockopt(errno, socket, Sctp.PROTOCOL, Sctp.NODELAY, noDelay);
      leave();
    }
  }

  /// Breaks an association, which must not be one that is being opened yet.
  void abort(int association, String reason) {
    byte[] text = reason.getBytes(StandardCharsets.UTF_8);
    byte[] cut = Arrays.copyOf(text, Math.min(text.length, REASON_BYTES_MAX));
    if (send(association, cut, 0, 0, Sctp.SEND_ABORT) == -platform.againError()) {
      // No room in the send buffer, not even for words.
      send(association, new byte[0], 0, 0, Sctp.SEND_ABORT);
    }
  }

  /// Bytes that wait in an association's send buffer.
  synchronized int queued(int association) {
    if (!enter()) {
      return GONE;
    }
    try (Arena call = Arena.ofConfined()) {
      MemorySegment use = call.allocateFrom(JAVA_INT, association, 0, 0);
      MemorySegment size = call.allocateFrom(JAVA_INT, (int) use.byteSize());
      int result = functions.getsockopt(errno, socket, Sctp.SEND_BUFFER_USE, use, size);
      return result < 0 ? result : use.getAtIndex(JAVA_INT, 1);
    } finally {
      leave();
    }
  }

  /// The UDP port from which an association's packets come at this address; 0 if it is gone.
  int udpPortOf(int association, InetAddress peer) {
    if (!enter()) {
      return 0;
    }
    try (Arena call = Arena.ofConfined()) {
      MemorySegment callErrno = Binding.allocateErrno(call);
      MemorySegment value = Settings.udpPort(call, 0);
      value.copyFrom(addresses.encode(call, List.of(peer), 0));
      value.set(JAVA_INT, Sctp.STORAGE_SIZE, association);
      MemorySegment size = call.allocateFrom(JAVA_INT, (int) value.byteSize());
      int result = functions.getsockopt(callErrno, socket, Sctp.REMOTE_UDP_PORT, value, size);
      return result < 0 ? 0 : Settings.readUdpPort(value);
    } finally {
      leave();
    }
  }

  /// The port it is bound to; 0 if it is closed.
  int port() {
    return listed(0, false, (list, count) -> count == 0 ? 0 : Sockaddrs.port(list));
  }

  /// The addresses of an association's peer; none if it is gone.
  List<InetAddress> peers(int association) {
    return listed(association, true, addresses::decode);
  }

  /// The own addresses of an association, or of the socket if it is 0.
  List<InetAddress> locals(int association) {
    return listed(association, false, addresses::decode);
  }

  @SuppressWarnings("restricted")
  private <T> T listed(int association, boolean ofPeer, Reader<T> reader) {
    if (!enter()) {
      return reader.read(MemorySegment.NULL, 0);
    }
    try (Arena call = Arena.ofConfined()) {
      MemorySegment callErrno = Binding.allocateErrno(call);
      MemorySegment pointer = call.allocate(ADDRESS);
      int count =
          ofPeer
              ? functions.peers(callErrno, socket, association, pointer)
              : functions.locals(callErrno, socket, association, pointer);
      if (count <= 0) {
        return reader.read(MemorySegment.NULL, 0);
      }
      MemorySegment list = pointer.get(ADDRESS, 0);
      try {
        return reader.read(list.reinterpret((long) count * Sockaddrs.V6_SIZE), count);
      } finally {
        if (ofPeer) {
          functions.freePeers(callErrno, list);
        } else {
          functions.freeLocals(callErrno, list);
        }
      }
    } finally {
      leave();
    }
  }

  /// Reads packed addresses.
  private interface Reader<T> {
    T read(MemorySegment packed, int count);
  }

  /// Has all associations end in order; from now on nothing else is called but [#complete].
  ///
  /// @return false if that has been done already
  boolean close() {
    life.writeLock().lock();
    try {
      if (!isOpen) {
        return false;
      }
      closing.begin();
      isOpen = false;
      return true;
    } finally {
      life.writeLock().unlock();
    }
  }

  /// Gives the port back, after [#close]; takes some hundredths of a second if peers answer.
  void complete() {
    closing.complete();
    synchronized (this) {
      arena.close();
    }
  }

  /// Whether a call may be made; if so, [#leave] is called after it.
  @SuppressWarnings("LockNotBeforeTry")
  private boolean enter() {
    life.readLock().lock();
    if (isOpen) {
      return true;
    }
    life.readLock().unlock();
    return false;
  }

  private void leave() {
    life.readLock().unlock();
  }
}

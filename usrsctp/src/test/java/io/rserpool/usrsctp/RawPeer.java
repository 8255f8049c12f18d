package io.rserpool.usrsctp;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.net.sctp.SctpOptions;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/// A peer that does only what a test tells it to: it does not read by itself, and sends what our
/// own socket would not. For one thread.
final class RawPeer implements AutoCloseable {

  private static final int PATIENCE = 6_000;

  private final Library.Loaded library = Presence.library();
  private final Platform platform = library.platform();
  private final Arena arena = Arena.ofConfined();
  private final MemorySegment errno = Binding.allocateErrno(arena);
  private final MemorySegment buffer = arena.allocate(1 << 17, 8);
  private final MemorySegment flags = arena.allocate(JAVA_INT);
  private final MemorySegment size = arena.allocate(JAVA_INT);
  private final MemorySegment type = arena.allocate(JAVA_INT);
  private final MemorySegment socket;
  private final NativeSocket calls;
  private final MethodHandle recvv;
  private int association;

  @SuppressWarnings("restricted")
  RawPeer(SctpOptions options) throws Exception {
    SctpOptions here = options.at(Pair.HOSTS, 0, false);
    int udpPort = library.stack().acquire(0);
    SymbolLookup symbols = SymbolLookup.libraryLookup(platform.libraries().getFirst(), arena);
    recvv =
        Binding.function(
            symbols,
            "recvv",
            FunctionDescriptor.of(
                JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS,
                ADDRESS));
    SocketFunctions functions = library.sockets();
    socket = functions.socket(errno, Platform.INET_FAMILY, MemorySegment.NULL, 0);
    assertThat(functions.setNonBlocking(errno, socket)).isZero();
    new Settings(library, socket, arena).apply(here, udpPort);
    MemorySegment received = arena.allocateFrom(JAVA_INT, here.bufferBytes());
    assertThat(
            functions.setsockopt(
                errno, socket, platform.socketLevel(), platform.receiveBufferOption(), received))
        .isZero();
    MemorySegment address = new Sockaddrs(platform).encode(arena, Pair.HOSTS, 0);
    assertThat(functions.bind(errno, socket, address)).isZero();
    calls = new NativeSocket(library, socket, here.bufferBytes());
  }

  int port() {
    return calls.port();
  }

  /// Calls and waits until the association is up.
  void call(UsrsctpSocket peer) {
    association = (int) calls.connect(Pair.HOSTS, peer.port(), peer.udpPort());
    assertThat(Eventually.is(() -> receive() > 0)).isTrue();
    MemorySegment received = buffer.asSlice(0, 21);
    assertThat(Notification.read(received, new Sockaddrs(platform)).orElseThrow())
        .isInstanceOf(Notification.Up.class);
  }

  /// Sends a message; the answer is 0 or a negative error number.
  int send(byte[] message) {
    return calls.send(association, message, 0, 11, 0);
  }

  /// Breaks the association.
  void abort() {
    calls.abort(association, "had enough");
  }

  /// Reads until a number of whole messages has come.
  void read(int messages) {
    int read = 0;
    for (int look = 0; look < PATIENCE && read < messages; look++) {
      while (receive() > 0) {
        int now = flags.get(JAVA_INT, 0);
        boolean isEnd = (now & platform.endOfRecordFlag()) != 0;
        if (isEnd && (now & Sctp.NOTIFICATION_FLAG) == 0) {
          read++;
        }
      }
      Eventually.pause();
    }
    assertThat(read).isEqualTo(messages);
  }

  private long receive() {
    flags.set(JAVA_INT, 0, 0);
    size.set(JAVA_INT, 0, 0);
    MemorySegment none = MemorySegment.NULL;
    try {
      return (long)
          recvv.invokeExact(
              errno, socket, buffer, buffer.byteSize(), none, none, none, size, type, flags);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    abort();
    calls.close();
    calls.complete();
    library.stack().closing();
    library.stack().release();
    arena.close();
  }
}

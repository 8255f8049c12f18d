package io.rserpool.net.kernel;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Optional;

/// The few functions of the C library for what `jdk.sctp` cannot do. All are system calls that do not
/// wait. A result below zero is the negative error number.
///
/// Layouts are those of Linux with 64 bits, which are the same on all its machines.
final class SocketCalls {

  /// Error numbers of Linux that make a difference here.
  static final int EADDRNOTAVAIL = 99;

  static final int ENETUNREACH = 101;
  static final int EISCONN = 106;
  static final int EHOSTUNREACH = 113;
  static final int EALREADY = 114;
  static final int EINPROGRESS = 115;

  static final int SOL_SCTP = 132;

  private static final int SCTP_SOCKOPT_CONNECTX3 = 111;
  private static final int SCTP_SNDINFO = 2;
  private static final int MSG_DONTWAIT_NOSIGNAL = 0x4040;
  private static final int FLAG_ABORT = 0x4;
  private static final int FLAG_EOF = 0x200;

  private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERROR_NUMBER =
      STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

  private final MethodHandle getOption;
  private final MethodHandle setOption;
  private final MethodHandle getName;
  private final MethodHandle listen;
  private final MethodHandle sendMessage;
  private final MethodHandle duplicate;
  private final MethodHandle close;

  private SocketCalls() {
    getOption =
        function(
            "getsockopt",
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
    setOption =
        function(
            "setsockopt",
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    getName = function("getsockname", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
    listen = function("listen", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    sendMessage =
        function("sendmsg", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT));
    duplicate = function("dup", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    close = function("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
  }

  /// Empty if the machine is another one, or native access is refused to this module.
  static Optional<SocketCalls> find() {
    boolean isLinux = System.getProperty("os.name", "").equals("Linux");
    if (!isLinux || ADDRESS.byteSize() != 8) {
      return Optional.empty();
    }
    try {
      return Optional.of(new SocketCalls());
    } catch (IllegalCallerException | UnsupportedOperationException e) {
      return Optional.empty();
    }
  }

  @SuppressWarnings("restricted") // Whoever runs this allows native access, or does without.
  private static MethodHandle function(String name, FunctionDescriptor signature) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), signature, ERRNO);
  }

  /// Reads an option into the array, whose content is handed in as well.
  ///
  /// @return how many bytes have been written
  int getOption(int descriptor, int level, int name, byte[] value) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      MemorySegment data = arena.allocate(value.length, 8);
      MemorySegment.copy(value, 0, data, JAVA_BYTE, 0, value.length);
      MemorySegment length = arena.allocateFrom(JAVA_INT, value.length);
      int result =
          orError((int) getOption.invokeExact(state, descriptor, level, name, data, length), state);
      if (result < 0) {
        return result;
      }
      MemorySegment.copy(data, JAVA_BYTE, 0, value, 0, value.length);
      return length.get(JAVA_INT, 0);
    } catch (Throwable e) {
      throw broken("getsockopt", e);
    }
  }

  int setOption(int descriptor, int level, int name, byte[] value) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      MemorySegment data = bytes(arena, value);
      return orError(
          (int) setOption.invokeExact(state, descriptor, level, name, data, value.length), state);
    } catch (Throwable e) {
      throw broken("setsockopt", e);
    }
  }

  /// The port that a socket is bound to.
  int localPort(int descriptor) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      MemorySegment address = arena.allocate(128, 8);
      MemorySegment length = arena.allocateFrom(JAVA_INT, 128);
      int result = orError((int) getName.invokeExact(state, descriptor, address, length), state);
      return result < 0
          ? result
          : Short.toUnsignedInt(address.get(JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN), 2));
    } catch (Throwable e) {
      throw broken("getsockname", e);
    }
  }

  /// Listens, or no longer does if the backlog is zero.
  int listen(int descriptor, int backlog) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      return orError((int) listen.invokeExact(state, descriptor, backlog), state);
    } catch (Throwable e) {
      throw broken("listen", e);
    }
  }

  /// Calls one peer at several addresses, which are as [SocketAddresses] writes them.
  ///
  ///     struct sctp_getaddrs_old   0 association   4 bytes of addresses   8 where they are
  ///
  /// @return the kernel's number of the association
  int call(int descriptor, byte[] addresses) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      MemorySegment request = arena.allocate(16, 8);
      request.set(JAVA_INT, 4, addresses.length);
      request.set(ADDRESS, 8, bytes(arena, addresses));
      MemorySegment length = arena.allocateFrom(JAVA_INT, 16);
      int result =
          orError(
              (int)
                  getOption.invokeExact(
                      state, descriptor, SOL_SCTP, SCTP_SOCKOPT_CONNECTX3, request, length),
              state);
      // The number is there although the call has only begun.
      return result < 0 && result != -EINPROGRESS ? result : request.get(JAVA_INT, 0);
    } catch (Throwable e) {
      throw broken("getsockopt of SCTP_SOCKOPT_CONNECTX3", e);
    }
  }

  /// Ends an association in order, after all that was sent.
  int end(int descriptor, int association) {
    return send(descriptor, association, FLAG_EOF, new byte[0]);
  }

  /// Breaks an association and tells the peer why.
  int abort(int descriptor, int association, byte[] reason) {
    return send(descriptor, association, FLAG_ABORT, reason);
  }

  ///     struct msghdr     0 name  8 its length  16 parts  24 their number  32 control  40 length  48 flags
  ///     struct cmsghdr    0 length   8 level   12 type, and then
  ///     struct sctp_sndinfo   0 stream   2 flags   4 ppid   8 context   12 association
  private int send(int descriptor, int association, int flags, byte[] data) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      MemorySegment control = arena.allocate(32, 8);
      control.set(JAVA_LONG, 0, 32);
      control.set(JAVA_INT, 8, SOL_SCTP);
      control.set(JAVA_INT, 12, SCTP_SNDINFO);
      control.set(JAVA_SHORT, 18, (short) flags);
      control.set(JAVA_INT, 28, association);
      MemorySegment part = arena.allocate(16, 8);
      part.set(ADDRESS, 0, bytes(arena, data));
      part.set(JAVA_LONG, 8, data.length);
      MemorySegment message = arena.allocate(56, 8);
      message.set(ADDRESS, 16, part);
      message.set(JAVA_LONG, 24, data.length == 0 ? 0 : 1);
      message.set(ADDRESS, 32, control);
      message.set(JAVA_LONG, 40, 32);
      long sent = (long) sendMessage.invokeExact(state, descriptor, message, MSG_DONTWAIT_NOSIGNAL);
      return orError((int) sent, state);
    } catch (Throwable e) {
      throw broken("sendmsg", e);
    }
  }

  /// The lowest number that no descriptor has; the next one that is made will probably get it.
  int nextDescriptor(int any) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      int next = orError((int) duplicate.invokeExact(state, any), state);
      return next < 0 || (int) close.invokeExact(state, next) < 0 ? -1 : next;
    } catch (Throwable e) {
      throw broken("dup", e);
    }
  }

  private static MemorySegment bytes(Arena arena, byte[] value) {
    MemorySegment segment = arena.allocate(Math.max(1, value.length), 8);
    MemorySegment.copy(value, 0, segment, JAVA_BYTE, 0, value.length);
    return segment;
  }

  private static int orError(int result, MemorySegment state) {
    return result >= 0 ? result : -(int) ERROR_NUMBER.get(state, 0L);
  }

  private static IllegalStateException broken(String function, Throwable cause) {
    return new IllegalStateException("calling " + function + " of the C library failed", cause);
  }
}

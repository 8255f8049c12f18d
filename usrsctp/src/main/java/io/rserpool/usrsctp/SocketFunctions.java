package io.rserpool.usrsctp;

import static io.rserpool.usrsctp.Binding.failed;
import static io.rserpool.usrsctp.Binding.function;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.NoSuchElementException;

/// The functions of the library for one socket, each under its own name. What fails answers the
/// negative error number.
final class SocketFunctions {

  private final MethodHandle socket;
  private final MethodHandle close;
  private final MethodHandle setNonBlocking;
  private final MethodHandle setUpcall;
  private final MethodHandle bind;
  private final MethodHandle bindx;
  private final MethodHandle listen;
  private final MethodHandle connectx;
  private final MethodHandle setsockopt;
  private final MethodHandle getsockopt;
  private final MethodHandle sendv;
  private final MethodHandle getpaddrs;
  private final MethodHandle freepaddrs;
  private final MethodHandle getladdrs;
  private final MethodHandle freeladdrs;
  private final MethodHandle free;

  /// @throws NoSuchElementException if the library lacks a function
  SocketFunctions(SymbolLookup library) {
    socket =
        function(
            library,
            "socket",
            FunctionDescriptor.of(
                ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, JAVA_INT, ADDRESS));
    close = function(library, "close", FunctionDescriptor.ofVoid(ADDRESS));
    setNonBlocking = function(library, "set_non_blocking", ints(ADDRESS, JAVA_INT));
    setUpcall = function(library, "set_upcall", ints(ADDRESS, ADDRESS, ADDRESS));
    bind = function(library, "bind", ints(ADDRESS, ADDRESS, JAVA_INT));
    bindx = function(library, "bindx", ints(ADDRESS, ADDRESS, JAVA_INT, JAVA_INT));
    listen = function(library, "listen", ints(ADDRESS, JAVA_INT));
    connectx = function(library, "connectx", ints(ADDRESS, ADDRESS, JAVA_INT, ADDRESS));
    setsockopt =
        function(library, "setsockopt", ints(ADDRESS, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    getsockopt =
        function(library, "getsockopt", ints(ADDRESS, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
    sendv =
        function(
            library,
            "sendv",
            FunctionDescriptor.of(
                JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT,
                JAVA_INT, JAVA_INT));
    getpaddrs = function(library, "getpaddrs", ints(ADDRESS, JAVA_INT, ADDRESS));
    freepaddrs = function(library, "freepaddrs", FunctionDescriptor.ofVoid(ADDRESS));
    getladdrs = function(library, "getladdrs", ints(ADDRESS, JAVA_INT, ADDRESS));
    freeladdrs = function(library, "freeladdrs", FunctionDescriptor.ofVoid(ADDRESS));
    free = Binding.plainFunction(library, "freedumpbuffer", FunctionDescriptor.ofVoid(ADDRESS));
  }

  /// A one-to-many socket, or the null pointer and an error number in `errno`.
  ///
  /// @param receive called with everything that comes
  /// @param number given to `receive`
  MemorySegment socket(MemorySegment errno, int family, MemorySegment receive, long number) {
    try {
      MemorySegment pointer = MemorySegment.ofAddress(number);
      return (MemorySegment)
          socket.invokeExact(
              errno,
              family,
              Sctp.SEQUENCED_PACKETS,
              Sctp.PROTOCOL,
              receive,
              MemorySegment.NULL,
              0,
              pointer);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  void close(MemorySegment errno, MemorySegment socket) {
    try {
      close.invokeExact(errno, socket);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  int setNonBlocking(MemorySegment errno, MemorySegment socket) {
    try {
      return result((int) setNonBlocking.invokeExact(errno, socket, 1), errno);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  int setUpcall(MemorySegment errno, MemorySegment socket, MemorySegment stub, long argument) {
    try {
      MemorySegment pointer = MemorySegment.ofAddress(argument);
      return result((int) setUpcall.invokeExact(errno, socket, stub, pointer), errno);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  int bind(MemorySegment errno, MemorySegment socket, MemorySegment address) {
    try {
      int size = (int) address.byteSize();
      return result((int) bind.invokeExact(errno, socket, address, size), errno);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  int bindx(MemorySegment errno, MemorySegment socket, MemorySegment addresses, int count) {
    try {
      return result(
          (int) bindx.invokeExact(errno, socket, addresses, count, Sctp.BINDX_ADD), errno);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /// @param backlog 1 to take associations, 0 to take them no more
  int listen(MemorySegment errno, MemorySegment socket, int backlog) {
    try {
      return result((int) listen.invokeExact(errno, socket, backlog), errno);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  int connectx(
      MemorySegment errno,
      MemorySegment socket,
      MemorySegment addresses,
      int count,
      MemorySegment association) {
    try {
      return result(
          (int) connectx.invokeExact(errno, socket, addresses, count, association), errno);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  int setsockopt(
      MemorySegment errno, MemorySegment socket, int level, int option, MemorySegment value) {
    try {
      int size = (int) value.byteSize();
      return result((int) setsockopt.invokeExact(errno, socket, level, option, value, size), errno);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  int getsockopt(
      MemorySegment errno,
      MemorySegment socket,
      int option,
      MemorySegment value,
      MemorySegment size) {
    try {
      return result(
          (int) getsockopt.invokeExact(errno, socket, Sctp.PROTOCOL, option, value, size), errno);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  long sendv(
      MemorySegment errno,
      MemorySegment socket,
      MemorySegment data,
      long size,
      MemorySegment info) {
    try {
      long sent =
          (long)
              sendv.invokeExact(
                  errno,
                  socket,
                  data,
                  size,
                  MemorySegment.NULL,
                  0,
                  info,
                  Sctp.SEND_INFO_SIZE,
                  Sctp.SENDV_SNDINFO,
                  0);
      return sent < 0 ? -Binding.error(errno) : sent;
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /// How many addresses an association's peer has; `pointer` then points to them, to be given back
  /// with [#freePeers].
  int peers(MemorySegment errno, MemorySegment socket, int association, MemorySegment pointer) {
    try {
      return result((int) getpaddrs.invokeExact(errno, socket, association, pointer), errno);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  void freePeers(MemorySegment errno, MemorySegment addresses) {
    try {
      freepaddrs.invokeExact(errno, addresses);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /// As [#peers]; association 0 is the socket itself.
  int locals(MemorySegment errno, MemorySegment socket, int association, MemorySegment pointer) {
    try {
      return result((int) getladdrs.invokeExact(errno, socket, association, pointer), errno);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  void freeLocals(MemorySegment errno, MemorySegment addresses) {
    try {
      freeladdrs.invokeExact(errno, addresses);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /// Frees what was received; the null pointer is allowed. It is the library's own call of `free`:
  /// the process may have more than one.
  void free(MemorySegment data) {
    try {
      free.invokeExact(data);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  private static FunctionDescriptor ints(MemoryLayout... arguments) {
    return FunctionDescriptor.of(JAVA_INT, arguments);
  }

  private static int result(int value, MemorySegment errno) {
    return value < 0 ? -Binding.error(errno) : value;
  }
}

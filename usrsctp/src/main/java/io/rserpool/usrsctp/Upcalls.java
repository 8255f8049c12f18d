package io.rserpool.usrsctp;

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
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteOrder;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// The functions that the library calls, on its own threads or within a call of ours. There is one
/// of each for all sockets, never freed: the library may call it a last time while a socket is
/// being closed, and then finds nobody any more. It tells the sockets apart by a number, which
/// stands in the place of a pointer.
///
/// Messages are received by such calls and not by `usrsctp_recvv`, since version 0.9.5 may use an
/// association after it has been freed when one thread reads while another ends the association.
final class Upcalls {

  private static final MemoryLayout ADDRESS_BY_VALUE = MemoryLayout.sequenceLayout(4, JAVA_LONG);
  private static final MemoryLayout INFO_BY_VALUE = MemoryLayout.sequenceLayout(7, JAVA_INT);
  private static final ValueLayout.OfInt NETWORK_INT = JAVA_INT.withOrder(ByteOrder.BIG_ENDIAN);

  private static final ConcurrentHashMap<Long, Arrivals> SOCKETS = new ConcurrentHashMap<>();
  private static final AtomicLong NUMBERS = new AtomicLong();
  private static final String THREAD_NAME = "usrsctp-receive";
  private static final int TAKEN = 1;

  private Upcalls() {}

  /// @return the number under which a socket is called
  static long enter(Arrivals arrivals) {
    long number = NUMBERS.incrementAndGet();
    SOCKETS.put(number, arrivals);
    return number;
  }

  static void remove(long number) {
    SOCKETS.remove(number);
  }

  static int sockets() {
    return SOCKETS.size();
  }

  /// `void ring(struct socket *, void *number, int)`: a packet has been handled.
  static MemorySegment ring() {
    return Stubs.RING;
  }

  /// `int receive(struct socket *, union sctp_sockstore, void *, size_t, struct sctp_rcvinfo, int,
  /// void *number)`: something has come.
  static MemorySegment receive() {
    return Stubs.RECEIVE;
  }

  /// Nothing may leave this method but a return: there is no Java below it.
  @SuppressWarnings("unused")
  private static void ring(MemorySegment socket, MemorySegment number, int flags) {
    try {
      Arrivals arrivals = SOCKETS.get(number.address());
      if (arrivals != null) {
        arrivals.ring();
      }
    } catch (Throwable _) {
      // The poller looks by itself before long.
    }
  }

  /// As [#ring]. If there is no memory even for saying so, the association breaks for want of
  /// whatever comes next.
  @SuppressWarnings("unused")
  private static int receive(
      MemorySegment socket,
      MemorySegment from,
      MemorySegment data,
      long size,
      MemorySegment info,
      int flags,
      MemorySegment number) {
    Arrivals arrivals = null;
    try {
      arrivals = SOCKETS.get(number.address());
      if (arrivals != null && data.address() != 0) {
        nameThread();
        arrivals.add(arrival(arrivals, from, data, size, info, flags));
      }
    } catch (Throwable _) {
      if (arrivals != null) {
        arrivals.add(new Arrival.Overrun(info.getAtIndex(JAVA_INT, 6)));
      }
    } finally {
      if (Library.current() instanceof Library.Loaded library) {
        library.sockets().free(data);
      }
    }
    return TAKEN;
  }

  @SuppressWarnings("restricted")
  private static Arrival arrival(
      Arrivals arrivals,
      MemorySegment from,
      MemorySegment data,
      long size,
      MemorySegment info,
      int flags) {
    int association = info.getAtIndex(JAVA_INT, 6);
    MemorySegment bytes = data.reinterpret(size);
    if ((flags & Sctp.NOTIFICATION_FLAG) != 0) {
      return new Arrival.Notice(association, bytes.toArray(JAVA_BYTE), from.toArray(JAVA_BYTE));
    }
    if (!arrivals.hasRoomFor(size)) {
      return new Arrival.Overrun(association);
    }
    return new Arrival.Piece(
        association,
        bytes.toArray(JAVA_BYTE),
        (flags & arrivals.platform().endOfRecordFlag()) != 0,
        Short.toUnsignedInt(info.get(JAVA_SHORT, 0)),
        info.get(NETWORK_INT, 8));
  }

  /// The library's threads have the names of nobody.
  private static void nameThread() {
    Thread thread = Thread.currentThread();
    if (thread.getName().startsWith("Thread-")) {
      thread.setName(THREAD_NAME);
    }
  }

  /// Made at first use.
  private static final class Stubs {
    private static final MemorySegment RING =
        stub("ring", FunctionDescriptor.ofVoid(ADDRESS, ADDRESS, JAVA_INT));
    private static final MemorySegment RECEIVE =
        stub(
            "receive",
            FunctionDescriptor.of(
                JAVA_INT,
                ADDRESS,
                MemoryLayout.structLayout(ADDRESS_BY_VALUE),
                ADDRESS,
                JAVA_LONG,
                MemoryLayout.structLayout(INFO_BY_VALUE),
                JAVA_INT,
                ADDRESS));

    @SuppressWarnings("restricted")
    private static MemorySegment stub(String method, FunctionDescriptor descriptor) {
      try {
        MethodType type = descriptor.toMethodType();
        MethodHandle handle = MethodHandles.lookup().findStatic(Upcalls.class, method, type);
        return Linker.nativeLinker().upcallStub(handle, descriptor, Arena.global());
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("a method of this class was not found", e);
      }
    }
  }
}

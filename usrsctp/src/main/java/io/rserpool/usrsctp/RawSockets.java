package io.rserpool.usrsctp;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.NoSuchElementException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the library from opening sockets that see all packets of SCTP on the machine, not only those
/// within UDP: it does so wherever it may, which is in processes of root, and would then answer the
/// packets of the kernel's own SCTP with ABORT. On Linux each thread has privileges of its own, so
/// the library is begun by a thread that has given that one away.
final class RawSockets {

  private static final Logger LOG = LoggerFactory.getLogger(RawSockets.class);

  // capget(2): the header is version and process, where 0 is the calling thread; then two times
  // effective, permitted and inheritable privileges, lower numbers first.
  private static final int VERSION = 0x20080522;
  private static final int HEADER_SIZE = 8;
  private static final int SETS_SIZE = 24;
  private static final int NET_RAW = 1 << 13;
  private static final int PERMITTED = 4;

  private RawSockets() {}

  /// Runs this without the privilege, if the system has such, on a thread of its own.
  static void without(Runnable step) {
    Thread thread =
        Thread.ofPlatform()
            .name("usrsctp-begin")
            .start(() -> {
              giveAway();
              step.run();
            });
    boolean isInterrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException _) {
        isInterrupted = true;
      }
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void giveAway() {
    try (Arena arena = Arena.ofConfined()) {
      FunctionDescriptor type = FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS);
      MethodHandle capget = Binding.systemFunction("capget", type);
      MethodHandle capset = Binding.systemFunction("capset", type);
      MemorySegment errno = Binding.allocateErrno(arena);
      MemorySegment header = arena.allocate(HEADER_SIZE, 4);
      header.set(JAVA_INT, 0, VERSION);
      MemorySegment sets = arena.allocate(SETS_SIZE, 4);
      int result = (int) capget.invokeExact(errno, header, sets);
      if (result == 0) {
        sets.set(JAVA_INT, 0, sets.get(JAVA_INT, 0) & ~NET_RAW);
        sets.set(JAVA_INT, PERMITTED, sets.get(JAVA_INT, PERMITTED) & ~NET_RAW);
        result = (int) capset.invokeExact(errno, header, sets);
      }
      if (result != 0) {
        LOG.debug("privileges cannot be given away: error {}", Binding.error(errno));
      }
    } catch (NoSuchElementException _) {
      LOG.debug("this system has no privileges to give away");
    } catch (Throwable e) {
      throw Binding.failed(e);
    }
  }
}

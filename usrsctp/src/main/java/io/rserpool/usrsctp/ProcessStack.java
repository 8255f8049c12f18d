package io.rserpool.usrsctp;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one stack of the process with its one UDP port: begins with the first socket and ends, with
/// the library's threads, some tenths of a second after the last.
final class ProcessStack {

  private static final Logger LOG = LoggerFactory.getLogger(ProcessStack.class);

  /// A port that was free may be taken by another process before the library has it.
  private static final int ATTEMPTS_MAX = 8;

  private static final long LOOK_MS = 10;
  private static final long CLOSING_NS_MAX = 15_000_000_000L;
  private static final int FINISH_LOOKS_MAX = 100;

  /// The library's own limit, 512 chunks of whatever size, would fill up before the buffers do; and
  /// an association in that state cannot even be aborted.
  private static final int CHUNKS_MAX = 1 << 24;

  // The library's counters, and where those are among them that are needed.
  private static final int STATISTICS_SIZE = 1024;
  private static final int STATISTICS_ESTABLISHED = 8;
  private static final int STATISTICS_SENT = 168;
  private static final int STATISTICS_SENT_AGAIN = 172;

  private final StackFunctions functions;
  private int users;
  private int closings;
  private int udpPort;
  private boolean isRunning;

  ProcessStack(StackFunctions functions) {
    this.functions = functions;
  }

  /// Makes sure that it runs, for one more socket.
  ///
  /// @param wanted 0 for any UDP port
  /// @return the UDP port
  /// @throws IOException if the port cannot be had
  synchronized int acquire(int wanted) throws IOException {
    if (isRunning && wanted != 0 && wanted != udpPort) {
      if (users == closings) {
        awaitClosings();
      }
      if (users > 0 || !hasFinished()) {
        throw new IOException(
            "a process has one UDP port for SCTP, and this one has "
                + udpPort
                + " already: it cannot have "
                + wanted
                + " as well. What is to be called must be opened before anything that calls");
      }
    }
    if (!isRunning) {
      start(wanted);
    }
    users++;
    return udpPort;
  }

  /// A socket is being closed, which takes a moment; [#release] follows.
  synchronized void closing() {
    closings++;
  }

  /// A socket is closed.
  synchronized void release() {
    closings--;
    users--;
    notifyAll();
    if (users == 0) {
      Thread.ofPlatform().daemon().name("usrsctp-end").start(this::end);
    }
  }

  /// Whether a socket may be had at this UDP port, as far as can be known before.
  synchronized boolean isWithin(int port) {
    return (isRunning && users > 0) ? udpPort == port : UdpPorts.isFree(port);
  }

  synchronized boolean isClosing() {
    return closings > 0;
  }

  /// Waits until no socket is being closed any more, but not forever.
  synchronized void awaitClosings() throws IOException {
    long begin = System.nanoTime();
    try {
      while (closings > 0 && System.nanoTime() - begin < CLOSING_NS_MAX) {
        wait(LOOK_MS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while a socket was being closed", e);
    }
  }

  synchronized boolean isRunning() {
    return isRunning;
  }

  /// Established associations of the whole process, as the library counts them.
  int established() {
    return counter(STATISTICS_ESTABLISHED);
  }

  /// How many chunks of data this process has sent so far, for the first time.
  long sent() {
    return Integer.toUnsignedLong(counter(STATISTICS_SENT));
  }

  /// How many chunks of data it has sent again, since their packets were not acknowledged in time.
  long sentAgain() {
    return Integer.toUnsignedLong(counter(STATISTICS_SENT_AGAIN));
  }

  private int counter(int place) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment counters = arena.allocate(STATISTICS_SIZE, 8);
      functions.statistics(Binding.allocateErrno(arena), counters);
      return counters.get(ValueLayout.JAVA_INT, place);
    }
  }

  private void start(int wanted) throws IOException {
    for (int attempt = 1; ; attempt++) {
      int port = wanted == 0 ? UdpPorts.free() : wanted;
      if (UdpPorts.isFree(port) && init(port)) {
        udpPort = port;
        LOG.info("SCTP within UDP at port {}{}", port, wanted == 0 ? ", which was free" : "");
        return;
      }
      if (wanted != 0 || attempt == ATTEMPTS_MAX) {
        throw new IOException(
            "SCTP within UDP needs UDP port %d, at which peers call, but %s has it: only one process"
                    .formatted(port, UdpPorts.holder(port))
                + " of a machine can be called there. Stop that one, or run this one elsewhere");
      }
    }
  }

  private boolean init(int port) throws IOException {
    RawSockets.without(() -> begin(port));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment errno = Binding.allocateErrno(arena);
      isRunning = true;
      functions.tune(errno, "max_chunks_on_queue", CHUNKS_MAX);
      // After one time-out a path is suspect, and what is sent next takes another one (RFC 7829).
      functions.tune(errno, "path_pf_threshold", 0);
      // A peer on the same machine may be the kernel's SCTP, which wants checksums.
      functions.tune(errno, "no_csum_on_loopback", 0);
    }
    if (UdpPorts.isOurs(port)) {
      return true;
    }
    finish();
    return false;
  }

  private void begin(int port) {
    try (Arena arena = Arena.ofConfined()) {
      functions.init(Binding.allocateErrno(arena), port);
    }
  }

  /// Tries until the library has let go of the last association, unless there is a new user.
  private void end() {
    while (!hasEnded()) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_MS));
    }
  }

  private synchronized boolean hasEnded() {
    return users > 0 || !isRunning || finish();
  }

  /// Gives the library some time to let go.
  private boolean hasFinished() {
    for (int look = 0; look < FINISH_LOOKS_MAX && !finish(); look++) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_MS));
    }
    return !isRunning;
  }

  private boolean finish() {
    try (Arena arena = Arena.ofConfined()) {
      isRunning = functions.finish(Binding.allocateErrno(arena)) != 0;
    }
    return !isRunning;
  }
}

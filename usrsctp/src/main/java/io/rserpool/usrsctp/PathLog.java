package io.rserpool.usrsctp;

import io.rserpool.net.sctp.SctpListener;
import java.net.InetAddress;
import java.util.HashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes down which paths fail and work again, and what that has cost: how much was sent again. A
/// path that many associations use is written down once in a while.
final class PathLog {

  private static final Logger LOG = LoggerFactory.getLogger(PathLog.class);
  private static final long PAUSE_NS = 10_000_000_000L;

  /// Peers can make this grow.
  private static final int FAILED_MAX = 1_000;

  private final ProcessStack stack;

  /// When each path was written down as failed; guarded by itself.
  private final HashMap<InetAddress, Long> failed = new HashMap<>();

  PathLog(ProcessStack stack) {
    this.stack = stack;
  }

  void changed(InetAddress address, SctpListener.Path change) {
    switch (change) {
      case UNREACHABLE -> {
        if (isNews(address)) {
          log("no path to {} any more", address);
        }
      }
      case REACHABLE -> {
        if (isOver(address)) {
          log("the path to {} works again", address);
        }
      }
      case ADDED, REMOVED, PRIMARY -> {}
    }
  }

  private boolean isNews(InetAddress address) {
    long now = System.nanoTime();
    synchronized (failed) {
      Long before = failed.get(address);
      if (before == null ? failed.size() == FAILED_MAX : now - before < PAUSE_NS) {
        return false;
      }
      failed.put(address, now);
      return true;
    }
  }

  private boolean isOver(InetAddress address) {
    synchronized (failed) {
      return failed.remove(address) != null;
    }
  }

  private void log(String what, InetAddress address) {
    LOG.info(
        what + "; chunks of data sent by this process so far: {}, again: {}",
        address.getHostAddress(),
        stack.sent(),
        stack.sentAgain());
  }
}

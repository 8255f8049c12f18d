package io.rserpool.net.status;

import java.io.IOException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends a component's status to a monitor in each interval, and a last report at the end.
///
/// It asks for the status on a thread of its own, so whoever answers may block. A monitor that is not
/// there, a network that takes nothing, and a name that cannot be resolved cost no more than a
/// datagram or a look-up in each interval; the first such failure is logged, the others are not.
public interface StatusReporter extends AutoCloseable {

  /// Starts one; if reports are off, one that does nothing.
  ///
  /// @param source is asked in each interval, on the reporter's thread; what it throws costs that
  ///     report
  static StatusReporter start(StatusOptions options, Supplier<ComponentStatus> source) {
    if (!options.isOn()) {
      return () -> {};
    }
    try {
      return StatusSender.start(options, source);
    } catch (IOException e) {
      Logger log = LoggerFactory.getLogger("io.rserpool.status");
      log.warn("status reports to {} are off, there is no socket for them", options, e);
      return () -> {};
    }
  }

  /// Sends the last report, if there was another one before, and frees everything. Waits for it, but
  /// no longer than a second. A second call does nothing.
  @Override
  void close();
}

package io.rserpool.client.host;

import java.io.IOException;
import java.time.Duration;

/// What a server does for each of its sessions, whatever transport they come over. A simple one is a
/// lambda:
///
/// ```java
/// Service echo =
///     session -> {
///       while (session.receive() instanceof SessionInput.Data(UserMessage message)) {
///         session.send(message);
///       }
///     };
/// ```
@FunctionalInterface
public interface Service {

  /// What people call it, such as `echo`.
  default String label() {
    return "service";
  }

  /// What is spoken. Of a service that speaks in messages, each [SessionInput.Data] is one message.
  default PayloadProtocol protocol() {
    return PayloadProtocol.BYTES;
  }

  /// How loaded the service is, 0 to 1.
  ///
  /// @param sessions how many users are served now
  /// @param sessionsMax how many are served at most
  default double load(int sessions, int sessionsMax) {
    return Math.min(1.0, sessions / (double) sessionsMax);
  }

  /// How long an ending host waits for sessions that are at work to see [ServiceSession#isEnding],
  /// say their last words, such as a cookie, and end. Sessions that wait for their user without a
  /// limit have none.
  default Duration farewellTime() {
    return Duration.ZERO;
  }

  /// The same service for another protocol: what a lambda needs that wants whole messages.
  static Service of(PayloadProtocol protocol, Service service) {
    return new Speaking(protocol, service);
  }

  /// Serves one session to its end, on a thread of its own; the host closes the session afterwards.
  /// An exception ends this session and no other.
  void serve(ServiceSession session) throws IOException;
}

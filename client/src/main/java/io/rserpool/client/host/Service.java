package io.rserpool.client.host;

import io.rserpool.engine.session.element.OnRefusal;
import java.io.IOException;
import java.time.Duration;

/// What a server does for each of its sessions, whatever transport they come over. A simple one is
/// a lambda:
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

  /// {@return what people call it, such as `echo`}
  default String label() {
    return "service";
  }

  /// {@return what is spoken} Of a service that speaks in messages, each [SessionInput.Data] is one
  /// message.
  default PayloadProtocol protocol() {
    return PayloadProtocol.BYTES;
  }

  /// {@return how loaded the service is, 0 to 1}
  ///
  /// @param sessions how many users are served now
  /// @param sessionsMax how many are served at most
  default double load(int sessions, int sessionsMax) {
    return Math.min(1.0, sessions / (double) sessionsMax);
  }

  /// {@return whether sessions may keep a processor busy for longer than some 10 milliseconds,
  /// without waiting for anything} Then threads of their own answer the keep-alives of users, by
  /// which these see that the element is not frozen; a service that never does so saves them.
  default boolean computes() {
    return true;
  }

  /// {@return what becomes of a session whose user shows a cookie that is not to be used: forged,
  /// too old, or of another pool} By default it ends, and the user hears why. A service that wants
  /// to begin such a session anew has to know that its user believes that it goes on.
  default OnRefusal onRefusedCookie() {
    return OnRefusal.END_SESSION;
  }

  /// {@return how long an ending host waits for sessions that are at work to see
  /// [ServiceSession#isEnding], say their last words, such as a cookie, and end} Sessions that wait
  /// for their user without a limit have none.
  default Duration farewellTime() {
    return Duration.ZERO;
  }

  /// {@return the same service for another protocol: what a lambda needs that wants whole messages}
  ///
  /// @param protocol what is spoken
  /// @param service what is served
  static Service of(PayloadProtocol protocol, Service service) {
    return new Speaking(protocol, service);
  }

  /// Serves one session to its end, on a thread of its own; the host closes the session afterwards.
  /// An exception ends this session and no other.
  ///
  /// @param session the session that moved
  /// @throws IOException if that fails: the conversation is broken then, or never began
  void serve(ServiceSession session) throws IOException;
}

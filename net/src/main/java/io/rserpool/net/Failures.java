package io.rserpool.net;

import io.netty.channel.ConnectTimeoutException;
import io.rserpool.engine.LossReason;
import io.rserpool.net.tunnel.TlsFailure;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.util.Locale;
import javax.net.ssl.SSLException;

/// What the operating system's errors mean for an association. The JDK and the native sockets give
/// the
/// same errors in different classes, so the system's own words decide where the class does not.
final class Failures {

  private Failures() {}

  /// Why a call failed.
  static LossReason ofCall(Throwable cause) {
    return switch (cause) {
      case ConnectTimeoutException _ -> LossReason.UNREACHABLE;
      case ConnectException e when says(e, "refused") -> LossReason.REFUSED;
      // Somebody is there, but is not who was to be there, or does not take this node for a friend.
      case SSLException _ -> LossReason.REFUSED;
      default -> says(cause, "reset") ? LossReason.RESET : LossReason.UNREACHABLE;
    };
  }

  /// Whether a call failed without any answer, not even that there is no way.
  static boolean isSilence(Throwable cause) {
    return cause instanceof ConnectTimeoutException
        || cause instanceof SocketTimeoutException
        || says(cause, "timed out");
  }

  /// Why an association broke.
  static LossReason ofAssociation(Throwable cause) {
    if (cause instanceof ClosedChannelException) {
      return LossReason.CLOSED;
    }
    boolean silent =
        cause instanceof NoRouteToHostException
            || isSilence(cause)
            || says(cause, "no route")
            || says(cause, "unreachable");
    return silent ? LossReason.UNREACHABLE : LossReason.RESET;
  }

  /// What a layer of the connection has wrapped.
  static Throwable unwrapped(Throwable thrown) {
    return TlsFailure.unwrapped(thrown);
  }

  /// The text of an exception, or its class where it has none.
  static String text(Throwable cause) {
    return TlsFailure.text(cause);
  }

  private static boolean says(Throwable cause, String words) {
    return text(cause).toLowerCase(Locale.ROOT).contains(words);
  }
}

package io.rserpool.client;

import io.rserpool.engine.session.Loss;
import io.rserpool.engine.session.LossSource;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;

/// What the transport says of an element's failure, as the engine takes it, and what the engine
/// says, as the application hears it.
final class Failure {

  private Failure() {}

  /// What a broken channel, or one that could not be opened, says of the element.
  static LossSource lossOf(IOException e) {
    return switch (e) {
      case ConnectException _ -> LossSource.REFUSED;
      case SocketTimeoutException _ -> LossSource.CONNECT_TIMEOUT;
      case EOFException _ -> LossSource.CLOSED;
      default -> LossSource.RESET;
    };
  }

  static FailureSource sourceOf(LossSource source) {
    return switch (source) {
      case CLOSED -> FailureSource.CLOSED;
      case RESET -> FailureSource.RESET;
      case REFUSED -> FailureSource.REFUSED;
      case CONNECT_TIMEOUT -> FailureSource.CONNECT_TIMEOUT;
      case READ_TIMEOUT -> FailureSource.READ_TIMEOUT;
      case SEND_TIMEOUT -> FailureSource.SEND_TIMEOUT;
      case HEARTBEAT -> FailureSource.HEARTBEAT;
      case REMOVED -> FailureSource.PUSHED_REMOVAL;
      case REFUSED_COOKIE -> FailureSource.REFUSED_COOKIE;
      case APPLICATION -> FailureSource.APPLICATION;
      case FAIL_BACK -> FailureSource.FAIL_BACK;
    };
  }

  static SessionFailedException exceptionOf(String who, Loss loss) {
    FailureSource source = sourceOf(loss.source());
    return new SessionFailedException(who + " failed (" + source + "): " + loss.reason(), source);
  }
}

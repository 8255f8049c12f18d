package io.rserpool.net.tunnel;

import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.NotSslRecordException;
import javax.net.ssl.SSLException;

/// Why TLS has failed, for people. Nothing that a peer has said is in a text: who speaks plainly by
/// mistake may have said a secret.
public final class TlsFailure {

  private static final String NO_TLS = "not an SSL/TLS record";

  private static final int CAUSES_MAX = 8;

  private TlsFailure() {}

  /// {@return what a layer of the connection has wrapped}
  public static Throwable unwrapped(Throwable thrown) {
    return thrown instanceof DecoderException && thrown.getCause() != null
        ? thrown.getCause()
        : thrown;
  }

  /// {@return the text of an exception, or its class where it has none} All that is behind a failure of
  /// TLS is told as well: there the exception itself may only say that something was not liked.
  public static String text(Throwable thrown) {
    Throwable cause = unwrapped(thrown);
    if (cause instanceof NotSslRecordException) {
      return NO_TLS;
    }
    String message = cause.getMessage();
    String text = message == null ? cause.getClass().getSimpleName() : message;
    Throwable behind = cause instanceof SSLException ? cause.getCause() : null;
    for (int i = 0; i < CAUSES_MAX && behind != null; i++) {
      String more = behind.getMessage();
      if (more != null && !text.contains(more)) {
        text += " (" + behind.getClass().getSimpleName() + ": " + more + ")";
      }
      behind = behind.getCause();
    }
    return text;
  }
}

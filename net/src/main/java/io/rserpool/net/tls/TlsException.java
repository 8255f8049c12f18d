package io.rserpool.net.tls;

import java.io.IOException;

/// TLS files cannot be used. The text is for people: which file, what was expected, what was seen. It
/// never holds anything of a private key.
public final class TlsException extends IOException {

  private static final long serialVersionUID = 1L;

  TlsException(String message) {
    super(message);
  }

  TlsException(String message, Throwable cause) {
    super(message, cause);
  }
}

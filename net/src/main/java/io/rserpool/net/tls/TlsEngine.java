package io.rserpool.net.tls;

import io.netty.handler.ssl.OpenSsl;
import java.util.Locale;

/// Who calculates for the associations of a node. What is spoken is the same.
public enum TlsEngine {
  /// The Java platform.
  JDK,

  /// BoringSSL, with less work for each handshake and each byte (`bench/run tls` says how much). Optional:
  /// it needs `netty-tcnative-boringssl-static` and `netty-tcnative-classes` on the class path, for the
  /// system and the processor that this runs on. Sessions of programs that read and write themselves
  /// have the platform's in any case. It ends both directions at once: a peer that ends its own direction
  /// hears no more, not even what was on its way.
  NATIVE;

  /// {@return how configurations spell it}
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// {@return whether it can be used here}
  public boolean isAvailable() {
    return this == JDK || OpenSsl.isAvailable();
  }

  /// Requires that it can be used here.
  ///
  /// @throws TlsException if it cannot, with a text for people
  void require() throws TlsException {
    if (!isAvailable()) {
      Throwable cause = OpenSsl.unavailabilityCause();
      throw new TlsException(
          "the native TLS engine needs netty-tcnative-boringssl-static, with netty-tcnative-classes, for"
              + " this system on the class path; it cannot be loaded: "
              + cause,
          cause);
    }
  }
}

package io.rserpool.net;

import io.rserpool.net.tls.TlsEngine;
import org.junit.jupiter.api.condition.EnabledIf;

/// Nodes with TLS by the native engine call each other: all the same.
@EnabledIf("isAvailable")
final class NativeTlsCallTest extends TlsCallTest {

  static boolean isAvailable() {
    return TlsEngine.NATIVE.isAvailable();
  }

  @Override
  TlsEngine tlsEngine() {
    return TlsEngine.NATIVE;
  }
}

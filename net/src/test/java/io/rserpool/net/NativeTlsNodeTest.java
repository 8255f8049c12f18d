package io.rserpool.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.engine.Input;
import io.rserpool.engine.LossReason;
import io.rserpool.net.tls.TlsEngine;
import io.rserpool.protocol.asap.AsapCookie;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/// A listening node with TLS by the native engine, called by the platform's: all the same.
@EnabledIf("isAvailable")
final class NativeTlsNodeTest extends TlsNodeTest {

  static boolean isAvailable() {
    return TlsEngine.NATIVE.isAvailable();
  }

  @Override
  TlsEngine tlsEngine() {
    return TlsEngine.NATIVE;
  }

  /// The engine ends both directions with one, so who has said his last word may hear no more.
  @Test
  @Override
  void whatWasSentBeforeAnEndIsReadBeforeIt() throws Exception {
    Peer peer = connect(listen(TcpOptions.defaults()));
    byte[] message = Peer.message(40_000);
    peer.write(message);
    peer.shutdownOutput();
    assertThat(engine.await(Input.AsapReceived.class).message()).isInstanceOf(AsapCookie.class);
    assertThat(engine.await(Input.AssociationDown.class).reason()).isEqualTo(LossReason.CLOSED);
    assertThat(peer.readToEnd()).isLessThanOrEqualTo(message.length);
  }
}

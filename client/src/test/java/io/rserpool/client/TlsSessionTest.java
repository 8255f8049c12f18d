package io.rserpool.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.net.tls.TlsOptions;
import io.rserpool.protocol.TransportAddress;
import java.net.Socket;
import org.junit.jupiter.api.Test;

/// Sessions over TLS over TCP: besides all that [SecuredSessionTest] has.
final class TlsSessionTest extends SecuredSessionTest {

  @Override
  ControlServer listen(int number, boolean sendsCookies, TlsOptions tls) {
    return ControlServer.overTls(number, sendsCookies, tls);
  }

  @Override
  Caller caller() {
    return user::call;
  }

  @Test
  void whoDoesNotShakeHandsKeepsNobodyWaiting() throws Exception {
    serve(true);
    TransportAddress address = user.resolve(POOL).elements().getFirst().userTransport();
    try (Socket mute = new Socket(address.addresses().getFirst().toString(), address.port());
        PoolSession session = connect()) {
      assertThat(mute.isConnected()).isTrue();
      assertThat(ask(session, "a")).isEqualTo("a");
    }
  }
}

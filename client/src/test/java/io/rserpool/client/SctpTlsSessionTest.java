package io.rserpool.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.client.channel.ToySctp;
import io.rserpool.net.sctp.SctpOptions;
import io.rserpool.net.tls.TlsOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Sessions over TLS over SCTP: besides all that [SecuredSessionTest] has.
final class SctpTlsSessionTest extends SecuredSessionTest {

  private final ToySctp stack = new ToySctp();

  @Override
  ControlServer listen(int number, boolean sendsCookies, TlsOptions tls) {
    return ControlServer.overSctp(stack, number, sendsCookies, tls);
  }

  @Override
  Caller caller() {
    TlsOptions tls = members.issue("user", "u1");
    return (address, limit) -> stack.call(address, limit, SctpOptions.defaults(), tls);
  }

  @AfterEach
  @Override
  void stop() throws Exception {
    super.stop();
    stack.close();
  }

  @Test
  void elementThatLeavesInOrderServesItsUserToTheEnd() {
    serve(false);
    try (PoolSession session = connect()) {
      assertThat(ask(session, "before")).isEqualTo("before");
      serve(false);
      servers.getFirst().stopListening();
      elements.getFirst().leave();
      // The session looks after its element when the registrar tells of its leave, and has done so
      // when it has called it a second time.
      while (stack.calls().size() < 2 && !Thread.interrupted()) {
        Thread.onSpinWait();
      }
      assertThat(ask(session, "after")).isEqualTo("after");
      assertThat(moves).isEmpty();
      assertThat(servers.getFirst().received).containsExactly("before", "after");
    }
  }

  @Test
  void closedSessionGivesItsPortBack() {
    serve(false);
    connect().close();
    while (stack.openPorts() > 1 && !Thread.interrupted()) {
      Thread.onSpinWait();
    }
    assertThat(stack.openPorts()).isEqualTo(1);
  }
}

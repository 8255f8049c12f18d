package io.rserpool.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rserpool.client.channel.ToySctp;
import io.rserpool.client.channel.UserMessage;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.TransportAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Sessions over SCTP: besides all that [ControlSessionTest] has.
final class SctpSessionTest extends ControlSessionTest {

  private final ToySctp stack = new ToySctp();

  @Override
  ControlServer listen(int number, boolean sendsCookies) {
    return ControlServer.overSctp(stack, number, sendsCookies);
  }

  @Override
  Caller caller() {
    return stack::call;
  }

  @Override
  boolean keepsStreams() {
    return true;
  }

  @AfterEach
  @Override
  void stop() throws Exception {
    super.stop();
    stack.close();
  }

  @Test
  void unorderedMessagesGoUnordered() {
    serve(false);
    try (PoolSession session = connect()) {
      session.send(new UserMessage(new byte[] {'u'}, 7, 1, true));
      UserMessage back = session.receiveMessage().orElseThrow();
      assertThat(text(back)).isEqualTo("u");
      assertThat(back.isUnordered()).isFalse();
      assertThat(stack.unordered()).isEqualTo(1);
    }
  }

  @Test
  void elementThatLeavesInOrderServesItsUserToTheEnd() {
    serve(false);
    try (PoolSession session = connect()) {
      assertThat(ask(session, "before")).isEqualTo("before");
      serve(false);
      servers.get(0).stopListening();
      elements.get(0).leave();
      // The session looks after its element when the registrar tells of its leave, and has done so
      // when it has called it a second time.
      while (stack.calls().size() < 2 && !Thread.interrupted()) {
        Thread.onSpinWait();
      }
      assertThat(ask(session, "after")).isEqualTo("after");
      assertThat(moves).isEmpty();
      assertThat(servers.get(0).received).containsExactly("before", "after");
    }
  }

  @Test
  void closedSessionGivesItsPortBack() {
    serve(false);
    connect().close();
    assertThat(stack.openPorts()).isEqualTo(1);
  }

  @Test
  void serviceListensEverywhereOverSctpUnlessItsRegistrarIsHere() {
    assertThat(registrar.scope().serviceAddresses(TransportAddress.Kind.SCTP))
        .allMatch(IpAddress::isLoopback)
        .hasSize(1);
    assertThat(registrar.scope().serviceAddresses(TransportAddress.Kind.TCP)).hasSize(1);
  }

  @Test
  void poolHandleThatRsplibDoesNotSurviveIsRefusedOnlyBesideRsplib() {
    Scope scope = registrar.scope().withProfile(Profile.RSPLIB);
    PoolHandle fitting = PoolHandle.of("x".repeat(32));
    PoolHandle handle = PoolHandle.of("x".repeat(33));
    assertThatThrownBy(() -> PoolElement.register(scope, Registration.of(handle, 5000)))
        .isInstanceOf(RejectedException.class)
        .hasMessageContaining("at most 32 bytes")
        .hasMessageContaining("33");
    try (PoolUser rsplib = PoolUser.open(scope)) {
      assertThatThrownBy(() -> rsplib.resolve(handle)).isInstanceOf(RejectedException.class);
      assertThatThrownBy(() -> rsplib.connect(handle)).isInstanceOf(RejectedException.class);
      assertThatThrownBy(() -> rsplib.watch(handle, _ -> {})).isInstanceOf(RejectedException.class);
      assertThatThrownBy(() -> rsplib.resolve(fitting)).isInstanceOf(UnknownPoolException.class);
    }
    assertThatThrownBy(() -> user.resolve(handle)).isInstanceOf(UnknownPoolException.class);
  }
}

package io.rserpool.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rserpool.protocol.CauseCode;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.ErrorCause;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.TransportAddress;
import io.rserpool.protocol.TransportUse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Sessions over TCP with a control channel: besides all that [ControlSessionTest] has.
final class FramedSessionTest extends ControlSessionTest {

  @Override
  ControlServer listen(int number, boolean sendsCookies) {
    return ControlServer.overTcp(number, sendsCookies);
  }

  @Override
  Caller caller() {
    return user::call;
  }

  @Override
  boolean keepsStreams() {
    return false;
  }

  @Test
  void elementWhoseSystemAcceptsButWhichIsFrozenIsPassedOver() {
    serve(ControlServer.frozenOverTcp(1));
    serve(true);
    SessionOptions quick =
        options().connectTimeout(Duration.ofMillis(300)).preferred(ElementId.of(1)).build();
    try (PoolSession session = connect(quick)) {
      assertThat(session.element().elementId()).isEqualTo(ElementId.of(2));
      assertThat(ask(session, "a")).isEqualTo("a");
    }
  }

  @Test
  void elementThatLeavesInOrderServesItsUserToTheEnd() {
    serve(true);
    try (PoolSession session = connect()) {
      assertThat(ask(session, "before")).isEqualTo("before");
      serve(true);
      servers.getFirst().stopListening();
      elements.getFirst().leave();
      for (int i = 0; i < 100; i++) {
        assertThat(ask(session, "after")).isEqualTo("after");
      }
      assertThat(moves).isEmpty();
    }
  }

  @Test
  void endOfOutputStillLetsTheAnswersCome() throws Exception {
    serve(true);
    try (PoolSession session = connect()) {
      SessionFixture.send(session, "last");
      session.endOutput();
      assertThat(text(session.receiveMessage().orElseThrow())).isEqualTo("last");
      assertThat(session.receiveMessage()).isEmpty();
    }
    assertThat(servers.getFirst().received.poll(20, TimeUnit.SECONDS)).isEqualTo("last");
    assertThat(servers.getFirst().received.poll(20, TimeUnit.SECONDS)).isEqualTo("end");
  }

  @Test
  void controlChannelIsKnownToTheUserAndTheSameForAllElementsOfThePool() {
    serve(true);
    List<PoolElementParameter> known = user.resolve(POOL).elements();
    assertThat(known).hasSize(1);
    assertThat(known.getFirst().userTransport().kind()).isEqualTo(TransportAddress.Kind.TCP);
    assertThat(known.getFirst().userTransport().use()).isEqualTo(TransportUse.DATA_PLUS_CONTROL);
    assertThatThrownBy(() -> PoolElement.register(registrar.scope(), Registration.of(POOL, 5_000)))
        .isInstanceOfSatisfying(
            RejectedException.class,
            e ->
                assertThat(e.causes())
                    .extracting(ErrorCause::cause)
                    .containsExactly(CauseCode.INCONSISTENT_TRANSPORT_USE));
  }
}

package io.rserpool.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.client.channel.Channel;
import io.rserpool.client.channel.Channels;
import io.rserpool.client.channel.Incoming;
import io.rserpool.client.channel.UserMessage;
import io.rserpool.client.host.Cookies;
import io.rserpool.client.host.HostOptions;
import io.rserpool.client.host.Service;
import io.rserpool.client.host.ServiceHost;
import io.rserpool.client.host.SessionInput;
import io.rserpool.engine.session.cookie.CookieKeys;
import io.rserpool.net.sctp.SctpOptions;
import io.rserpool.net.tls.TestScope;
import io.rserpool.net.tls.TlsOptions;
import io.rserpool.protocol.CauseCode;
import io.rserpool.protocol.Octets;
import io.rserpool.protocol.TransportAddress;
import io.rserpool.protocol.TransportUse;
import io.rserpool.protocol.asap.AsapBusinessCard;
import io.rserpool.protocol.asap.AsapCookie;
import io.rserpool.protocol.asap.AsapCookieEcho;
import io.rserpool.protocol.asap.AsapError;
import io.rserpool.protocol.asap.AsapMessage;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Sessions over TLS in a scope under TLS: besides all that [ControlSessionTest] has.
final class TlsSessionTest extends ControlSessionTest {

  private static final Duration LIMIT = Duration.ofSeconds(20);

  @TempDir Path directory;

  private TestScope members;

  @Override
  TestRegistrar startRegistrar() {
    members = new TestScope(directory);
    return TestRegistrar.start(members.issue("registrar", "r1"));
  }

  @Override
  Scope scope() {
    return registrar.scope().withTls(members.issue("element", "e1"));
  }

  @Override
  ControlServer listen(int number, boolean sendsCookies) {
    return ControlServer.overTls(number, sendsCookies, members.issue("element", "server" + number));
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
  void serverOfAnotherAuthorityIsPassedOver() {
    serve(ControlServer.overTls(1, false, members.stranger().issue("element", "impostor")));
    serve(true);
    for (int i = 0; i < 2; i++) {
      try (PoolSession session = connect()) {
        assertThat(session.element().elementId().value()).isEqualTo(2);
        assertThat(ask(session, "a")).isEqualTo("a");
      }
    }
  }

  @Test
  void memberOfTheScopeThatIsNoElementIsPassedOver() {
    serve(ControlServer.overTls(1, false, members.issue("user", "pretender")));
    serve(true);
    for (int i = 0; i < 2; i++) {
      try (PoolSession session = connect()) {
        assertThat(session.element().elementId().value()).isEqualTo(2);
      }
    }
  }

  @Test
  void serverThatSpeaksNoTlsIsPassedOver() {
    serve(ControlServer.overTcp(1, false));
    serve(true);
    for (int i = 0; i < 2; i++) {
      try (PoolSession session = connect()) {
        assertThat(session.element().elementId().value()).isEqualTo(2);
      }
    }
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

  @Test
  void cookieIsForTheUserToWhomItWasGiven() throws Exception {
    Service counter =
        session -> {
          SessionInput input = session.receive();
          while (input != SessionInput.End.END) {
            if (input instanceof SessionInput.Data(UserMessage message)) {
              session.sendCookie(session.user().name().getBytes(StandardCharsets.US_ASCII));
              session.send(message);
            }
            input = session.receive();
          }
        };
    HostOptions options =
        HostOptions.builder(POOL)
            .transport(TransportAddress.Kind.TCP, TransportUse.DATA_PLUS_CONTROL)
            .cookies(
                Cookies.sealed(
                    CookieKeys.create(new SplittableRandom(4), System.currentTimeMillis())))
            .build();
    TlsOptions owner = members.issue("user", "owner");
    TlsOptions thief = members.issue("user", "thief");
    try (ServiceHost host = ServiceHost.start(scope(), counter, options)) {
      Octets cookie = cookieOf(host, owner);
      assertThat(echoed(host, owner, cookie)).isNotInstanceOf(AsapError.class);
      assertThat(echoed(host, thief, cookie))
          .isInstanceOfSatisfying(
              AsapError.class,
              error -> assertThat(error.causes().getFirst().cause()).isEqualTo(CauseCode.SECURITY));
    }
  }

  private static Channel call(ServiceHost host, TlsOptions as) throws IOException {
    return Channels.open(host.address(), LIMIT, SctpOptions.defaults(), as);
  }

  private static Octets cookieOf(ServiceHost host, TlsOptions user) throws IOException {
    try (Channel channel = call(host, user)) {
      channel.send(new UserMessage(new byte[] {1}, 0));
      while (true) {
        if (channel.receive(LIMIT) instanceof Incoming.Control(AsapCookie(Octets cookie))) {
          return cookie;
        }
      }
    }
  }

  /// What is said to a user who shows a cookie, after the element's card: an error, or a cookie again.
  private static AsapMessage echoed(ServiceHost host, TlsOptions user, Octets cookie)
      throws IOException {
    try (Channel channel = call(host, user)) {
      channel.sendControl(new AsapCookieEcho(cookie));
      channel.send(new UserMessage(new byte[] {2}, 0));
      while (true) {
        if (channel.receive(LIMIT) instanceof Incoming.Control(AsapMessage message)
            && !(message instanceof AsapBusinessCard)) {
          return message;
        }
      }
    }
  }
}

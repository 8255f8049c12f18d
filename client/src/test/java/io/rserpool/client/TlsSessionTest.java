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
import io.rserpool.net.tls.TlsCredentials;
import io.rserpool.net.tls.TlsException;
import io.rserpool.net.tls.TlsOptions;
import io.rserpool.pki.Authority;
import io.rserpool.pki.Role;
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
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Sessions over TLS in a scope under TLS: besides all that [ControlSessionTest] has.
final class TlsSessionTest extends ControlSessionTest {

  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Duration LIFE = Duration.ofDays(1);

  @TempDir Path directory;

  private Authority authority;
  private int issued;

  private Authority newAuthority(String name) {
    return Authority.create(directory.resolve(name), "test", LIFE.multipliedBy(10), Instant.now());
  }

  private TlsOptions issue(Authority by, Role role, String name) {
    Path files = directory.resolve("issued-" + ++issued);
    by.issue(role, name, List.copyOf(role.usualHosts()), LIFE, Instant.now()).write(files);
    try {
      return TlsOptions.of(TlsCredentials.load(files));
    } catch (TlsException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  TestRegistrar startRegistrar() {
    authority = newAuthority("authority");
    return TestRegistrar.start(issue(authority, Role.REGISTRAR, "r1"));
  }

  @Override
  Scope scope() {
    return registrar.scope().withTls(issue(authority, Role.ELEMENT, "e" + issued));
  }

  @Override
  ControlServer listen(int number, boolean sendsCookies) {
    return ControlServer.overTls(
        number, sendsCookies, issue(authority, Role.ELEMENT, "server" + number));
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
    serve(ControlServer.overTls(1, false, issue(newAuthority("other"), Role.ELEMENT, "impostor")));
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
    serve(ControlServer.overTls(1, false, issue(authority, Role.USER, "pretender")));
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
    TlsOptions owner = issue(authority, Role.USER, "owner");
    TlsOptions thief = issue(authority, Role.USER, "thief");
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

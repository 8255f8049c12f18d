package io.rserpool.client.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.client.Scope;
import io.rserpool.client.TestRegistrar;
import io.rserpool.client.channel.Channel;
import io.rserpool.client.channel.Channels;
import io.rserpool.client.channel.Incoming;
import io.rserpool.client.channel.ServicePort;
import io.rserpool.client.channel.ToySctp;
import io.rserpool.client.channel.UserMessage;
import io.rserpool.engine.session.cookie.CookieKeys;
import io.rserpool.net.sctp.SctpOptions;
import io.rserpool.net.tls.TestScope;
import io.rserpool.net.tls.TlsOptions;
import io.rserpool.protocol.CauseCode;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.Octets;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.TransportAddress;
import io.rserpool.protocol.TransportUse;
import io.rserpool.protocol.asap.AsapBusinessCard;
import io.rserpool.protocol.asap.AsapCookie;
import io.rserpool.protocol.asap.AsapCookieEcho;
import io.rserpool.protocol.asap.AsapError;
import io.rserpool.protocol.asap.AsapMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Whose a cookie is: that user's to whom it was given, by the name that his certificate proves.
@Timeout(30)
final class CookieOwnerTest {

  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final List<IpAddress> HERE = List.of(IpAddress.ofBytes(new byte[] {127, 0, 0, 1}));

  @TempDir Path directory;

  private TestScope members;

  @BeforeEach
  void found() {
    members = new TestScope(directory);
  }

  /// How users call the service.
  private interface Call {
    Channel as(TlsOptions user) throws IOException;
  }

  @Test
  void cookieOverTcpIsForTheUserToWhomItWasGiven() throws Exception {
    TlsOptions tls = members.issue("element", "counter");
    try (ServicePort port =
        Channels.listen(
            TransportAddress.Kind.TCP,
            TransportUse.DATA_PLUS_CONTROL,
            HERE,
            0,
            SctpOptions.defaults(),
            tls)) {
      assertIsForItsOwner(
          TransportAddress.Kind.TCP,
          port,
          user -> Channels.open(port.address(), LIMIT, SctpOptions.defaults(), user));
    }
  }

  @Test
  void cookieOverSctpIsForTheUserToWhomItWasGiven() throws Exception {
    TlsOptions tls = members.issue("element", "counter");
    try (ToySctp stack = new ToySctp();
        ServicePort port = stack.listen(TransportUse.DATA_PLUS_CONTROL, HERE, tls)) {
      assertIsForItsOwner(
          TransportAddress.Kind.SCTP,
          port,
          user -> stack.call(port.address(), LIMIT, SctpOptions.defaults(), user));
    }
  }

  private void assertIsForItsOwner(TransportAddress.Kind kind, ServicePort port, Call call)
      throws IOException {
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
        HostOptions.builder(PoolHandle.of("CounterPool"))
            .transport(kind, TransportUse.DATA_PLUS_CONTROL)
            .cookies(
                Cookies.sealed(
                    CookieKeys.create(new SplittableRandom(4), System.currentTimeMillis())))
            .build();
    TlsOptions owner = members.issue("user", "owner");
    TlsOptions thief = members.issue("user", "thief");
    try (TestRegistrar registrar = TestRegistrar.start(members.issue("registrar", "r1"))) {
      Scope scope = registrar.scope().withTls(members.issue("element", "counter"));
      try (ServiceHost _ = ServiceHost.start(scope, counter, options, port)) {
        Octets cookie = cookieOf(call, owner);
        assertThat(echoed(call, owner, cookie)).isNotInstanceOf(AsapError.class);
        assertThat(echoed(call, thief, cookie))
            .isInstanceOfSatisfying(
                AsapError.class,
                error ->
                    assertThat(error.causes().getFirst().cause()).isEqualTo(CauseCode.SECURITY));
      }
    }
  }

  private static Octets cookieOf(Call call, TlsOptions user) throws IOException {
    try (Channel channel = call.as(user)) {
      channel.send(new UserMessage(new byte[] {1}, 0));
      while (true) {
        if (channel.receive(LIMIT) instanceof Incoming.Control(AsapCookie(Octets cookie))) {
          return cookie;
        }
      }
    }
  }

  /// What is said to a user who shows a cookie, after the element's card: an error, or a cookie again.
  private static AsapMessage echoed(Call call, TlsOptions user, Octets cookie) throws IOException {
    try (Channel channel = call.as(user)) {
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

package io.rserpool.client.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rserpool.client.Scope;
import io.rserpool.client.TestRegistrar;
import io.rserpool.client.channel.Channel;
import io.rserpool.client.channel.Channels;
import io.rserpool.client.channel.Incoming;
import io.rserpool.client.channel.UserMessage;
import io.rserpool.engine.session.cookie.CookieKeys;
import io.rserpool.engine.session.cookie.Refusal;
import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.CauseCode;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.ErrorCause;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.Octets;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.TransportAddress;
import io.rserpool.protocol.TransportUse;
import io.rserpool.protocol.asap.AsapBusinessCard;
import io.rserpool.protocol.asap.AsapCookie;
import io.rserpool.protocol.asap.AsapCookieEcho;
import io.rserpool.protocol.asap.AsapEndpointKeepAlive;
import io.rserpool.protocol.asap.AsapEndpointKeepAliveAck;
import io.rserpool.protocol.asap.AsapError;
import io.rserpool.protocol.asap.AsapMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Sessions over TCP with a control channel, as users see them.
@Timeout(30)
final class SessionsWithControlTest {

  private static final PoolHandle POOL = PoolHandle.of("TestPool");
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final AsapMessage KEEP_ALIVE =
      new AsapEndpointKeepAlive(ServerId.NONE, false, POOL, ElementId.NONE);

  /// Counts what users send, in cookies and answers of one byte.
  private static final Service COUNTER =
      session -> {
        byte[] count = {0};
        SessionInput input = session.receive();
        while (input != SessionInput.End.END) {
          if (input instanceof SessionInput.CookieEcho(byte[] cookie)) {
            count[0] = cookie[0];
          } else {
            count[0]++;
            session.send(count.clone());
            session.sendCookie(count.clone());
          }
          input = session.receive();
        }
      };

  private final Cookies cookies =
      Cookies.sealed(CookieKeys.create(new SplittableRandom(4), System.currentTimeMillis()));
  private TestRegistrar registrar;

  @BeforeEach
  void start() {
    registrar = TestRegistrar.start();
  }

  @AfterEach
  void stop() {
    registrar.close();
  }

  private static HostOptions.Builder options() {
    return HostOptions.builder(POOL)
        .transport(TransportAddress.Kind.TCP, TransportUse.DATA_PLUS_CONTROL);
  }

  private ServiceHost host(Service service) {
    return ServiceHost.start(registrar.scope(), service, options().cookies(cookies).build());
  }

  private static Channel call(ServiceHost host) throws IOException {
    return Channels.open(host.address(), LIMIT);
  }

  private static void say(Channel channel, int what) throws IOException {
    channel.send(new UserMessage(new byte[] {(byte) what}, 0));
  }

  private static AsapMessage control(Channel channel) throws IOException {
    return ((Incoming.Control) channel.receive(LIMIT)).message();
  }

  private static int data(Channel channel) throws IOException {
    return ((UserMessage) channel.receive(LIMIT)).bytes()[0];
  }

  @Test
  void elementPresentsItselfFirstAndItsSuccessorsAfterIt() throws IOException {
    PoolElementParameter successor =
        new PoolElementParameter(
            new ElementId(0x77),
            ServerId.NONE,
            1_000,
            new AsapTransport.Tcp(new IpAddress.V4(0x7f00_0001), 7, TransportUse.DATA_PLUS_CONTROL),
            Policy.RoundRobin.INSTANCE,
            AsapTransport.Absent.INSTANCE);
    HostOptions options = options().cookies(cookies).successors(List.of(successor)).build();
    try (ServiceHost host = ServiceHost.start(registrar.scope(), COUNTER, options);
        Channel user = call(host)) {
      AsapBusinessCard card = (AsapBusinessCard) control(user);
      assertThat(card.handle()).isEqualTo(POOL);
      assertThat(card.elements().getFirst().elementId()).isEqualTo(host.element().elementId());
      assertThat(card.elements().getFirst().userTransport()).isEqualTo(host.address());
      assertThat(card.elements().getLast()).isEqualTo(successor);
    }
  }

  @Test
  void programsOfRsplibAreGivenNoCardAndPlainCookies() throws IOException {
    Scope scope = registrar.scope().withProfile(Profile.RSPLIB);
    try (ServiceHost host = ServiceHost.start(scope, COUNTER, options().build());
        Channel user = call(host)) {
      user.sendControl(new AsapCookieEcho(Octets.of((byte) 40)));
      say(user, 1);
      assertThat(data(user)).isEqualTo(41);
      assertThat(control(user)).isEqualTo(new AsapCookie(Octets.of((byte) 41)));
    }
  }

  @Test
  void sessionGoesOnAtTheNextElementWithASealedCookie() throws IOException {
    AsapCookie cookie;
    try (ServiceHost first = host(COUNTER);
        Channel user = call(first)) {
      assertThat(control(user)).isInstanceOf(AsapBusinessCard.class);
      say(user, 1);
      say(user, 1);
      assertThat(data(user)).isEqualTo(1);
      assertThat(control(user)).isInstanceOf(AsapCookie.class);
      assertThat(data(user)).isEqualTo(2);
      cookie = (AsapCookie) control(user);
    }
    try (ServiceHost second = host(COUNTER);
        Channel user = call(second)) {
      user.sendControl(new AsapCookieEcho(cookie.cookie()));
      say(user, 1);
      assertThat(control(user)).isInstanceOf(AsapBusinessCard.class);
      assertThat(data(user)).isEqualTo(3);
    }
  }

  @Test
  void userWithAForgedCookieHearsWhyAndTheHostCountsAndTells() throws Exception {
    BlockingQueue<String> told = new LinkedBlockingQueue<>();
    HostListener listener =
        new HostListener() {
          @Override
          public void cookieRefused(String user, Refusal reason, String text) {
            told.add(user + " " + reason);
          }
        };
    HostOptions options = options().cookies(cookies).hostListener(listener).build();
    try (ServiceHost host = ServiceHost.start(registrar.scope(), COUNTER, options);
        Channel user = call(host)) {
      user.sendControl(new AsapCookieEcho(Octets.of(new byte[100])));
      for (int i = 0; i < 100; i++) {
        say(user, i);
      }
      assertThat(control(user)).isInstanceOf(AsapBusinessCard.class);
      assertThat(control(user))
          .isEqualTo(new AsapError(List.of(ErrorCause.of(CauseCode.SECURITY))));
      assertThat(user.receive(LIMIT)).isEqualTo(Incoming.End.END);
      assertThat(told.take()).startsWith("tcp://127.0.0.1:").endsWith(" MALFORMED");
      assertThat(host.refusedCookies()).isEqualTo(1);
    }
  }

  /// More sessions than there are processors compute without a pause.
  @Test
  void keepAlivesAreAnsweredWhileAllSessionsCompute() throws IOException {
    int sessions = 2 * Runtime.getRuntime().availableProcessors() + 2;
    AtomicBoolean isOver = new AtomicBoolean();
    AtomicInteger computing = new AtomicInteger();
    Service busy =
        session -> {
          session.receive();
          computing.incrementAndGet();
          while (!isOver.get()) {
            Thread.onSpinWait();
          }
        };
    List<Channel> users = new ArrayList<>();
    try (ServiceHost host = host(busy)) {
      for (int i = 0; i < sessions; i++) {
        Channel user = call(host);
        users.add(user);
        assertThat(control(user)).isInstanceOf(AsapBusinessCard.class);
      }
      for (Channel user : users) {
        say(user, 1);
      }
      while (computing.get() < Math.min(sessions, Runtime.getRuntime().availableProcessors())) {
        Thread.onSpinWait();
      }
      for (Channel user : users) {
        user.sendControl(KEEP_ALIVE);
        assertThat(control(user))
            .isEqualTo(new AsapEndpointKeepAliveAck(POOL, host.element().elementId()));
      }
      isOver.set(true);
    } finally {
      isOver.set(true);
      users.forEach(Channel::abort);
    }
  }

  @Test
  void serviceSeesTheCardOfAUserThatIsAnElementAndThatAUserIsGone() throws Exception {
    BlockingQueue<Object> seen = new LinkedBlockingQueue<>();
    Service curious =
        session -> {
          session.receive();
          seen.add(session.businessCard());
          while (!session.isEnding()) {
            Thread.onSpinWait();
          }
          seen.add("gone");
        };
    AsapBusinessCard card =
        new AsapBusinessCard(
            PoolHandle.of("Users"),
            List.of(
                new PoolElementParameter(
                    new ElementId(5),
                    ServerId.NONE,
                    1_000,
                    new AsapTransport.Tcp(new IpAddress.V4(0x7f00_0001), 7),
                    Policy.RoundRobin.INSTANCE,
                    AsapTransport.Absent.INSTANCE)));
    try (ServiceHost host = host(curious)) {
      Channel user = call(host);
      user.sendControl(card);
      say(user, 1);
      assertThat(seen.take()).isEqualTo(Optional.of(card));
      user.abort();
      assertThat(seen.take()).isEqualTo("gone");
    }
  }

  @Test
  void profileRfcCannotTellUsersOfAControlChannelOverTcp() {
    Scope scope = registrar.scope().withProfile(Profile.RFC);
    assertThatThrownBy(() -> ServiceHost.start(scope, COUNTER, options().build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("pool=TestPool: profile rfc cannot tell users");
  }
}

package io.rserpool.client.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rserpool.net.gate.GateLimits;
import io.rserpool.net.sctp.SctpOptions;
import io.rserpool.net.sctp.SctpStacks;
import io.rserpool.net.tls.TestScope;
import io.rserpool.net.tls.TlsOptions;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.TransportAddress;
import io.rserpool.protocol.TransportUse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A port for users over TLS: who is let in, and what becomes of the others.
@Timeout(60)
final class TlsServicePortTest {

  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final IpAddress HERE = IpAddress.ofBytes(new byte[] {127, 0, 0, 1});
  private static final InetAddress ELSEWHERE = InetAddress.ofLiteral("127.0.0.2");

  private final ToySctp stack = new ToySctp();
  private final List<AutoCloseable> toClose = new ArrayList<>();

  @TempDir Path directory;
  private TestScope members;
  private TlsOptions ofElement;

  @BeforeEach
  void start() {
    members = new TestScope(directory);
    ofElement = members.issue("element", "e1");
  }

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable one : toClose.reversed()) {
      one.close();
    }
    stack.close();
  }

  private <T extends AutoCloseable> T closing(T opened) {
    toClose.add(opened);
    return opened;
  }

  private TlsServicePort tcp(GateLimits limits) throws IOException {
    return closing(
        new TlsServicePort(
            TcpServicePort.open(TransportUse.DATA_PLUS_CONTROL, List.of(HERE), 0),
            ofElement,
            limits));
  }

  private TlsServicePort sctp(GateLimits limits) throws IOException {
    return closing(
        new TlsServicePort(
            stack.door(TransportUse.DATA_PLUS_CONTROL, List.of(HERE), 0), ofElement, limits));
  }

  /// As for strangers elsewhere, on the own machine.
  private GateLimits limits() {
    GateLimits usual = GateLimits.ofHandshakes(ofElement);
    return new GateLimits(
        usual.perSecond(),
        usual.burst(),
        usual.silentPerAddressMax(),
        usual.silentMax(),
        usual.associationsMax(),
        true);
  }

  private Channel call(ServicePort port) throws IOException {
    TlsOptions ofUser = members.issue("user", "u1");
    return closing(stack.call(port.address(), LIMIT, SctpOptions.defaults(), ofUser));
  }

  private static void assertServed(Channel user, ServicePort port) throws IOException {
    try (Channel element = port.accept()) {
      user.send(new UserMessage(new byte[] {7}, 1));
      assertThat(element.receive(LIMIT)).isInstanceOf(UserMessage.class);
    }
  }

  private Socket tcpFromElsewhere(ServicePort port) throws IOException {
    Socket socket = closing(new Socket());
    socket.bind(new InetSocketAddress(ELSEWHERE, 0));
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port.address().port()));
    socket.setSoTimeout((int) LIMIT.toMillis());
    return socket;
  }

  /// A user of SCTP who shakes nobody's hand.
  private Channel sctpFromElsewhere(ServicePort port) throws IOException {
    return closing(
        SctpCall.open(
            new SctpStacks(List.of(stack)),
            SctpOptions.defaults().at(List.of(ELSEWHERE), 0, false),
            (TransportAddress) port.address(),
            LIMIT,
            TlsOptions.OFF));
  }

  private static boolean isHungUpOn(Socket socket) {
    try {
      return socket.getInputStream().read() < 0;
    } catch (IOException _) {
      return true;
    }
  }

  @Test
  void limitsAreThoseOfRegistrars() {
    assertThat(GateLimits.ofHandshakes(ofElement))
        .isEqualTo(new GateLimits(20, 100, 64, 1_024, Integer.MAX_VALUE, false));
    assertThat(GateLimits.ofHandshakes(ofElement.withHandshakes(7, 8)))
        .isEqualTo(new GateLimits(7, 8, 64, 1_024, Integer.MAX_VALUE, false));
  }

  @Test
  void floodOfOneAddressOverTcpKeepsNobodyElseOut() throws Exception {
    TlsServicePort port = tcp(limits());
    List<Socket> flood = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      flood.add(tcpFromElsewhere(port));
    }
    assertServed(call(port), port);
    // The oldest have made room; and the last come too fast.
    assertThat(isHungUpOn(flood.getFirst())).isTrue();
    assertThat(isHungUpOn(flood.getLast())).isTrue();
  }

  @Test
  void floodOfOneAddressOverSctpKeepsNobodyElseOut() throws Exception {
    TlsServicePort port = sctp(limits());
    List<Channel> flood = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      flood.add(sctpFromElsewhere(port));
    }
    assertServed(call(port), port);
    assertThatThrownBy(() -> flood.getFirst().receive(LIMIT))
        .hasMessageContaining("the oldest of them");
    assertThatThrownBy(() -> flood.getLast().receive(LIMIT))
        .hasMessageContaining("too many new connections a second");
  }

  @Test
  void handshakesOfAllTogetherAreLimitedByLettingTheOldestGo() throws Exception {
    TlsServicePort port = tcp(new GateLimits(10_000, 10_000, 10_000, 20, 10_000, true));
    List<Socket> flood = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      flood.add(tcpFromElsewhere(port));
    }
    assertServed(call(port), port);
    assertThat(isHungUpOn(flood.getFirst())).isTrue();
  }

  @Test
  void closingEndsUsersWhoWereNotLetInYet() throws Exception {
    for (TlsServicePort port : List.of(tcp(limits()), sctp(limits()))) {
      Channel present = call(port);
      Channel accepted = closing(port.accept());
      Channel waiting = call(port);
      // Let in by the port: its preamble is there. The service has not taken it.
      port.close();
      assertThatThrownBy(() -> waiting.receive(LIMIT)).isInstanceOf(IOException.class);
      present.send(new UserMessage(new byte[] {7}, 1));
      assertThat(accepted.receive(LIMIT)).isInstanceOf(UserMessage.class);
      assertThatThrownBy(port::accept).hasMessageContaining("was closed");
      assertThatThrownBy(port::accept).hasMessageContaining("was closed");
    }
  }

  @Test
  void closingEndsHandshakes() throws Exception {
    TlsServicePort tcp = tcp(limits());
    Socket mute = tcpFromElsewhere(tcp);
    // Known to the port, since a later one is.
    call(tcp);
    tcp.close();
    assertThat(isHungUpOn(mute)).isTrue();
    TlsServicePort sctp = sctp(limits());
    Channel silent = sctpFromElsewhere(sctp);
    call(sctp);
    sctp.close();
    assertThatThrownBy(() -> silent.receive(LIMIT))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("nobody is let in here any more");
  }
}

package io.rserpool.gateway.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rserpool.client.PoolUser;
import io.rserpool.gateway.GatewaySettings;
import io.rserpool.gateway.TestPool;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PoolListenerTest {
  private static final InetSocketAddress ANY_PORT =
      new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);

  private final TestPool pool = new TestPool("Echo", 2);
  private final PoolUser user = PoolUser.open(pool.scope());
  private final List<Socket> sockets = new ArrayList<>();
  private PoolListener listener;

  @BeforeEach
  void begin() throws IOException {
    listener = open(ListenerOptions.defaults());
  }

  private PoolListener open(ListenerOptions options) throws IOException {
    return PoolListener.open(
        user, GatewaySettings.of(pool.scope()), pool.handle(), ANY_PORT, options);
  }

  @AfterEach
  void end() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    listener.close();
    user.close();
    pool.close();
  }

  private Socket connect() throws IOException {
    return connect(listener);
  }

  private Socket connect(PoolListener to) throws IOException {
    Socket socket = new Socket();
    socket.connect(to.address());
    sockets.add(socket);
    return socket;
  }

  private static int number(Socket socket) throws IOException {
    return socket.getInputStream().read();
  }

  /// Looks until the counters are as they must become.
  private static ListenerCounters await(PoolListener of, Predicate<ListenerCounters> wanted) {
    while (!wanted.test(of.counters())) {
      LockSupport.parkNanos(1_000_000);
    }
    return of.counters();
  }

  @Test
  void eachConnectionReachesTheElementThatThePolicyChooses() throws IOException {
    assertThat(List.of(number(connect()), number(connect()))).containsExactlyInAnyOrder(1, 2);
  }

  @Test
  void manyBytesGoBothWaysUnchangedAndTheEndOfOneWayIsPassedOn() throws IOException {
    byte[] many = new byte[3_000_000];
    new Random(7).nextBytes(many);
    Socket socket = connect();
    number(socket);
    Thread writer =
        Thread.ofVirtual()
            .start(() -> {
              try {
                socket.getOutputStream().write(many);
                socket.shutdownOutput();
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            });
    assertThat(socket.getInputStream().readAllBytes()).isEqualTo(many);
    assertThat(writer.isInterrupted()).isFalse();
    ListenerCounters counters = await(listener, c -> c.ended() == 1);
    assertThat(counters)
        .isEqualTo(new ListenerCounters(1, 0, 1, 0, 0, many.length, many.length + 1));
  }

  @Test
  void aBreakOfTheElementIsABreakForTheCaller() throws IOException {
    Socket socket = connect();
    int number = number(socket);
    pool.element(number).crash();
    assertThatExceptionOfType(SocketException.class)
        .isThrownBy(() -> socket.getInputStream().read());
    assertThat(await(listener, c -> c.broken() == 1).open()).isZero();
    assertThat(number(connect())).isNotEqualTo(number);
  }

  @Test
  void anElementThatIsOutOfThePoolAndSilentIsABreakForTheCaller() throws IOException {
    Socket socket = connect();
    int number = number(socket);
    user.remove(pool.handle(), pool.element(number).id());
    assertThatExceptionOfType(SocketException.class)
        .isThrownBy(() -> socket.getInputStream().read());
  }

  @Test
  void aCallerThatBreaksOffIsNoLongerHeldAtTheElement() throws IOException {
    Socket socket = connect();
    number(socket);
    socket.setSoLinger(true, 0);
    socket.close();
    assertThat(await(listener, c -> c.broken() == 1).open()).isZero();
  }

  @Test
  void whereNoElementCanBeReachedTheCallerIsPutOff() throws IOException {
    pool.element(1).stopAccepting();
    pool.element(2).stopAccepting();
    Socket socket = connect();
    assertThatExceptionOfType(SocketException.class)
        .isThrownBy(() -> socket.getInputStream().read());
    assertThat(await(listener, c -> c.refused() == 1).open()).isZero();
  }

  @Test
  void whoComesWhenItIsFullWaitsUntilAnotherHasEnded() throws IOException {
    try (PoolListener narrow = open(ListenerOptions.defaults().withConnectionsMax(1))) {
      Socket first = connect(narrow);
      number(first);
      Socket second = connect(narrow);
      second.setSoTimeout(200);
      assertThatExceptionOfType(SocketTimeoutException.class)
          .isThrownBy(() -> second.getInputStream().read());
      second.setSoTimeout(0);
      first.close();
      assertThat(number(second)).isBetween(1, 2);
    }
  }

  @Test
  void closingEndsItsConnectionsAndItsPort() throws IOException {
    Socket socket = connect();
    number(socket);
    InetSocketAddress at = listener.address();
    listener.close();
    assertThatExceptionOfType(SocketException.class)
        .isThrownBy(() -> socket.getInputStream().read());
    try (Socket late = new Socket()) {
      assertThatExceptionOfType(IOException.class).isThrownBy(() -> late.connect(at));
    }
  }

  @Test
  void anAddressThatIsTakenIsNamed() {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() ->
            PoolListener.open(
                user,
                GatewaySettings.of(pool.scope()),
                pool.handle(),
                listener.address(),
                ListenerOptions.defaults()))
        .withMessageContaining("pool=Echo")
        .withMessageContaining("port " + listener.address().getPort());
  }
}

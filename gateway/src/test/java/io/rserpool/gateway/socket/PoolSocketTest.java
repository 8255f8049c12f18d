package io.rserpool.gateway.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rserpool.client.PoolUser;
import io.rserpool.gateway.TestElement;
import io.rserpool.gateway.TestPool;
import io.rserpool.protocol.ElementId;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PoolSocketTest {
  private static final String HOST = "Echo.pool.rserpool";

  private final TestPool pool = new TestPool("Echo", 3);
  private final PoolSocketFactory factory = new PoolSocketFactory(pool.scope());
  private final List<Socket> sockets = new ArrayList<>();

  @AfterEach
  void end() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    pool.close();
  }

  private Socket connect() throws IOException {
    return connect(factory);
  }

  private Socket connect(PoolSocketFactory some) throws IOException {
    Socket socket = some.createSocket(HOST, 0);
    sockets.add(socket);
    return socket;
  }

  private static int number(Socket socket) throws IOException {
    return socket.getInputStream().read();
  }

  @Test
  void aHostNameOfAPoolReachesOneElementAfterAnother() throws IOException {
    assertThat(List.of(number(connect()), number(connect()), number(connect())))
        .containsExactlyInAnyOrder(1, 2, 3);
  }

  @Test
  void bytesGoBothWaysAndEachWayEndsByItself() throws IOException {
    Socket socket = connect();
    number(socket);
    socket.getOutputStream().write("hello".getBytes(StandardCharsets.UTF_8));
    socket.shutdownOutput();
    assertThat(socket.getInputStream().readAllBytes()).asString().isEqualTo("hello");
    assertThat(socket.isOutputShutdown()).isTrue();
    assertThat(socket.isClosed()).isFalse();
  }

  @Test
  void theSocketTellsWhereItIs() throws IOException {
    PoolSocket socket = factory.createSocket();
    sockets.add(socket);
    assertThat(socket.isConnected()).isFalse();
    assertThat(socket.elementId()).isEqualTo(ElementId.NONE);
    socket.connect(InetSocketAddress.createUnresolved(HOST, 5432), 5_000);
    TestElement element = pool.element(number(socket));
    assertThat(socket.isConnected()).isTrue();
    assertThat(socket.isBound()).isTrue();
    assertThat(socket.getPort()).isEqualTo(element.port());
    assertThat(socket.getInetAddress().getHostName()).isEqualTo(HOST);
    assertThat(socket.getInetAddress().getHostAddress()).isEqualTo("127.0.0.1");
    assertThat(socket.getLocalPort()).isPositive();
    assertThat(socket.getLocalAddress()).isEqualTo(InetAddress.ofLiteral("127.0.0.1"));
    assertThat(socket.elementId()).isEqualTo(element.id());
    assertThat(socket).asString().contains(element.id().toString());
  }

  @Test
  void anAddressThatWasLookedUpStillNamesThePool() throws IOException {
    Socket socket = factory.createSocket();
    sockets.add(socket);
    InetAddress looked = InetAddress.getByAddress(HOST, new byte[] {10, 9, 8, 7});
    socket.connect(new InetSocketAddress(looked, 5432), 5_000);
    assertThat(number(socket)).isBetween(1, 3);
  }

  @Test
  void optionsOfBeforeHoldAfterTheCall() throws IOException {
    pool.element(1).stopAccepting();
    pool.element(2).stopAccepting();
    Socket socket = factory.createSocket();
    sockets.add(socket);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(50);
    socket.setKeepAlive(true);
    socket.setSoLinger(true, 7);
    socket.setReuseAddress(true);
    socket.setOption(StandardSocketOptions.SO_RCVBUF, 8192);
    int buffer = socket.getReceiveBufferSize();
    socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
    int local = socket.getLocalPort();
    socket.connect(InetSocketAddress.createUnresolved(HOST, 0), 5_000);
    assertThat(number(socket)).isEqualTo(3);
    assertThat(socket.getTcpNoDelay()).isTrue();
    assertThat(socket.getSoTimeout()).isEqualTo(50);
    assertThat(socket.getKeepAlive()).isTrue();
    assertThat(socket.getSoLinger()).isEqualTo(7);
    assertThat(socket.getReceiveBufferSize()).isEqualTo(buffer);
    assertThat(socket.getLocalPort()).isEqualTo(local);
    assertThat(socket.supportedOptions()).contains(StandardSocketOptions.TCP_NODELAY);
    assertThatExceptionOfType(SocketTimeoutException.class)
        .isThrownBy(() -> socket.getInputStream().read());
    socket.getOutputStream().write(42);
    assertThat(socket.getInputStream().read()).isEqualTo(42);
  }

  @Test
  void elementsThatRefuseAreReportedAndTheNextIsTried() throws IOException {
    pool.element(1).stopAccepting();
    pool.element(3).stopAccepting();
    for (int i = 0; i < 6; i++) {
      assertThat(number(connect())).isEqualTo(2);
    }
  }

  @Test
  void whereAllRefuseTheErrorNamesThePoolAndTheLast() {
    for (int i = 1; i <= 3; i++) {
      pool.element(i).stopAccepting();
    }
    Socket socket = factoryCall();
    assertThatExceptionOfType(ConnectException.class)
        .isThrownBy(() -> socket.connect(InetSocketAddress.createUnresolved(HOST, 0), 5_000))
        .withMessageContaining("pool=Echo")
        .withMessageContaining("none of 3 elements")
        .withMessageContaining("element=0x0000000");
    assertThat(socket.isClosed()).isTrue();
  }

  private Socket factoryCall() {
    try {
      return factory.createSocket();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aBreakOfAnElementIsReportedAndTheNextConnectionGoesElsewhere() throws IOException {
    Socket socket = connect();
    int number = number(socket);
    try (PoolUser watcher = PoolUser.open(pool.scope())) {
      CountDownLatch gone = new CountDownLatch(1);
      ElementId id = pool.element(number).id();
      watcher.watch(
          pool.handle(),
          now -> {
            if (now.elements().stream().noneMatch(e -> e.elementId().equals(id))) {
              gone.countDown();
            }
          });
      pool.element(number).crash();
      assertThatExceptionOfType(SocketException.class)
          .isThrownBy(() -> socket.getInputStream().read());
      for (int i = 0; i < 4; i++) {
        assertThat(number(connect())).isNotEqualTo(number);
      }
    }
  }

  @Test
  void anElementThatIsOutOfThePoolAndSilentEndsABlockedRead() throws Exception {
    Socket socket = connect();
    int number = number(socket);
    try (PoolUser user = PoolUser.open(pool.scope())) {
      user.resolve(pool.handle());
      user.remove(pool.handle(), pool.element(number).id());
      assertThatExceptionOfType(SocketException.class)
          .isThrownBy(() -> socket.getInputStream().read())
          .withMessageContaining("pool=Echo element=" + pool.element(number).id())
          .withMessageContaining("out of the pool");
      assertThatExceptionOfType(SocketException.class)
          .isThrownBy(() -> socket.getOutputStream().write(1));
    }
  }

  @Test
  void anElementThatLeavesInOrderServesItsUsersToTheEnd() throws Exception {
    Socket socket = connect();
    int number = number(socket);
    Socket other = connect();
    CountDownLatch gone = new CountDownLatch(1);
    try (PoolUser watcher = PoolUser.open(pool.scope())) {
      ElementId id = pool.element(number).id();
      watcher.watch(
          pool.handle(),
          now -> {
            if (now.elements().stream().noneMatch(e -> e.elementId().equals(id))) {
              gone.countDown();
            }
          });
      pool.element(number).stopAccepting();
      pool.element(number).leave();
      gone.await();
    }
    socket.setSoTimeout(1_000);
    assertThatExceptionOfType(SocketTimeoutException.class)
        .isThrownBy(() -> socket.getInputStream().read());
    socket.getOutputStream().write(17);
    assertThat(socket.getInputStream().read()).isEqualTo(17);
    assertThat(number(other)).isNotEqualTo(number);
  }

  @Test
  void closingWakesABlockedReader() throws Exception {
    Socket socket = connect();
    number(socket);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Integer> read = threads.submit(() -> socket.getInputStream().read());
      socket.close();
      assertThatThrownBy(read::get).hasCauseInstanceOf(SocketException.class);
    }
    assertThat(socket.isClosed()).isTrue();
  }

  @Test
  void aPoolThatDoesNotExistIsToldAtOnce() {
    assertThatExceptionOfType(ConnectException.class)
        .isThrownBy(() -> factory.createSocket("Nobody.pool.rserpool", 1))
        .withMessageContaining("pool=Nobody");
  }

  @Test
  void aNameThatIsNotWellWrittenIsAnUnknownHost() {
    assertThatExceptionOfType(UnknownHostException.class)
        .isThrownBy(() -> factory.createSocket("a%4.pool.rserpool", 1))
        .withMessageContaining("'a%4.pool.rserpool'");
  }

  @Test
  void aRegistrarThatDoesNotAnswerIsToldWithinTheConnectTimeout() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
        Socket socket =
            new PoolSocketFactory("tcp://127.0.0.1:" + silent.getLocalPort()).createSocket()) {
      assertThatThrownBy(() -> socket.connect(InetSocketAddress.createUnresolved(HOST, 0), 300))
          .isInstanceOf(SocketTimeoutException.class)
          .hasMessageContaining("pool=Echo")
          .hasMessageContaining("registrars=[tcp://127.0.0.1:" + silent.getLocalPort())
          .hasMessageContaining("no answer");
    }
  }

  @Test
  void otherHostsAreReachedAsUsual() throws IOException {
    int port = pool.element(2).port();
    try (Socket byName = factory.createSocket("localhost", port);
        Socket byAddress = factory.createSocket(InetAddress.ofLiteral("127.0.0.1"), port);
        PoolSocket unconnected = factory.createSocket()) {
      assertThat(number(byName)).isEqualTo(2);
      assertThat(number(byAddress)).isEqualTo(2);
      unconnected.connect(InetSocketAddress.createUnresolved("localhost", port));
      assertThat(number(unconnected)).isEqualTo(2);
      assertThat(unconnected.elementId()).isEqualTo(ElementId.NONE);
    }
    assertThatExceptionOfType(UnknownHostException.class)
        .isThrownBy(() -> factory.createSocket("no.host.invalid", port));
  }

  @Test
  void aFactoryOfOneConnectionStaysWithItsElement() throws IOException {
    PoolSocketFactory ofOne = new PoolSocketFactory(pool.registrar());
    Socket first = connect(ofOne);
    int number = number(first);
    for (int i = 0; i < 5; i++) {
      assertThat(number(connect(ofOne))).isEqualTo(number);
    }
    for (Socket socket : sockets) {
      socket.close();
    }
    assertThat(
            List.of(
                number(connect(ofOne)), number(connect(new PoolSocketFactory(pool.registrar())))))
        .doesNotHaveDuplicates();
  }

  @Test
  void aDriverWithoutArgumentSaysNull() {
    assertThat(new PoolSocketFactory((String) null)).isNotNull();
  }

  @Test
  void elementsWithAControlChannelAreRefusedWithAClearText() {
    try (TestPool framed = new TestPool("Framed", 0)) {
      framed.addWithControl(1);
      PoolSocketFactory own = new PoolSocketFactory(framed.scope());
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> own.createSocket("Framed.pool.rserpool", 1))
          .withMessageContaining("TCP with data only")
          .withMessageContaining("element=0x00000001")
          .withMessageContaining("DATA_PLUS_CONTROL");
    }
  }
}

package io.rserpool.gateway.names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.rserpool.gateway.GatewaySettings;
import io.rserpool.gateway.SettingTexts;
import io.rserpool.gateway.TestElement;
import io.rserpool.gateway.TestPool;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.Security;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Names of pools with elements on several addresses of this machine, all at one port.
@Timeout(60)
class PoolHostsTest {
  private static final String HOST = "Echo.pool.rserpool";

  private final TestPool pool = new TestPool("Echo", 0);
  private final TestElement one = pool.add(1, "127.0.0.11", 0);
  private final TestElement two = pool.add(2, "127.0.0.12", one.port());
  private final TestElement three = pool.add(3, "127.0.0.13", one.port());

  @AfterEach
  void end() {
    pool.close();
  }

  private PoolLookup lookup(String more) {
    return LazyLookups.of(
        new SettingTexts(_ -> "")
            .withArgument("registrars=" + pool.registrar() + ";names.probe=true" + more));
  }

  private static List<String> literals(List<InetAddress> addresses) {
    return addresses.stream().map(InetAddress::getHostAddress).toList();
  }

  @Test
  void aNameIsTheAddressesOfTheElementsAndEachLookupBeginsWithAnother() throws IOException {
    PoolLookup lookup = lookup("");
    List<String> heads = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      List<InetAddress> addresses = lookup.addresses(HOST);
      assertThat(literals(addresses))
          .containsExactlyInAnyOrder("127.0.0.11", "127.0.0.12", "127.0.0.13");
      assertThat(addresses).allMatch(address -> address.getHostName().equals(HOST));
      heads.addAll(literals(addresses.subList(0, 1)));
    }
    assertThat(heads).doesNotHaveDuplicates();
  }

  @Test
  void anElementThatLetsNobodyInIsNotAtTheHead() throws IOException {
    one.stopAccepting();
    three.stopAccepting();
    PoolLookup lookup = lookup("");
    for (int i = 0; i < 4; i++) {
      assertThat(literals(lookup.addresses(HOST)).getFirst()).isEqualTo("127.0.0.12");
    }
  }

  @Test
  void whereNoElementLetsAnybodyInTheErrorSaysSo() {
    one.stopAccepting();
    two.stopAccepting();
    three.stopAccepting();
    assertThatExceptionOfType(ConnectException.class)
        .isThrownBy(() -> lookup("").addresses(HOST))
        .withMessageContaining("pool=Echo")
        .withMessageContaining("none of 3 elements");
  }

  @Test
  void withoutProbesThePolicyAloneDecides() throws IOException {
    two.stopAccepting();
    PoolLookup lookup = lookup(";names.probe=false");
    List<String> heads = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      heads.add(literals(lookup.addresses(HOST)).getFirst());
    }
    assertThat(heads).containsExactlyInAnyOrder("127.0.0.11", "127.0.0.12", "127.0.0.13");
  }

  @Test
  void aHandleWithCapitalsIsFoundInLowerCaseIfItIsKnown() throws IOException {
    assertThat(lookup(";pools=Echo").addresses("echo.pool.rserpool")).hasSize(3);
    assertThat(lookup("").addresses("0x4563686f.pool.rserpool")).hasSize(3);
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> lookup("").addresses("echo.pool.rserpool"))
        .withMessageContaining("pool=echo");
  }

  @Test
  void aListenerHasALoopbackAddressOfItsOwnAndForwardsFromThePortsThatAreSet() throws IOException {
    int port = freePort();
    PoolLookup lookup = lookup(";names.mode=listener;names.ports=" + port);
    InetAddress address = lookup.addresses(HOST).getFirst();
    assertThat(address.getHostAddress()).startsWith("127.").isNotEqualTo("127.0.0.1");
    assertThat(lookup.addresses(HOST)).containsExactly(address);
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      try (Socket socket = new Socket(address, port)) {
        numbers.add(socket.getInputStream().read());
      }
    }
    assertThat(numbers).containsExactlyInAnyOrder(1, 2, 3);
    assertThat(lookup("").addresses(HOST)).hasSize(3);
    InetAddress other =
        lookup(";names.mode=listener;names.ports=" + port).addresses(HOST).getFirst();
    assertThat(other).as("another process finds the address taken").isNotEqualTo(address);
    assertThatExceptionOfType(ConnectException.class)
        .isThrownBy(() -> lookup.addresses("Nobody.pool.rserpool"))
        .withMessageContaining("pool=Nobody");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Test
  void addressesOfListenersAreLoopbackAndNeitherNetworkNorBroadcast() throws IOException {
    for (int attempt = 0; attempt < 1000; attempt++) {
      byte[] address = ListenerLookup.address(pool.handle(), attempt).getAddress();
      assertThat(address[0]).isEqualTo((byte) 127);
      assertThat(address[1] & 0xff).isBetween(64, 125);
      assertThat(address[2] & 0xff).isBetween(1, 254);
      assertThat(address[3] & 0xff).isBetween(1, 254);
    }
  }

  @Test
  void aRegistrarThatDoesNotAnswerIsToldWithinTheTime() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"))) {
      String argument =
          "registrars=tcp://127.0.0.1:" + silent.getLocalPort() + ";lookup-timeout=300ms";
      PoolLookup lookup = LazyLookups.of(new SettingTexts(_ -> "").withArgument(argument));
      assertThatExceptionOfType(SocketTimeoutException.class)
          .isThrownBy(() -> lookup.addresses(HOST))
          .withMessageContaining("pool=Echo")
          .withMessageContaining("no answer");
    }
  }

  @Test
  void mistakenSettingsAreTold() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> lookup(";names.mode=fast").addresses(HOST))
        .withMessageContaining("'fast'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> lookup(";names.mode=listener").addresses(HOST))
        .withMessageContaining("names.ports");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> lookup(";names.mode=listener;names.ports=70000").addresses(HOST))
        .withMessageContaining("'70000'");
  }

  /// The only test here that goes by way of the runtime: it reads the settings once.
  @Test
  void theRuntimeFindsTheResolverByItselfAndKeepsNothing() throws UnknownHostException {
    System.setProperty("rserpool.registrars", pool.registrar());
    System.setProperty("rserpool.lookup-timeout", "2s");
    List<String> heads = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      heads.add(InetAddress.getAllByName(HOST)[0].getHostAddress());
    }
    assertThat(heads).containsExactlyInAnyOrder("127.0.0.11", "127.0.0.12", "127.0.0.13");
    assertThat(Security.getProperty("networkaddress.cache.ttl")).isEqualTo("0");
    assertThat(Security.getProperty("networkaddress.cache.negative.ttl")).isEqualTo("0");
    assertThat(InetAddress.getAllByName("localhost"))
        .allMatch(InetAddress::isLoopbackAddress)
        .isNotEmpty();
    assertThatExceptionOfType(UnknownHostException.class)
        .isThrownBy(() -> InetAddress.getAllByName("Nobody.pool.rserpool"))
        .withMessageContaining("pool=Nobody");
    assertThat(GatewaySettings.ofProcess().scope().registrars())
        .hasToString("[" + pool.registrar() + "]");
    System.clearProperty("rserpool.registrars");
    System.clearProperty("rserpool.lookup-timeout");
  }
}

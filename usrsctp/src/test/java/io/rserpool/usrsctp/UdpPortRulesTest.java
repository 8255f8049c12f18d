package io.rserpool.usrsctp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rserpool.net.sctp.SctpOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;

/// Which UDP port a process takes, and who can be called.
@EnabledIf("io.rserpool.usrsctp.Presence#isThere")
@Timeout(120)
class UdpPortRulesTest {

  private static final SctpOptions HERE = Pair.patient().at(Pair.HOSTS, 0, true);
  private static final SctpOptions EVERYWHERE = Pair.patient().at(List.of(), 0, true);

  @BeforeEach
  void theStackOfTheLastTestHasEnded() {
    assertThat(Eventually.is(() -> !Presence.library().stack().isRunning())).isTrue();
  }

  @Test
  void whoListensAtAPortHasTheUdpPortOfTheScope() throws Exception {
    int scope = UdpPorts.free();
    try (UsrsctpSocket socket = open(scope, HERE.at(Pair.HOSTS, 4_711, true))) {
      assertThat(socket.udpPort()).isEqualTo(scope);
    }
  }

  @Test
  void whoListensAtAPortIsToldWhoHasTheUdpPort() throws Exception {
    try (DatagramChannel other = DatagramChannel.open().bind(new InetSocketAddress(0))) {
      int scope = port(other);
      assertThatThrownBy(() -> open(scope, HERE.at(Pair.HOSTS, 4_711, true)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("needs UDP port " + scope)
          .hasMessageContaining("process " + ProcessHandle.current().pid() + " (");
    }
  }

  @Test
  void whoListensAtAnyPortTakesTheUdpPortOfTheScopeIfItIsFree() throws Exception {
    int scope = UdpPorts.free();
    try (UsrsctpSocket socket = open(scope, EVERYWHERE)) {
      assertThat(socket.udpPort()).isEqualTo(scope);
    }
  }

  @Test
  void whoListensAtAnyPortDoesWithAnotherUdpPortIfItMust() throws Exception {
    try (DatagramChannel other = DatagramChannel.open().bind(new InetSocketAddress(0))) {
      try (UsrsctpSocket socket = open(port(other), EVERYWHERE)) {
        assertThat(socket.udpPort()).isNotEqualTo(port(other));
      }
    }
  }

  @Test
  void whoListensAtAnyPortOfThisMachineOnlyLeavesTheUdpPortToOthers() throws Exception {
    int scope = UdpPorts.free();
    try (UsrsctpSocket socket = open(scope, HERE)) {
      assertThat(socket.udpPort()).isNotEqualTo(scope);
    }
  }

  @Test
  void whoOnlyCallsLeavesTheUdpPortToOthers() throws Exception {
    int scope = UdpPorts.free();
    try (UsrsctpSocket socket = open(scope, HERE.at(Pair.HOSTS, 0, false))) {
      assertThat(socket.udpPort()).isNotEqualTo(scope);
    }
  }

  @Test
  void aCallerFromTheUdpPortOfTheScopeCanBeCalledBack() throws Exception {
    int scope = UdpPorts.free();
    Recorder called = new Recorder();
    try (UsrsctpSocket socket = Pair.open(scope, HERE.at(Pair.HOSTS, 4_711, true), called);
        UsrsctpSocket caller = open(scope, HERE)) {
      caller.connect(Pair.HOSTS, socket.port());
      assertThat(called.await(Recorder.Up.class).peerPort()).isEqualTo(caller.port());
    }
  }

  @Test
  void aCallerFromAnotherUdpPortCannotBeCalledBackAndIsToldWithoutPort() throws Exception {
    int own = UdpPorts.free();
    Recorder called = new Recorder();
    try (UsrsctpSocket keeper = Pair.open(HERE.withEncapsulationPort(own), new Recorder());
        UsrsctpSocket socket = Pair.open(9_899, HERE.at(Pair.HOSTS, 0, true), called)) {
      assertThat(keeper.udpPort()).isEqualTo(own);
      Pair.call(keeper, socket);
      assertThat(called.await(Recorder.Up.class).peerPort()).isZero();
    }
  }

  @Test
  void theScopeMayHaveAnotherUdpPort() {
    assertThat(UsrsctpStack.scopeUdpPort("")).isEqualTo(9_899);
    assertThat(UsrsctpStack.scopeUdpPort("19899")).isEqualTo(19_899);
    assertThat(UsrsctpStack.scopeUdpPort("none")).isEqualTo(9_899);
    assertThat(UsrsctpStack.scopeUdpPort("65536")).isEqualTo(9_899);
  }

  @Test
  void noSocketSeesAllPacketsOfTheMachineNotEvenOfRoot() throws Exception {
    try (UsrsctpSocket socket = open(0, HERE)) {
      assertThat(socket.udpPort()).isPositive();
      assertThat(UdpPorts.rawSockets()).isZero();
    }
  }

  private static UsrsctpSocket open(int scope, SctpOptions options) throws IOException {
    return Pair.open(scope, options, new Recorder());
  }

  private static int port(DatagramChannel channel) throws IOException {
    return ((InetSocketAddress) channel.getLocalAddress()).getPort();
  }
}

package io.rserpool.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.protocol.IpAddress;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;

final class AcceptGateTest {

  private static final long SECOND_NS = 1_000_000_000;
  private static final IpAddress A = ip("192.0.2.1");
  private static final IpAddress B = ip("192.0.2.2");
  private static final IpAddress LOOPBACK = ip("127.0.0.1");

  private final AcceptGate<String> gate =
      new AcceptGate<>(
          TcpOptions.builder()
              .connectionsPerSecond(2)
              .connectionsBurst(3)
              .silentPerAddressMax(2)
              .silentMax(4)
              .associationsMax(6)
              .build());

  private static IpAddress ip(String literal) {
    return IpAddress.ofBytes(InetAddress.ofLiteral(literal).getAddress());
  }

  private boolean isAdmitted(long nowNs, IpAddress address) {
    return gate.admit(nowNs, address) == AcceptGate.Verdict.ADMITTED;
  }

  @Test
  void anAddressHasItsBurstAndThenItsRate() {
    assertThat(isAdmitted(0, A)).isTrue();
    assertThat(isAdmitted(0, A)).isTrue();
    assertThat(isAdmitted(0, A)).isTrue();
    assertThat(gate.admit(0, A)).isEqualTo(AcceptGate.Verdict.TOO_FAST);
    assertThat(isAdmitted(SECOND_NS / 2 - 1, A)).isFalse();
    assertThat(isAdmitted(SECOND_NS / 2, A)).isTrue();
    assertThat(isAdmitted(SECOND_NS / 2, A)).isFalse();
  }

  @Test
  void oneAddressDoesNotUseUpTheRateOfAnother() {
    while (isAdmitted(0, A)) {}
    assertThat(isAdmitted(0, B)).isTrue();
  }

  @Test
  void addressesOfOneIpv6NetworkCountAsOne() {
    while (isAdmitted(0, ip("2001:db8::1"))) {}
    assertThat(isAdmitted(0, ip("2001:db8::2"))).isFalse();
    assertThat(isAdmitted(0, ip("2001:db8:0:1::2"))).isTrue();
  }

  @Test
  void theOwnMachineIsNotLimitedInRateNorInSilence() {
    for (int i = 0; i < 4; i++) {
      assertThat(isAdmitted(0, LOOPBACK)).isTrue();
      assertThat(gate.entered("local" + i, LOOPBACK)).isNull();
    }
  }

  @Test
  void theOldestSilentAssociationOfAnAddressMakesRoom() {
    assertThat(gate.entered("b1", B)).isNull();
    assertThat(gate.entered("a1", A)).isNull();
    assertThat(gate.entered("a2", A)).isNull();
    assertThat(gate.entered("a3", A)).isEqualTo("a1");
  }

  @Test
  void theOldestSilentAssociationOfAllMakesRoom() {
    gate.entered("l1", LOOPBACK);
    gate.entered("l2", LOOPBACK);
    gate.entered("l3", LOOPBACK);
    gate.entered("l4", LOOPBACK);
    assertThat(gate.entered("a1", A)).isEqualTo("l1");
  }

  @Test
  void whoHasSaidSomethingMakesNoRoom() {
    gate.entered("a1", A);
    gate.entered("a2", A);
    gate.heard("a1");
    assertThat(gate.entered("a3", A)).isNull();
    assertThat(gate.entered("a4", A)).isEqualTo("a2");
  }

  @Test
  void nobodyIsAdmittedWhenAllPlacesAreTaken() {
    for (int i = 0; i < 6; i++) {
      gate.entered("l" + i, LOOPBACK);
      gate.heard("l" + i);
    }
    assertThat(gate.admit(0, LOOPBACK)).isEqualTo(AcceptGate.Verdict.FULL);
    gate.left("l3");
    assertThat(gate.admit(0, LOOPBACK)).isEqualTo(AcceptGate.Verdict.ADMITTED);
    assertThat(gate.associations()).isEqualTo(5);
  }
}

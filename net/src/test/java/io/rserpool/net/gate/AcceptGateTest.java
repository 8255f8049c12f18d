package io.rserpool.net.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rserpool.net.tls.TestScope;
import io.rserpool.net.tls.TlsOptions;
import io.rserpool.protocol.IpAddress;
import java.net.InetAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AcceptGateTest {

  private static final long SECOND_NS = 1_000_000_000;
  private static final IpAddress A = ip("192.0.2.1");
  private static final IpAddress B = ip("192.0.2.2");
  private static final IpAddress LOOPBACK = ip("127.0.0.1");

  private final AcceptGate<String> gate = new AcceptGate<>(new GateLimits(2, 3, 2, 4, 6, false));

  @TempDir Path directory;

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

  @Test
  void withTlsAnAddressHasNoMoreThanItsHandshakes() throws Exception {
    GateLimits limits = new GateLimits(50, 200, 64, 1_024, 65_536, false);
    assertThat(limits.with(TlsOptions.OFF)).isEqualTo(limits);
    TlsOptions tls = new TestScope(directory).issue("registrar", "r1");
    assertThat(limits.with(tls)).isEqualTo(new GateLimits(20, 100, 64, 1_024, 65_536, false));
    assertThat(limits.with(tls.withHandshakes(100, 5)))
        .isEqualTo(new GateLimits(50, 5, 64, 1_024, 65_536, false));
    assertThatThrownBy(() -> new GateLimits(1, 1, 1, 0, 1, true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1, 1, 1, 0 and 1");
  }
}

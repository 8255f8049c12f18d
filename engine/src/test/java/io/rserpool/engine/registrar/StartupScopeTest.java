package io.rserpool.engine.registrar;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.engine.peers.PeerEvent;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.ServerId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Several real registrars that start (case 12), and what elements do meanwhile.
class StartupScopeTest {

  @ParameterizedTest
  @CsvSource({
    "STANDARD,2,5000",
    "STANDARD,3,5000",
    "STANDARD,5,5000",
    "RFC,2,30000",
    "RFC,3,30000",
    "RSPLIB,2,5000",
    "RSPLIB,3,5000"
  })
  void registrarsThatStartTogetherAllServeInTime(Profile profile, int count, long withinMs) {
    PeerScope scope = new PeerScope(profile);
    for (int i = 1; i <= count; i++) {
      scope.starts(i, count);
    }
    for (int i = 1; i <= count; i++) {
      scope.joins(i, i, true);
    }
    scope.passMs(withinMs);
    assertThat(scope.living().allMatch(one -> one.view().isServing())).isTrue();
    scope.passMs(profile == Profile.RFC ? 61_000 : 6_000);
    assertThat(scope.trouble()).isEmpty();
    assertThat(scope.registrar(1).view().elements()).hasSize(count);
  }

  @ParameterizedTest
  @EnumSource(
      value = Profile.class,
      names = {"STANDARD", "RFC"})
  void ofThoseThatStartTogetherOneGoesFirstAndTheOthersFollow(Profile profile) {
    PeerScope scope = new PeerScope(profile);
    for (int i = 1; i <= 3; i++) {
      scope.starts(i, 3);
    }
    scope.passMs(profile == Profile.RFC ? 29_999 : 4_999);
    assertThat(scope.told(PeerEvent.Synchronised.class)).hasSize(3);
    assertThat(
            scope.told(PeerEvent.Synchronised.class).stream()
                .filter(one ->
                    one.event() instanceof PeerEvent.Synchronised done
                        && done.mentor().equals(ServerId.NONE))
                .map(PeerScope.Told::registrar))
        .containsExactly(3);
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void newRegistrarHasTheWholeTableBeforeItServes(Profile profile) {
    PeerScope scope = PeerScope.of(profile, 2);
    for (int n = 1; n <= 100; n++) {
      scope.joins(n, 1 + n % 2, false);
    }
    scope.passMs(1_000).starts(3, 3);
    for (int i = 0; i < 1_000 && scope.told(PeerEvent.Synchronised.class).size() < 3; i++) {
      scope.passMs(1);
    }
    assertThat(scope.registrar(3).view().isServing()).isTrue();
    assertThat(scope.registrar(3).view().elements()).hasSize(100);
    assertThat(scope.registrar(3).view().checksum(PeerScope.id(1)))
        .isEqualTo(scope.registrar(1).view().checksum(PeerScope.id(1)));
  }

  @Test
  void steadyScopeAsksForNoTables() {
    PeerScope scope = PeerScope.of(Profile.STANDARD, 3);
    for (int n = 1; n <= 20; n++) {
      scope.joins(n, 1 + n % 3, true).passMs(37);
    }
    scope.passMs(20_000);
    assertThat(scope.trouble()).isEmpty();
    assertThat(scope.told(PeerEvent.OutOfStep.class)).isEmpty();
    assertThat(scope.told(PeerEvent.Suspected.class)).isEmpty();
  }

  @Test
  void registrarKnownOnlyToOneOtherIsSoonKnownToAll() {
    PeerScope scope = PeerScope.of(Profile.STANDARD, 3);
    scope.starts(
        4,
        PeerScope.id(4),
        java.util.List.of(
            io.rserpool.engine.Endpoint.of(
                io.rserpool.engine.Endpoint.Scheme.TCP, PeerScopeRegistrar.host(2), 9_901)));
    scope.passMs(3_000);
    assertThat(scope.trouble()).isEmpty();
    assertThat(scope.registrar(3).view().peers()).hasSize(3);
  }
}

package io.rserpool.engine.registrar;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.engine.peers.PeerEvent;
import io.rserpool.protocol.Profile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Takeovers among several real registrars: the difficult cases 1 to 5 and 14.
class TakeoverScopeTest {

  /// As many registrars, and two elements at each: the odd ones can be called.
  private static PeerScope peopled(Profile profile, int registrars) {
    PeerScope scope = PeerScope.of(profile, registrars);
    for (int home = 1; home <= registrars; home++) {
      scope.joins(2 * home - 1, home, true).joins(2 * home, home, false);
    }
    scope.passMs(2_000);
    assertThat(scope.trouble()).isEmpty();
    for (int home = 1; home <= registrars; home++) {
      assertThat(scope.home(1, 2 * home)).contains(PeerScope.id(home));
    }
    return scope;
  }

  @ParameterizedTest
  @CsvSource({"STANDARD,2", "STANDARD,3", "STANDARD,5", "RFC,2", "RFC,3", "RSPLIB,2", "RSPLIB,3"})
  void killedRegistrarIsTakenOverWithinMillisecondsByExactlyOne(Profile profile, int count) {
    PeerScope scope = peopled(profile, count);
    long killedNs = scope.nowNs();
    scope.kills(1).passMs(200);

    assertThat(scope.told(PeerEvent.TakeoverWon.class)).hasSize(1);
    assertThat(scope.told(PeerEvent.TakeoverWon.class).getFirst().atNs() - killedNs)
        .isLessThan(50 * PeerScope.MS);
    scope.passMs(6_000);
    assertThat(scope.trouble()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"STANDARD,2", "STANDARD,3", "STANDARD,5"})
  void silentRegistrarIsTakenOverWithinTwoSeconds(Profile profile, int count) {
    PeerScope scope = peopled(profile, count);
    scope.freezes(2).passMs(2_000);
    assertThat(scope.told(PeerEvent.TakeoverWon.class)).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void theProfileDecidesWhoWins(Profile profile) {
    PeerScope scope = peopled(profile, 4);
    // All three learn it at the same moment, so that all of them begin.
    scope.kills(2).passMs(200);
    int winner = profile == Profile.RSPLIB ? 1 : 4;
    assertThat(scope.told(PeerEvent.TakeoverBegun.class)).hasSize(3);
    assertThat(scope.told(PeerEvent.TakeoverWon.class))
        .singleElement()
        .satisfies(won -> assertThat(won.registrar()).isEqualTo(winner));
    assertThat(scope.home(3, 3)).contains(PeerScope.id(winner));
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void winnerThatDiesInTheMiddleIsReplaced(Profile profile) {
    PeerScope scope = peopled(profile, 4);
    int winner = profile == Profile.RSPLIB ? 1 : 4;
    scope.kills(2);
    for (int i = 0; i < 200 && scope.told(PeerEvent.TakeoverYielded.class).isEmpty(); i++) {
      scope.passMs(1);
    }
    scope.kills(winner).passMs(profile == Profile.RFC ? 60_000 : 15_000);
    assertThat(scope.trouble()).isEmpty();
  }

  @Test
  void twoThatDieTogetherAreBothTakenOver() {
    PeerScope scope = peopled(Profile.STANDARD, 4);
    scope.kills(1).kills(3).passMs(7_000);
    assertThat(scope.told(PeerEvent.TakeoverWon.class)).hasSize(2);
    assertThat(scope.trouble()).isEmpty();
  }

  @Test
  void shortPauseCostsNothing() {
    PeerScope scope = peopled(Profile.STANDARD, 3);
    scope.freezes(1).passMs(900).thaws(1).passMs(3_000);
    assertThat(scope.told(PeerEvent.Dead.class)).isEmpty();
    assertThat(scope.trouble()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1850,2", "1850,3", "2500,2", "2500,3", "5000,2", "5000,3", "20000,3"})
  void pausedRegistrarThatComesBackAfterItsTakeoverGivesUpItsElements(long pauseMs, int count) {
    PeerScope scope = peopled(Profile.STANDARD, count);
    scope.freezes(1).passMs(pauseMs);
    assertThat(scope.told(PeerEvent.TakeoverWon.class)).hasSize(1);
    scope.thaws(1).passMs(10_000);
    assertThat(scope.trouble()).isEmpty();
  }

  @Test
  void cutLinkBetweenTwoWinnersHealsToOneHomePerElement() {
    PeerScope scope = peopled(Profile.STANDARD, 4);
    scope.cuts(3, 4).kills(1).passMs(5_000);
    scope.heals().passMs(15_000);
    assertThat(scope.trouble()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"2", "3", "4"})
  void partitionHealsToTheSameHandlespace(int count) {
    PeerScope scope = peopled(Profile.STANDARD, count);
    for (int other = 2; other <= count; other++) {
      scope.cuts(1, other);
    }
    scope.passMs(8_000);
    assertThat(scope.registrar(1).view().isServing()).isTrue();
    scope.heals().passMs(15_000);
    assertThat(scope.trouble()).isEmpty();
  }

  @Test
  void deadRegistrarThatStartsAnewIsAPeerAgain() {
    PeerScope scope = peopled(Profile.STANDARD, 3);
    scope.kills(1).passMs(5_000);
    scope.starts(
        1,
        io.rserpool.protocol.ServerId.of(0x0abc_0001),
        java.util.List.of(
            io.rserpool.engine.Endpoint.of(
                io.rserpool.engine.Endpoint.Scheme.TCP, PeerScopeRegistrar.host(2), 9_901)));
    scope.passMs(9_000);
    assertThat(scope.trouble()).isEmpty();
    assertThat(scope.registrar(1).view().elements()).hasSize(6);
  }

  @Test
  void elementsThatDieWithTheirRegistrarAreGoneSoon() {
    PeerScope scope = peopled(Profile.STANDARD, 3);
    scope.element(1).kill();
    scope.element(2).kill();
    scope.kills(1).passMs(200);
    assertThat(scope.home(2, 1)).as("the call to it is refused").isEmpty();
    scope.passMs(5_000);
    assertThat(scope.home(2, 2)).as("it cannot be called, and did not come").isEmpty();
    assertThat(scope.home(3, 2)).isEmpty();
  }

  /// RFC 3237 wants no amplification: one failure costs a bounded number of messages.
  @ParameterizedTest
  @CsvSource({"3", "6"})
  void takeoverCostsAFewMessagesPerPair(int count) {
    PeerScope scope = peopled(Profile.STANDARD, count);
    long before = scope.sent();
    scope.passMs(300);
    long usual = scope.sent() - before;
    before = scope.sent();
    scope.kills(1).passMs(300);
    long extra = scope.sent() - before - usual;
    // INIT_TAKEOVER, ACK and TAKEOVER_SERVER for each ordered pair at most, one more round for
    // checksums, and for each of two elements its keep-alive, registration and updates.
    long pairs = (long) (count - 1) * (count - 2);
    assertThat(extra).isLessThanOrEqualTo(6 * pairs + 2L * (6 + 3L * count));
  }
}

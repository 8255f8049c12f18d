package io.rserpool.engine.registrar;

import static io.rserpool.engine.registrar.PeerScript.MS;
import static io.rserpool.engine.registrar.PeerScript.at;
import static io.rserpool.engine.registrar.PeerScript.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.engine.LossReason;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.enrp.EnrpHandleTableRequest;
import io.rserpool.protocol.enrp.EnrpHandleUpdate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// How long elements of other homes are kept (RFC 5352 section 3.1, and where their home is silent).
class PeerLifetimeTest {

  @Test
  void inStandardTheHomeOfAnElementThatIsHeardSeesToIt() {
    PeerScript script = PeerScript.among(Profile.STANDARD, 7).lively(7).adds(7, at(7, 1, 2));
    script.passMs(200_000);
    assertThat(script.element(1)).isPresent();
  }

  @ParameterizedTest
  @CsvSource({"RFC,40,111000", "RSPLIB,40000,55000"})
  void inTheOtherProfilesLivesRunEverywhereUntilALossOfTheHomeWouldBeKnown(
      Profile profile, int life, long keptMs) {
    PeerScript script = PeerScript.among(profile, 7).lively(7).adds(7, at(7, 1, life)).forget();
    long toldNs = script.nowNs();
    script.to(toldNs + keptMs * MS - 1);
    assertThat(script.element(1)).isPresent();
    script.to(toldNs + keptMs * MS);
    assertThat(script.element(1)).isEmpty();
    assertThat(script.sent(7, EnrpHandleUpdate.class)).isEmpty();
  }

  /// What is no life at all would be a deadline in the past: this registrar would take itself for one
  /// that had slept for years, and start again.
  @ParameterizedTest
  @CsvSource({
    "STANDARD,-2",
    "STANDARD,-2147483648",
    "RFC,-2",
    "RFC,-2147483648",
    "RSPLIB,-2147483648"
  })
  void lifeThatIsNoneEndsNothing(Profile profile, int life) {
    PeerScript script = PeerScript.among(profile, 7).lively(7).adds(7, at(7, 1, life));
    script.passMs(2_000_000);
    assertThat(script.element(1)).isPresent();
    assertThat(script.events(RegistrarEvent.SelfDoubted.class)).isEmpty();
  }

  @Test
  void updateBeginsALifeAnew() {
    PeerScript script = PeerScript.among(Profile.RFC, 7).lively(7).adds(7, at(7, 1, 40));
    script.passMs(30_000).adds(7, at(7, 1, 40)).passMs(110_999);
    assertThat(script.element(1)).isPresent();
    script.passMs(1);
    assertThat(script.element(1)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void endlessLifeOfAHeardHomeDoesNotEnd(Profile profile) {
    PeerScript script = PeerScript.among(profile, 7).lively(7).adds(7, at(7, 1));
    script.passMs(2_000_000);
    assertThat(script.element(1)).isPresent();
  }

  /// The shorter of the life and the time of the homeless counts.
  @ParameterizedTest
  @CsvSource({
    "STANDARD,20,20000", "STANDARD,100,60000", "STANDARD,-1,60000", "STANDARD,-2,60000",
    "RFC,20,20000", "RFC,1000,600000", "RFC,-1,600000", "RFC,-2147483648,600000",
    "RSPLIB,20000,20000", "RSPLIB,100000,90000"
  })
  void elementOfAnUnknownHomeHasThatTime(Profile profile, int life, long keptMs) {
    PeerScript script = PeerScript.among(profile, 7).lively(7).adds(7, at(9, 1, life));
    long toldNs = script.nowNs();
    script.to(toldNs + keptMs * MS - 1);
    assertThat(script.element(1)).isPresent();
    script.to(toldNs + keptMs * MS);
    assertThat(script.element(1)).isEmpty();
  }

  @Test
  void elementOfAnUnknownHomeStaysWhenItsHomeIsHeard() {
    PeerScript script = PeerScript.among(Profile.STANDARD, 7).lively(7, 9).adds(7, at(9, 1, 20));
    script.passMs(19_999).joins(9).passMs(100_000);
    assertThat(script.element(1)).isPresent();
  }

  @Test
  void suspectHomeIsStillAHome() {
    PeerScript script = PeerScript.among(Profile.STANDARD, 3, 7).lively(7).adds(3, at(3, 1, 1));
    script.passMs(1_799);
    assertThat(script.element(1)).isPresent();
  }

  @Test
  void livesBeginToRunWhenTheHomeIsDeadOrLeftToAnother() {
    PeerScript script = PeerScript.among(Profile.STANDARD, 3, 7).lively(7).adds(3, at(3, 1, 1));
    script.says(7, TakeoverTest.init(7, 3));
    long yieldedNs = script.nowNs();
    script.to(yieldedNs + 1_000 * MS - 1);
    assertThat(script.element(1)).isPresent();
    script.to(yieldedNs + 1_000 * MS);
    assertThat(script.element(1)).isEmpty();
  }

  @Test
  void deadHomeThatComesBackEndsTheCountdown() {
    PeerScript script = PeerScript.among(Profile.STANDARD, 3, 7).lively(7).adds(3, at(3, 1, 1));
    script.says(7, TakeoverTest.init(7, 3)).passMs(999).lively(3).presence(3, false);
    script.passMs(20_000);
    assertThat(script.element(1)).isPresent();
  }

  @Test
  void newHomeAfterATakeoverIsAHome() {
    PeerScript script = PeerScript.among(Profile.STANDARD, 3, 7).lively(7).adds(3, at(3, 1, 1));
    script.says(7, TakeoverTest.init(7, 3)).says(7, TakeoverTest.done(7, 3)).passMs(20_000);
    assertThat(script.home(1)).contains(id(7));
  }

  @Test
  void elementWithoutHomeIsKeptForItsTime() {
    PeerScript script = PeerScript.among(Profile.STANDARD, 7).lively(7).adds(7, at(0, 1, 20));
    script.passMs(19_999);
    assertThat(script.home(1)).contains(ServerId.NONE);
    script.passMs(1);
    assertThat(script.element(1)).isEmpty();
  }

  @Test
  void lostAssociationToAPeerCostsItsElementsNothing() {
    PeerScript script = PeerScript.among(Profile.STANDARD, 3, 7).lively(3, 7).adds(3, at(3, 1, 1));
    script.forget().loses(3, LossReason.RESET).passMs(400).accepts(3).presence(3, false);
    // Updates may have been lost with the association.
    assertThat(script.sent(3, EnrpHandleTableRequest.class)).hasSize(1);
    script.says(3, StartupTest.table(3, false, at(3, 1, 1))).forget().passMs(20_000);
    assertThat(script.element(1)).isPresent();
    assertThat(script.sent(3, EnrpHandleTableRequest.class)).isEmpty();
  }
}

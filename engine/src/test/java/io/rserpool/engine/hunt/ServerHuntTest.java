package io.rserpool.engine.hunt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rserpool.engine.AssociationId;
import io.rserpool.engine.Effect;
import io.rserpool.engine.Endpoint;
import io.rserpool.engine.Engine;
import io.rserpool.engine.Input;
import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.TransportUse;
import io.rserpool.protocol.asap.AsapServerAnnounce;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ServerHuntTest {

  private static final long MS = Script.MS;
  private final List<Effect> effects = new ArrayList<>();

  private static HuntSettings settings(Profile profile, int registrars) {
    return HuntSettings.forProfile(profile).toBuilder()
        .registrars(Script.registrars(registrars))
        .jitterPercent(0)
        .build();
  }

  private static ServerHunt hunt(HuntSettings settings) {
    return new ServerHunt(settings, new SplittableRandom(7));
  }

  private List<Effect.Open> opened() {
    List<Effect.Open> found =
        effects.stream()
            .filter(Effect.Open.class::isInstance)
            .map(Effect.Open.class::cast)
            .toList();
    effects.clear();
    return found;
  }

  private static Input.AnnouncementReceived announcement(AsapTransport... transports) {
    return new Input.AnnouncementReceived(
        Script.PEER, 5000, new AsapServerAnnounce(ServerId.of(1), List.of(transports)));
  }

  private static AsapTransport tcp(int host) {
    return new AsapTransport.Tcp(new IpAddress.V4(0x0b00_0000 + host), 3863);
  }

  @Test
  void atMostThreeAreCalledAtOnceAndAFailedCallIsReplacedByAnotherAddress() {
    ServerHunt hunt = hunt(settings(Profile.STANDARD, 5));
    hunt.start(0, effects::add);
    List<Effect.Open> first = opened();
    assertThat(first).hasSize(3);
    assertThat(hunt.down(first.get(1).association(), effects::add)).isTrue();
    List<Effect.Open> next = opened();
    assertThat(next).hasSize(1);
    assertThat(first).extracting(Effect.Open::endpoint).doesNotContain(next.getFirst().endpoint());
    hunt.down(first.get(0).association(), effects::add);
    assertThat(opened()).hasSize(1);
    hunt.down(first.get(2).association(), effects::add);
    assertThat(opened()).as("every address was called once in this round").isEmpty();
  }

  @Test
  void oneIsChosenAndTheOthersAreClosed() {
    ServerHunt hunt = hunt(settings(Profile.STANDARD, 3));
    hunt.start(0, effects::add);
    List<Effect.Open> calls = opened();
    assertThat(hunt.up(calls.get(1).association(), effects::add)).contains(calls.get(1).endpoint());
    assertThat(effects)
        .containsExactly(
            new Effect.Close(calls.get(0).association()),
            new Effect.Close(calls.get(2).association()));
    assertThat(hunt.isRunning()).isFalse();
    assertThat(hunt.nextDeadlineNs()).isEqualTo(Engine.NEVER);
    assertThat(hunt.up(calls.get(0).association(), effects::add)).isEmpty();
  }

  @Test
  void theHuntStartsAtARandomRegistrar() {
    var starts = new HashSet<Endpoint>();
    for (int seed = 0; seed < 50; seed++) {
      var hunt = new ServerHunt(settings(Profile.STANDARD, 5), new SplittableRandom(seed));
      hunt.start(0, effects::add);
      starts.add(opened().getFirst().endpoint());
    }
    assertThat(starts).hasSize(5);
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void t5EndsARoundExactlyInTimeAndDoublesUpToRetranMax(Profile profile) {
    HuntSettings settings = settings(profile, 1);
    ServerHunt hunt = hunt(settings);
    hunt.start(0, effects::add);
    long[] expectedMs =
        switch (profile) {
          case STANDARD -> new long[] {1000, 2000, 4000, 8000, 8000};
          case RFC -> new long[] {10_000, 20_000, 40_000, 60_000, 60_000};
          case RSPLIB -> new long[] {7500, 7500, 7500, 7500, 7500};
        };
    long atNs = 0;
    for (long ms : expectedMs) {
      AssociationId running = opened().getFirst().association();
      atNs += ms * MS;
      assertThat(hunt.tick(atNs - 1, effects::add)).isFalse();
      assertThat(effects).isEmpty();
      assertThat(hunt.tick(atNs, effects::add)).isTrue();
      assertThat(effects.getFirst()).isEqualTo(new Effect.Close(running));
      assertThat(hunt.tick(atNs + 1, effects::add)).isFalse();
    }
  }

  @Test
  void t5VariesByAQuarterToBothSidesInStandard() {
    long least = Long.MAX_VALUE;
    long most = 0;
    for (int seed = 0; seed < 500; seed++) {
      var hunt =
          new ServerHunt(HuntSettings.forProfile(Profile.STANDARD), new SplittableRandom(seed));
      hunt.start(0, effects::add);
      least = Math.min(least, hunt.nextDeadlineNs());
      most = Math.max(most, hunt.nextDeadlineNs());
    }
    assertThat(least).isBetween(750 * MS, 760 * MS);
    assertThat(most).isBetween(1240 * MS, 1250 * MS);
  }

  @Test
  void theNextRoundGoesOnWithOtherAddresses() {
    ServerHunt hunt = hunt(settings(Profile.STANDARD, 6));
    hunt.start(0, effects::add);
    List<Endpoint> first = opened().stream().map(Effect.Open::endpoint).toList();
    hunt.tick(1000 * MS, effects::add);
    List<Endpoint> second = opened().stream().map(Effect.Open::endpoint).toList();
    assertThat(second).hasSize(3).doesNotContainAnyElementsOf(first);
  }

  @Test
  void theLostRegistrarIsCalledLastAndAfterARandomDelay() {
    for (int seed = 0; seed < 20; seed++) {
      var hunt = new ServerHunt(settings(Profile.STANDARD, 4), new SplittableRandom(seed));
      hunt.start(0, effects::add);
      Effect.Open home = opened().getFirst();
      hunt.up(home.association(), effects::add);
      hunt.proven();
      effects.clear();
      hunt.lost(0, home.endpoint(), effects::add);
      assertThat(effects).isEmpty();
      assertThat(hunt.nextDeadlineNs()).isBetween(0L, 100 * MS);
      hunt.tick(hunt.nextDeadlineNs(), effects::add);
      assertThat(opened())
          .hasSize(3)
          .extracting(Effect.Open::endpoint)
          .doesNotContain(home.endpoint());
    }
  }

  @Test
  void theOnlyKnownRegistrarIsCalledAgain() {
    ServerHunt hunt = hunt(settings(Profile.STANDARD, 1));
    hunt.start(0, effects::add);
    Effect.Open home = opened().getFirst();
    hunt.up(home.association(), effects::add);
    hunt.proven();
    hunt.lost(0, home.endpoint(), effects::add);
    hunt.tick(100 * MS, effects::add);
    assertThat(opened()).extracting(Effect.Open::endpoint).containsExactly(home.endpoint());
  }

  @Test
  void aRegistrarThatAcceptsAndDropsCallsIsNotCalledFasterThanT5() {
    ServerHunt hunt = hunt(settings(Profile.STANDARD, 1));
    hunt.start(0, effects::add);
    long nowNs = 0;
    int calls = 0;
    while (nowNs < 60_000 * MS) {
      List<Effect.Open> opened = opened();
      calls += opened.size();
      for (Effect.Open open : opened) {
        hunt.up(open.association(), effects::add);
        hunt.lost(nowNs, open.endpoint(), effects::add);
      }
      nowNs = hunt.nextDeadlineNs();
      hunt.tick(nowNs, effects::add);
    }
    assertThat(calls).as("1 + 2 + 4 + 8 + 8 ... seconds").isLessThan(12);
  }

  @Test
  void t5StartsAfreshAfterARegistrarThatAnswered() {
    for (boolean isProven : new boolean[] {true, false}) {
      ServerHunt hunt = hunt(settings(Profile.STANDARD, 1));
      hunt.start(0, effects::add);
      hunt.tick(1000 * MS, effects::add);
      hunt.tick(3000 * MS, effects::add);
      Effect.Open home = opened().getLast();
      hunt.up(home.association(), effects::add);
      if (isProven) {
        hunt.proven();
      }
      hunt.lost(4000 * MS, home.endpoint(), effects::add);
      if (isProven) {
        hunt.tick(hunt.nextDeadlineNs(), effects::add);
        assertThat(opened()).as("after the random delay").hasSize(1);
        assertThat(hunt.nextDeadlineNs()).as("1 s after the delay").isBetween(5000 * MS, 5100 * MS);
      } else {
        assertThat(hunt.nextDeadlineNs()).as("4 s go on").isGreaterThanOrEqualTo(7000 * MS);
        effects.clear();
      }
    }
  }

  @Test
  void anotherRegistrarIsSoughtOnlyIfOneIsKnown() {
    ServerHunt lonely = hunt(settings(Profile.STANDARD, 1));
    Endpoint only = Script.registrars(1).getFirst();
    assertThat(lonely.elsewhere(0, only, effects::add)).isFalse();
    ServerHunt hunt = hunt(settings(Profile.STANDARD, 2));
    assertThat(hunt.elsewhere(0, only, effects::add)).isTrue();
    hunt.tick(100 * MS, effects::add);
    assertThat(opened()).extracting(Effect.Open::endpoint).doesNotContain(only).hasSize(1);
  }

  @Test
  void anAnnouncementWithoutAddressesMeansSctpAtItsSourceAndPort3863() {
    ServerHunt hunt = hunt(settings(Profile.STANDARD, 0));
    hunt.start(0, effects::add);
    hunt.announced(0, announcement(), effects::add);
    assertThat(opened())
        .extracting(open -> open.endpoint().toString())
        .containsExactly("sctp://10.0.0.1:3863");
    ServerHunt rsplib = hunt(settings(Profile.RSPLIB, 0));
    rsplib.start(0, effects::add);
    rsplib.announced(0, announcement(), effects::add);
    assertThat(opened())
        .extracting(open -> open.endpoint().toString())
        .containsExactly("sctp://10.0.0.1:5000");
  }

  @Test
  void listedAddressesAreCalledButThoseThatCannotBe() {
    ServerHunt hunt = hunt(settings(Profile.STANDARD, 0));
    hunt.start(0, effects::add);
    AsapTransport sctp =
        new AsapTransport.Sctp(List.of(Script.PEER, Script.LOCAL), 3863, TransportUse.DATA_ONLY);
    AsapTransport closed = new AsapTransport.Tcp(Script.PEER, 0);
    AsapTransport anywhere = new AsapTransport.Tcp(new IpAddress.V4(0), 3863);
    hunt.announced(0, announcement(tcp(1), sctp, closed, anywhere), effects::add);
    assertThat(opened())
        .extracting(open -> open.endpoint().toString())
        .containsExactlyInAnyOrder("tcp://11.0.0.1:3863", "sctp://10.0.0.1|10.0.0.153:3863");
  }

  @Test
  void anAnnouncedRegistrarIsForgottenWhenT7ExpiresAndKeptByAnotherAnnouncement() {
    var candidates = new Candidates(settings(Profile.STANDARD, 1));
    candidates.announced(0, announcement(tcp(1)));
    assertThat(candidates.all(5000 * MS - 1)).hasSize(2);
    assertThat(candidates.all(5000 * MS)).hasSize(1);
    candidates.announced(4000 * MS, announcement(tcp(1)));
    assertThat(candidates.all(14_000 * MS - 1)).as("2.5 times the gap of 4 s").hasSize(2);
    assertThat(candidates.all(14_000 * MS)).as("the configured one stays").hasSize(1);
    candidates.announced(4100 * MS, announcement(tcp(1)));
    assertThat(candidates.all(9100 * MS - 1)).as("never below T7").hasSize(2);
    assertThat(candidates.all(9100 * MS)).hasSize(1);
  }

  @Test
  void aFloodOfAnnouncementsIsBoundedAndPushesNobodyOut() {
    var candidates = new Candidates(settings(Profile.STANDARD, 2));
    for (int host = 0; host < 10_000; host++) {
      candidates.announced(host, announcement(tcp(host)));
    }
    assertThat(candidates.all(10_000))
        .hasSize(66)
        .contains(Endpoint.of(tcp(0)), Endpoint.of(tcp(63)))
        .doesNotContain(Endpoint.of(tcp(64)));
    candidates.announced(6000 * MS, announcement(tcp(9)));
    assertThat(candidates.all(6000 * MS)).as("expired ones make room").hasSize(3);
  }

  @Test
  void settingsThatContradictEachOtherAreRefusedByName() {
    HuntSettings.Builder builder = HuntSettings.forProfile(Profile.RFC).toBuilder();
    assertThatThrownBy(() -> builder.retranMax(Duration.ofSeconds(1)).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("retran-max")
        .hasMessageContaining("t5-server-hunt");
    assertThatThrownBy(
            () -> HuntSettings.forProfile(Profile.RFC).toBuilder().parallelAttempts(4).build())
        .hasMessageContaining("hunt-parallel-attempts must be 1 to 3, but is 4");
  }
}

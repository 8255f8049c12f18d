package io.rserpool.cli.survey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.rserpool.net.tls.TlsOptions;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.enrp.EnrpMessage;
import io.rserpool.protocol.enrp.EnrpPresence;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SurveyTest {
  private static Approach approach(Profile profile, Duration limit) {
    return new Approach(profile, TlsOptions.OFF, limit);
  }

  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(900);

  private final ScriptedRegistrar asked = new ScriptedRegistrar(1);
  private final ScriptedRegistrar peer = new ScriptedRegistrar(2);

  @AfterEach
  void end() {
    asked.close();
    peer.close();
  }

  private Survey survey() throws IOException {
    return Survey.take(asked.endpoint(), approach(Profile.STANDARD, LIMIT));
  }

  private static ElementName name(int element) {
    return new ElementName(ScriptedRegistrar.POOL, ElementId.of(element));
  }

  @Test
  void whoIsAloneIsInStepWithItself() throws IOException {
    asked.lists(asked.information()).holds(11, 1);
    Survey survey = survey();
    assertThat(survey.view().peers()).isEmpty();
    assertThat(survey.shares())
        .singleElement()
        .satisfies(share -> {
          assertThat(share.owner()).isEqualTo(ServerId.of(1));
          assertThat(share.believed()).containsExactly(name(11));
          assertThat(share.state()).isEqualTo(Share.State.IN_STEP);
        });
  }

  @Test
  void nobodyAsksExceptInProfileRsplibWhereOnlyPeersAreAnswered() throws IOException {
    asked.holds(11, 1);
    survey();
    assertThat(asked.heard()).extracting(EnrpMessage::sender).containsOnly(ServerId.NONE);

    Survey ofPeer = Survey.take(asked.endpoint(), approach(Profile.RSPLIB, LIMIT));
    List<EnrpMessage> heard = asked.heard().subList(3, asked.heard().size());
    ServerId name = heard.getFirst().sender();
    assertThat(name).isNotEqualTo(ServerId.NONE);
    assertThat(heard).hasSize(3).extracting(EnrpMessage::sender).containsOnly(name);
    assertThat(heard.getFirst())
        .isInstanceOfSatisfying(
            EnrpPresence.class,
            presence -> {
              assertThat(presence.checksum()).isEqualTo(0xffff);
              assertThat(presence.serverInformation().serverId()).isEqualTo(name);
              assertThat(presence.serverInformation().transports()).hasSize(1);
            });

    asked.lists(asked.information(name.value()));
    assertThat(Survey.take(asked.endpoint(), approach(Profile.RSPLIB, LIMIT)).view().peers())
        .isEmpty();
    assertThat(ofPeer.shares())
        .singleElement()
        .extracting(Share::state)
        .isEqualTo(Share.State.IN_STEP);
  }

  @Test
  void aPeerThatOwnsWhatIsBelievedIsInStep() throws IOException {
    asked.lists(asked.information(), peer.information()).holds(11, 1).holds(12, 2);
    peer.holds(12, 2).holds(11, 1);
    assertThat(survey().shares())
        .extracting(Share::owner, Share::state)
        .containsExactly(
            tuple(ServerId.of(1), Share.State.IN_STEP), tuple(ServerId.of(2), Share.State.IN_STEP));
  }

  @Test
  void whatOnlyOneOfThemHasIsNamed() throws IOException {
    asked.lists(peer.information()).holds(12, 2).holds(13, 2);
    peer.holds(12, 2).holds(14, 2);
    Share share = survey().shares().getLast();
    assertThat(share.state()).isEqualTo(Share.State.DIFFERS);
    assertThat(share.onlyBelieved()).containsExactly(name(13));
    assertThat(share.onlyOwned()).containsExactly(name(14));
  }

  @Test
  void aDifferenceThatIsGoneAtTheSecondLookIsNone() throws IOException {
    asked.lists(peer.information()).holds(12, 2).isBehindAtFirst();
    peer.holds(12, 2);
    assertThat(survey().shares().getLast().state()).isEqualTo(Share.State.IN_STEP);
  }

  @Test
  void aPeerThatIsGoneIsSaidToBe() throws IOException {
    asked.lists(peer.information()).holds(12, 2);
    peer.close();
    Share share = survey().shares().getLast();
    assertThat(share.state()).isEqualTo(Share.State.UNKNOWN);
    assertThat(share.believed()).containsExactly(name(12));
    assertThat(share.statement().toString()).contains("nobody listens there");
  }

  @Test
  void aPeerThatIsStillStartingIsSaidToBe() throws IOException {
    asked.lists(peer.information());
    peer.refuses(1);
    assertThat(survey().shares().getLast().statement().toString())
        .contains("may still be starting");
  }

  @Test
  void anotherRegistrarAtThePeersAddressIsNotTakenForIt() throws IOException {
    asked.lists(peer.information(3)).holds(12, 3);
    peer.holds(12, 2);
    Share share = survey().shares().getLast();
    assertThat(share.owner()).isEqualTo(ServerId.of(3));
    assertThat(share.statement().toString()).contains("registrar 0x00000002 answers there");
  }

  @Test
  void whoOwnsElementsWithoutBeingAPeerIsTold() throws IOException {
    asked.lists(asked.information()).holds(12, 7);
    Share share = survey().shares().getLast();
    assertThat(share.owner()).isEqualTo(ServerId.of(7));
    assertThat(share.believed()).containsExactly(name(12));
    assertThat(share.statement().toString()).contains("not in the list of peers");
  }

  @Test
  void aRegistrarThatIsStillStartingIsAskedAgain() throws IOException {
    asked.lists(asked.information()).holds(11, 1).refuses(2);
    assertThat(survey().shares().getFirst().believed()).containsExactly(name(11));
  }

  @Test
  void aRegistrarThatRefusesForEverIsGivenUp() {
    asked.refuses(Integer.MAX_VALUE);
    assertThatThrownBy(() -> Survey.take(asked.endpoint(), approach(Profile.STANDARD, SHORT)))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("0x00000001");
  }

  @Test
  void peersCanBeCalledWithoutLookingAtTheirElements() throws IOException {
    asked.lists(peer.information());
    peer.holds(12, 2);
    assertThat(Survey.ofPeers(asked.endpoint(), approach(Profile.STANDARD, LIMIT)).shares())
        .singleElement()
        .satisfies(share -> assertThat(share.statement()).isInstanceOf(Statement.Told.class));
  }
}

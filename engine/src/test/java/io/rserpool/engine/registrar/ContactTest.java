package io.rserpool.engine.registrar;

import static io.rserpool.engine.registrar.PeerScript.MS;
import static io.rserpool.engine.registrar.PeerScript.endpoint;
import static io.rserpool.engine.registrar.PeerScript.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.engine.AssociationKind;
import io.rserpool.engine.Endpoint;
import io.rserpool.engine.LossReason;
import io.rserpool.engine.PeerIdentity;
import io.rserpool.engine.peers.PeerEvent;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.ServerInformation;
import io.rserpool.protocol.enrp.EnrpPresence;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a registrar tells of configured peers that it cannot reach.
class ContactTest {

  private static final PeerEvent.Reached REACHED =
      new PeerEvent.Reached(id(3), endpoint(3).toString());

  private static PeerScript refusing(int times) {
    PeerScript script = new PeerScript(Profile.STANDARD).start(3);
    for (int i = 1; i < times; i++) {
      untilCalled(script.fails(3, LossReason.REFUSED));
    }
    return script.fails(3, LossReason.REFUSED);
  }

  private static PeerScript untilCalled(PeerScript script) {
    long calls = script.calls(3);
    while (script.calls(3) == calls) {
      script.to(script.nextDeadlineNs());
    }
    return script;
  }

  @Test
  void peerThatRefusesIsToldOnceNotForEachCall() {
    assertThat(refusing(1).events(PeerEvent.Unreachable.class))
        .containsExactly(new PeerEvent.Unreachable(endpoint(3).toString(), "REFUSED test"));
    assertThat(refusing(5).events(PeerEvent.Unreachable.class)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"STANDARD,900", "RFC,5000", "RSPLIB,5000"})
  void peerThatDoesNotAnswerIsToldExactlyInTime(Profile profile, long waitMs) {
    PeerScript script = new PeerScript(profile).start(3).to(waitMs * MS - 1);
    assertThat(script.events(PeerEvent.Unreachable.class)).isEmpty();
    script.to(waitMs * MS);
    assertThat(script.events(PeerEvent.Unreachable.class))
        .containsExactly(
            new PeerEvent.Unreachable(
                endpoint(3).toString(), "no answer within " + waitMs + " ms"));
    script.fails(3, LossReason.UNREACHABLE);
    assertThat(script.events(PeerEvent.Unreachable.class)).hasSize(1);
  }

  @Test
  void peerThatTakesTheCallButSaysNothingIsToldAsWell() {
    PeerScript script = new PeerScript(Profile.STANDARD).start(3).accepts(3).toMs(899);
    assertThat(script.events(PeerEvent.Unreachable.class)).isEmpty();
    script.toMs(900);
    assertThat(script.events(PeerEvent.Unreachable.class)).hasSize(1);
    script.presence(3, false);
    assertThat(script.events(PeerEvent.Reached.class)).containsExactly(REACHED);
  }

  @Test
  void peerThatIsReachedAfterAllIsToldOnce() {
    PeerScript script = untilCalled(refusing(3)).accepts(3);
    assertThat(script.events(PeerEvent.Reached.class)).isEmpty();
    script.presence(3, false).presence(3, false);
    assertThat(script.events(PeerEvent.Reached.class)).containsExactly(REACHED);
  }

  @Test
  void peerThatAnswersAtOnceIsNotTold() {
    PeerScript script = new PeerScript(Profile.STANDARD).start(3).accepts(3);
    script.presence(3, false).lively(3).passMs(5_000);
    assertThat(script.events(PeerEvent.Unreachable.class)).isEmpty();
    assertThat(script.events(PeerEvent.Reached.class)).isEmpty();
  }

  @Test
  void peerThatHasCalledItselfIsNotToldWhenThereCanBeNoSecondAssociation() {
    PeerScript script = new PeerScript(Profile.RSPLIB).start(3).joins(3);
    script.fails(3, LossReason.UNREACHABLE).lively(3).passMs(6_000);
    assertThat(script.events(PeerEvent.Unreachable.class)).isEmpty();
    assertThat(script.peer(3)).isPresent();
  }

  @Test
  void peerThatIsLostAndRefusesIsToldAgain() {
    PeerScript script = untilCalled(refusing(1)).accepts(3).presence(3, false);
    script.loses(3, LossReason.RESET).fails(3, LossReason.REFUSED).forget();
    untilCalled(script).fails(3, LossReason.REFUSED);
    assertThat(script.events(PeerEvent.Unreachable.class)).hasSize(1);
  }

  @Test
  void ownEndpointIsNoPeerThatCannotBeReached() {
    PeerScript script = new PeerScript(Profile.STANDARD).start(0);
    var call = script.pending(Endpoint.of(PeerScript.HERE)).orElseThrow();
    script.up(call, AssociationKind.ENRP, 200, PeerIdentity.ANONYMOUS);
    script.says(
        call,
        new EnrpPresence(
            PeerScript.ID,
            ServerId.NONE,
            false,
            0xffff,
            new ServerInformation(PeerScript.ID, List.of(PeerScript.HERE))));
    script.passMs(20_000);
    assertThat(script.events(PeerEvent.Unreachable.class)).isEmpty();
  }
}

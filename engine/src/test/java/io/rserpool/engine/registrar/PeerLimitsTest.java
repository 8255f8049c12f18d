package io.rserpool.engine.registrar;

import static io.rserpool.engine.registrar.PeerScript.at;
import static io.rserpool.engine.registrar.PeerScript.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.engine.Effect;
import io.rserpool.engine.peers.PeerState;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.enrp.EnrpListRequest;
import org.junit.jupiter.api.Test;

/// What peers cannot make a registrar do.
class PeerLimitsTest {

  @Test
  void elementsBeyondTheLimitAreNotTaken() {
    RegistrarSettings settings =
        RegistrarSettings.forProfile(Profile.STANDARD).toBuilder()
            .set(RegistrarSetting.ELEMENTS_PER_ASSOCIATION, 1)
            .set(RegistrarSetting.ELEMENTS_MAX, 2)
            .build();
    PeerScript script = PeerScript.among(settings, 7);
    script.adds(7, at(7, 1)).adds(7, at(7, 2)).adds(7, at(7, 3)).adds(7, at(7, 1, 9));
    assertThat(script.view().elements()).hasSize(2);
    assertThat(script.events(RegistrarEvent.LimitHit.class)).hasSize(1);
    assertThat(script.element(1).orElseThrow().registrationLife()).isEqualTo(9);
  }

  @Test
  void senselessMessagesBreakTheAssociation() {
    RegistrarSettings settings =
        RegistrarSettings.forProfile(Profile.STANDARD).toBuilder()
            .set(RegistrarSetting.MALFORMED_MAX, 3)
            .build();
    PeerScript script = PeerScript.among(settings, 7, 8);
    for (int i = 0; i < 3; i++) {
      assertThat(script.effects(Effect.Abort.class)).isEmpty();
      script.says(7, new EnrpListRequest(id(7), id(9)));
    }
    assertThat(script.effects(Effect.Abort.class))
        .singleElement()
        .satisfies(abort -> assertThat(abort.association()).isEqualTo(script.line(7)));
    assertThat(script.state(7)).contains(PeerState.SUSPECT);
    assertThat(script.state(8)).contains(PeerState.ACTIVE);
  }

  @Test
  void whoHasStoppedSaysNothing() {
    PeerScript script = PeerScript.among(Profile.STANDARD, 7, 8).registers(1).forget();
    script.input(new RegistrarRequest.Stop(9));
    assertThat(script.effects(Effect.Close.class)).hasSize(3);
    script.forget().presence(7, true).passMs(5_000);
    assertThat(script.effects(Effect.class)).isEmpty();
  }
}

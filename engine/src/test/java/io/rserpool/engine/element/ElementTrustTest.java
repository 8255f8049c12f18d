package io.rserpool.engine.element;

import static io.rserpool.engine.element.ElementScript.ID;
import static io.rserpool.engine.element.ElementScript.INCOMING;
import static io.rserpool.engine.element.ElementScript.OTHER;
import static io.rserpool.engine.element.ElementScript.accepted;
import static io.rserpool.engine.element.ElementScript.keepAlive;
import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.engine.AssociationId;
import io.rserpool.engine.access.IdentityPattern;
import io.rserpool.protocol.Profile;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Whom a pool element believes (RFC 5355 section 2.6): only registrars of its scope, if it knows
/// them.
class ElementTrustTest {

  private static final String REGISTRAR = "rserpool://s/registrar/r";
  private static final String ELEMENT = "rserpool://s/element/e";

  private static ElementScript trusting(int registrars) {
    ElementSettings settings = ElementScript.settings(Profile.STANDARD, registrars);
    return new ElementScript(
        settings.toBuilder()
            .hunt(
                settings.hunt().toBuilder()
                    .trustedRegistrars(List.of(IdentityPattern.parse("rserpool://s/registrar/*")))
                    .build())
            .build());
  }

  private static ElementScript registered() {
    ElementScript element = trusting(1);
    AssociationId home = element.register(ID).script.called().getFirst();
    element.script.upAs(home, REGISTRAR);
    element.script.receive(home, accepted());
    return element;
  }

  @Test
  void elementRegistersAtNobodyButARegistrar() {
    ElementScript element = trusting(2);
    List<AssociationId> calls = element.register(ID).script.called();
    element.script.upAs(calls.getFirst(), ELEMENT);
    assertThat(element.script.aborted()).containsExactly(calls.getFirst());
    assertThat(element.registrations()).isEmpty();
    assertThat(element.script.events())
        .singleElement()
        .isInstanceOfSatisfying(
            ElementEvent.PeerMisbehaved.class,
            event ->
                assertThat(event.what())
                    .endsWith("is no trusted registrar, but '" + ELEMENT + "'"));
    element.script.upAs(calls.getLast(), REGISTRAR);
    assertThat(element.registrations()).hasSize(1);
  }

  @Test
  void nobodyButARegistrarBecomesTheHomeOrIsAnswered() {
    for (String name : List.of("", ELEMENT)) {
      ElementScript element = registered();
      element.script.upAs(INCOMING, name);
      assertThat(element.script.aborted()).containsExactly(INCOMING);
      element.script.receive(INCOMING, keepAlive(OTHER, true));
      assertThat(element.script.effects()).isEmpty();
    }
    ElementScript element = registered();
    element.script.upAs(INCOMING, REGISTRAR);
    element.script.receive(INCOMING, keepAlive(OTHER, true));
    assertThat(element.registrations()).as("at its new home").hasSize(1);
  }

  @Test
  void whoTrustsAnybodyAsksNobody() {
    ElementScript element = ElementScript.of(Profile.STANDARD, 1);
    element.registered();
    element.script.upAs(INCOMING, ELEMENT).receive(INCOMING, keepAlive(OTHER, true));
    assertThat(element.registrations()).hasSize(1);
  }
}

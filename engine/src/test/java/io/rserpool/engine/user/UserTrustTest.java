package io.rserpool.engine.user;

import static io.rserpool.engine.hunt.Script.MS;
import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.engine.AssociationId;
import io.rserpool.engine.access.IdentityPattern;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.Profile;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Whom a pool user believes (RFC 5355 section 2.7): only registrars of its scope, if it knows them.
class UserTrustTest {

  private static final String REGISTRAR = "rserpool://s/registrar/r";
  private static final String ELEMENT = "rserpool://s/element/e";

  private static UserScript trusting(int registrars) {
    UserSettings settings = UserScript.settings(Profile.STANDARD, registrars);
    return new UserScript(
        settings.toBuilder()
            .hunt(
                settings.hunt().toBuilder()
                    .trustedRegistrars(List.of(IdentityPattern.parse("rserpool://s/registrar/*")))
                    .build())
            .build());
  }

  private static List<AssociationId> calls(UserScript user) {
    return user.script.pass(0).give(new UserRequest.Purge(0, UserScript.POOL)).called();
  }

  @Test
  void whoeverProvesToBeNoRegistrarIsHungUpAndTold() {
    for (String name : List.of("", ELEMENT, "registrar1")) {
      UserScript user = trusting(2);
      AssociationId call = calls(user).getFirst();
      user.script.upAs(call, name);
      assertThat(user.script.aborted()).containsExactly(call);
      assertThat(user.script.events())
          .singleElement()
          .isInstanceOfSatisfying(
              UserEvent.PeerMisbehaved.class,
              event ->
                  assertThat(event.what())
                      .startsWith("it is no trusted registrar, but ")
                      .endsWith(
                          name.isEmpty() ? "somebody who has proved no name" : "'" + name + "'"));
      user.script.receive(call, UserScript.found(Policy.RoundRobin.INSTANCE, 1));
      assertThat(user.script.effects()).isEmpty();
    }
  }

  @Test
  void anotherRegistrarTakesItsPlace() {
    UserScript user = trusting(2);
    List<AssociationId> calls = calls(user);
    user.script.upAs(calls.getFirst(), ELEMENT);
    assertThat(user.script.events()).doesNotHaveAnyElementsOfTypes(UserEvent.RegistrarFound.class);
    user.script.upAs(calls.getLast(), REGISTRAR);
    assertThat(user.script.events()).hasAtLeastOneElementOfType(UserEvent.RegistrarFound.class);
    assertThat(user.resolve(1).questions()).hasSize(1);
  }

  @Test
  void impostorIsCalledOnceInEachRound() {
    UserScript user = trusting(1);
    List<AssociationId> open = new ArrayList<>(calls(user));
    int calls = open.size();
    for (int i = 0; i < 300; i++) {
      while (!open.isEmpty()) {
        user.script.upAs(open.removeFirst(), ELEMENT);
        open.addAll(user.script.called());
        calls += user.script.called().size();
      }
      open.addAll(user.script.pass(100 * MS).called());
      calls += open.size();
    }
    // Rounds of 1, 2, 4, 8, 8, ... seconds in 30 s.
    assertThat(calls).isBetween(4, 7);
  }

  @Test
  void whoTrustsAnybodyAsksNobody() {
    UserScript user = UserScript.of(Profile.STANDARD, 1);
    user.script.upAs(calls(user).getFirst(), ELEMENT);
    assertThat(user.script.events()).hasAtLeastOneElementOfType(UserEvent.RegistrarFound.class);
  }
}

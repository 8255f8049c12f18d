package io.rserpool.engine.element;

import static io.rserpool.engine.element.ElementScript.ID;
import static io.rserpool.engine.element.ElementScript.INCOMING;
import static io.rserpool.engine.element.ElementScript.accepted;
import static io.rserpool.engine.element.ElementScript.rejected;
import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.engine.AssociationId;
import io.rserpool.engine.Effect;
import io.rserpool.engine.Endpoint;
import io.rserpool.engine.hunt.Script;
import io.rserpool.protocol.CauseCode;
import io.rserpool.protocol.ErrorCause;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.asap.AsapError;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// When, and where, a registration that failed is tried again (RFC 5352 section 3.1).
class RegistrationRetryTest {

  private static final long MS = Script.MS;

  private static AsapError error(CauseCode... causes) {
    return new AsapError(List.of(causes).stream().map(ErrorCause::of).toList());
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void theCallerWaitsForTheTimeOfMaxRegAttemptAttempts(Profile profile) {
    var element = ElementScript.of(profile, 1);
    element.register(ID);
    long endNs = element.script.nowNs() + patienceNs(profile);
    assertThat(refusingCallsUntil(element, endNs - 1)).isEmpty();
    assertThat(refusingCallsUntil(element, endNs))
        .singleElement()
        .isInstanceOf(ElementResult.Unavailable.class);
    assertThat(element.script.pass(600_000 * MS).opened())
        .as("the engine goes on in the background")
        .isNotEmpty();
    assertThat(element.script.replies()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void theCallerWaitsTwiceAsLongForTheVeryFirstAnswer(Profile profile) {
    var element = ElementScript.of(profile, 1);
    element.register(ID);
    long startNs = element.script.nowNs();
    element.script.up(element.script.called().getFirst());
    long endNs = startNs + Math.max(5000 * MS, 2 * patienceNs(profile));
    assertThat(element.script.passTo(endNs - 1).replies()).isEmpty();
    assertThat(element.script.passTo(endNs).replies())
        .singleElement()
        .isInstanceOf(ElementResult.Unavailable.class);
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void theCallerWaitsNoLongerWhereARegistrarHasAnsweredBefore(Profile profile) {
    var element = ElementScript.of(profile, 1);
    long endNs = element.script.nowNs() + patienceNs(profile);
    AssociationId home = element.register(ID).script.called().getFirst();
    element.script.up(home).receive(home, rejected(ID, CauseCode.LACK_OF_RESOURCES));
    assertThat(element.script.passTo(endNs - 1).replies()).isEmpty();
    assertThat(element.script.passTo(endNs).replies())
        .singleElement()
        .isInstanceOf(ElementResult.Unavailable.class);
  }

  private static long patienceNs(Profile profile) {
    return MS
        * switch (profile) {
          case STANDARD, RSPLIB -> 3000;
          case RFC -> 90_000;
        };
  }

  /// Everybody who is called refuses, up to one nanosecond.
  private static List<Effect.Result> refusingCallsUntil(ElementScript element, long endNs) {
    List<Effect.Result> replies = new ArrayList<>();
    List<AssociationId> calls = element.script.called();
    while (true) {
      for (AssociationId call : calls) {
        replies.addAll(element.script.refused(call).replies());
      }
      long nextNs = Math.min(endNs, element.script.nextDeadlineNs());
      calls = element.script.passTo(nextNs).called();
      replies.addAll(element.script.replies());
      if (nextNs == endNs && calls.isEmpty()) {
        return replies;
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Profile.class,
      names = {"STANDARD", "RFC"})
  void t2DoublesWithEachFailureAndStartsAfreshAfterASuccess(Profile profile) {
    long t2Ns = (profile == Profile.RFC ? 30_000 : 1000) * MS;
    var element = ElementScript.of(profile, 2);
    AssociationId home = element.register(ID).script.called().getFirst();
    element.script.up(home);
    AssociationId next = element.script.pass(t2Ns).called().getFirst();
    element.script.up(next);
    assertThat(element.registrations()).hasSize(1);
    assertThat(element.script.pass(2 * t2Ns - 1).called()).as("the second T2").isEmpty();
    element.script.receive(next, accepted());
    element.update(1);
    assertThat(element.registrations()).hasSize(1);
    assertThat(element.script.pass(t2Ns - 1).called()).isEmpty();
    assertThat(element.script.pass(1 + 100 * MS).called()).as("the first T2 again").isNotEmpty();
  }

  @Test
  void fullRegistrarsAreTriedInTurnAndMoreAndMoreRarely() {
    var element = ElementScript.of(Profile.STANDARD, 3);
    AssociationId home = element.register(ID).script.called().getFirst();
    Endpoint registrar = element.endpointOf(home);
    element.script.up(home);
    Set<Endpoint> asked = new HashSet<>(Set.of(registrar));
    List<Long> atNs = new ArrayList<>(List.of(element.script.nowNs()));
    while (atNs.size() < 40) {
      element.script.receive(home, rejected(ID, CauseCode.LACK_OF_RESOURCES));
      assertThat(element.registrations()).as("never at once").isEmpty();
      while (element.registrations().isEmpty()) {
        element.script.passTo(element.script.nextDeadlineNs());
        if (!element.script.called().isEmpty()) {
          home = element.script.called().getFirst();
          Endpoint other = element.endpointOf(home);
          assertThat(other).isNotEqualTo(registrar);
          registrar = other;
          element.script.up(home);
        }
      }
      asked.add(registrar);
      atNs.add(element.script.nowNs());
    }
    assertThat(asked).containsExactlyInAnyOrderElementsOf(Script.registrars(3));
    assertThat(atNs.getLast() - atNs.getFirst())
        .as("a pause of T2, 2 T2, 4 T2, 8 s, 8 s ... after each round of three")
        .isGreaterThan(13 * 8000 * MS - 10_000 * MS);
    element.script.receive(home, accepted());
    assertThat(element.script.events()).hasAtLeastOneElementOfType(ElementEvent.Registered.class);
  }

  @Test
  void anErrorMessageInsteadOfAnAnswerSendsTheRegistrationElsewhere() {
    var element = ElementScript.of(Profile.STANDARD, 2);
    AssociationId home = element.register(ID).script.called().getFirst();
    Endpoint first = element.endpointOf(home);
    element.script.up(home);
    element.script.receive(home, error(CauseCode.INVALID_VALUES));
    assertThat(element.script.events())
        .singleElement()
        .isInstanceOf(ElementEvent.PeerMisbehaved.class);
    assertThat(element.script.replies()).as("the caller waits on").isEmpty();
    AssociationId next = element.script.pass(100 * MS).called().getFirst();
    assertThat(element.endpointOf(next)).isNotEqualTo(first);
    element.script.up(next);
    assertThat(element.registrations()).hasSize(1);
    element.script.receive(next, accepted());
    assertThat(element.script.replies())
        .singleElement()
        .isInstanceOf(ElementResult.Registered.class);
  }

  @Test
  void afterAnErrorMessageTheOnlyRegistrarIsAskedAgainWhenT2HasPassed() {
    var element = ElementScript.of(Profile.STANDARD, 1);
    AssociationId home = element.register(ID).script.called().getFirst();
    element.script.up(home);
    element.script.pass(600 * MS).receive(home, error(CauseCode.INVALID_VALUES));
    assertThat(element.script.pass(1000 * MS - 1).sent()).isEmpty();
    assertThat(element.script.called()).as("T2 of the refused one is stopped").isEmpty();
    element.script.pass(1);
    assertThat(element.registrations()).hasSize(1);
  }

  @Test
  void anErrorMessageThatOnlyNamesSkippedParametersIsNoRefusal() {
    var element = ElementScript.of(Profile.STANDARD, 2);
    AssociationId home = element.register(ID).script.called().getFirst();
    element.script.up(home);
    element.script.receive(home, error(CauseCode.UNRECOGNIZED_PARAMETER));
    assertThat(element.script.pass(1000 * MS - 1).called()).isEmpty();
    element.script.receive(home, accepted());
    assertThat(element.script.replies())
        .singleElement()
        .isInstanceOf(ElementResult.Registered.class);
  }

  @Test
  void anErrorMessageOfAnotherRegistrarOrAfterTheAnswerChangesNothing() {
    var element = ElementScript.of(Profile.STANDARD, 2);
    AssociationId home = element.register(ID).script.called().getFirst();
    element.script.up(home);
    element.script.up(INCOMING).receive(INCOMING, error(CauseCode.INVALID_VALUES));
    assertThat(element.script.pass(500 * MS).called()).isEmpty();
    element.script.receive(home, accepted());
    element.script.receive(home, error(CauseCode.INVALID_VALUES));
    assertThat(element.script.pass(5000 * MS).called()).isEmpty();
    assertThat(element.script.sent()).isEmpty();
  }
}

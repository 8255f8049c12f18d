package io.rserpool.engine.user;

import static io.rserpool.engine.user.UserScript.found;
import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.engine.AssociationId;
import io.rserpool.engine.Input;
import io.rserpool.engine.hunt.Script;
import io.rserpool.protocol.CauseCode;
import io.rserpool.protocol.ErrorCause;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.asap.AsapError;
import java.util.List;
import org.junit.jupiter.api.Test;

/// ASAP_ERROR in both directions (RFC 5352 section 2.2.14).
class UserErrorsTest {

  private static final long MS = Script.MS;
  private static final Policy RR = Policy.RoundRobin.INSTANCE;
  private static final List<ErrorCause> UNRECOGNIZED =
      List.of(ErrorCause.of(CauseCode.UNRECOGNIZED_PARAMETER));
  private static final List<ErrorCause> INVALID = List.of(ErrorCause.of(CauseCode.INVALID_VALUES));

  @Test
  void anErrorMessageOfTheOnlyRegistrarIsTheAnswerToTheOldestQuestion() {
    var user = UserScript.of(Profile.STANDARD, 1);
    AssociationId home = user.home();
    PoolHandle other = PoolHandle.of("other");
    user.script.give(new UserRequest.Resolve(100, other, 0));
    user.resolve(0);
    user.script.receive(home, new AsapError(INVALID));
    assertThat(user.script.replies()).containsExactly(new UserResult.Refused(INVALID));
    assertThat(user.script.events()).hasAtLeastOneElementOfType(UserEvent.PeerMisbehaved.class);
    user.script.receive(home, found(other, false, RR, 1));
    assertThat(user.script.replies()).as("it was refused").isEmpty();
    user.script.receive(home, found(RR, 1));
    assertThat(user.script.replies()).singleElement().isInstanceOf(UserResult.Resolved.class);
  }

  @Test
  void anErrorMessageSendsTheQuestionToAnotherRegistrar() {
    var user = UserScript.of(Profile.STANDARD, 2);
    AssociationId home = user.home();
    user.resolve(0).script.receive(home, new AsapError(INVALID));
    assertThat(user.script.replies()).isEmpty();
    AssociationId other = user.script.pass(100 * MS).called().getFirst();
    user.script.up(other);
    assertThat(user.questions()).hasSize(1);
    user.script.receive(other, found(RR, 1));
    assertThat(user.script.replies()).singleElement().isInstanceOf(UserResult.Resolved.class);
  }

  @Test
  void anErrorMessageThatOnlyNamesSkippedParametersLeavesTheQuestionOpen() {
    var user = UserScript.of(Profile.STANDARD, 2);
    AssociationId home = user.home();
    user.resolve(0).script.receive(home, new AsapError(UNRECOGNIZED));
    assertThat(user.script.replies()).isEmpty();
    assertThat(user.script.pass(500 * MS - 1).effects()).as("until T1 expires").isEmpty();
    user.script.receive(home, found(RR, 1));
    assertThat(user.script.replies()).singleElement().isInstanceOf(UserResult.Resolved.class);
  }

  @Test
  void anErrorMessageWithoutAnOpenQuestionChangesNothing() {
    var user = UserScript.of(Profile.STANDARD, 2);
    AssociationId home = user.home();
    user.script.receive(home, new AsapError(INVALID));
    assertThat(user.script.effects()).hasSize(1);
    assertThat(user.script.events()).singleElement().isInstanceOf(UserEvent.PeerMisbehaved.class);
    assertThat(user.script.pass(5000 * MS).effects()).isEmpty();
  }

  @Test
  void whatWasNotUnderstoodIsReportedToTheRegistrar() {
    var user = UserScript.of(Profile.STANDARD, 1);
    AssociationId home = user.home();
    user.resolve(0).script.give(new Input.AsapReceived(home, found(RR, 1), UNRECOGNIZED));
    assertThat(user.script.sentOn(home)).containsExactly(new AsapError(UNRECOGNIZED));
    assertThat(user.script.replies()).as("and the rest is used").hasSize(1);
    user.script.give(new Input.MalformedReceived(home, INVALID, "length 3 at byte 2"));
    assertThat(user.script.sentOn(home)).containsExactly(new AsapError(INVALID));
    user.script.give(new Input.MalformedReceived(home, List.of(), "dropped silently"));
    assertThat(user.script.sent()).isEmpty();
  }

  @Test
  void anErrorMessageIsNotAnsweredByAnother() {
    var user = UserScript.of(Profile.STANDARD, 1);
    AssociationId home = user.home();
    user.script.give(new Input.AsapReceived(home, new AsapError(UNRECOGNIZED), UNRECOGNIZED));
    assertThat(user.script.sent()).isEmpty();
  }
}

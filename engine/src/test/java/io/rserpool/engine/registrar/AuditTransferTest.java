package io.rserpool.engine.registrar;

import static io.rserpool.engine.registrar.PeerScript.ID;
import static io.rserpool.engine.registrar.PeerScript.MS;
import static io.rserpool.engine.registrar.PeerScript.at;
import static io.rserpool.engine.registrar.PeerScript.id;
import static io.rserpool.engine.registrar.StartupTest.rejectedTable;
import static io.rserpool.engine.registrar.StartupTest.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.engine.AssociationId;
import io.rserpool.engine.Input;
import io.rserpool.engine.LossReason;
import io.rserpool.engine.peers.PeerEvent;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.enrp.EnrpHandleTableRequest;
import io.rserpool.protocol.enrp.EnrpHandleUpdate;
import io.rserpool.protocol.enrp.UpdateAction;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// How the copy of a peer's elements is brought in step: RFC 5353 section 3.6.3, and the rules by
/// which a table, which is a state of some time ago, never beats what is newer.
class AuditTransferTest {

  private static final int WRONG = 0x1234;

  /// Peers 7 and 8; elements 1 and 2 are peer 7's here, and its table has just been asked for.
  private static PeerScript fetching(Profile profile) {
    PeerScript script = PeerScript.among(profile, 7, 8).lively(8);
    script.adds(7, at(7, 1)).adds(7, at(7, 2)).passMs(400);
    script.presence(7, false, WRONG).presence(7, false, WRONG);
    assertThat(script.sent(7, EnrpHandleTableRequest.class)).hasSize(1);
    return script.forget();
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void tableReplacesAddsAndRemovesSilently(Profile profile) {
    PeerScript script = fetching(profile);
    script.says(7, table(7, false, at(7, 1, 99), at(7, 3)));
    assertThat(script.element(1)).contains(at(7, 1, 99));
    assertThat(script.element(2)).isEmpty();
    assertThat(script.element(3)).contains(at(7, 3));
    assertThat(script.events(PeerEvent.Resynchronised.class))
        .containsExactly(new PeerEvent.Resynchronised(id(7), 1, 1, 1));
    assertThat(script.sent(8, EnrpHandleUpdate.class)).isEmpty();
    assertThat(script.sent(7)).isEmpty();
  }

  @Test
  void nothingIsRemovedBeforeTheLastPart() {
    PeerScript script = fetching(Profile.STANDARD).says(7, table(7, true, at(7, 3)));
    assertThat(script.view().elements()).hasSize(3);
    assertThat(script.sent(7, EnrpHandleTableRequest.class))
        .containsExactly(new EnrpHandleTableRequest(ID, id(7), true));
    script.says(7, table(7, true, at(7, 2))).says(7, table(7, false, at(7, 4)));
    assertThat(script.element(1)).isEmpty();
    assertThat(script.view().elements()).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource({"STANDARD,1000", "RFC,10000", "RSPLIB,10000"})
  void unfinishedTransferRemovesNothing(Profile profile, long waitMs) {
    PeerScript script = fetching(profile).lively(7).says(7, table(7, true, at(7, 3)));
    long askedNs = script.nowNs();
    script.to(askedNs + waitMs * MS - 1);
    assertThat(script.events(PeerEvent.RequestFailed.class)).isEmpty();
    script.to(askedNs + waitMs * MS);
    assertThat(script.events(PeerEvent.RequestFailed.class)).hasSize(1);
    assertThat(script.view().elements()).hasSize(3);
    script.says(7, table(7, false));
    assertThat(script.view().elements()).hasSize(3);
  }

  @Test
  void rejectedTransferRemovesNothingAndIsTriedAgain() {
    PeerScript script = fetching(Profile.STANDARD).says(7, rejectedTable(7));
    assertThat(script.view().elements()).hasSize(2);
    script.passMs(750).presence(7, false, WRONG).presence(7, false, WRONG);
    assertThat(script.sent(7, EnrpHandleTableRequest.class)).hasSize(1);
  }

  /// It may have been an update, and checksums do not show what is new about a known element.
  @Test
  void tableIsFetchedAfterSomethingUnreadableAlthoughChecksumsAgree() {
    PeerScript script = PeerScript.among(Profile.STANDARD, 7).adds(7, at(7, 1));
    script.presence(7, false).says(7, table(7, false, at(7, 1))).passMs(760).forget();
    script.presence(7, false);
    assertThat(script.sent(7, EnrpHandleTableRequest.class)).isEmpty();
    script.input(new Input.MalformedReceived(script.line(7), List.of(), "length 3", id(7)));
    script.presence(7, false).presence(7, false);
    assertThat(script.sent(7, EnrpHandleTableRequest.class))
        .containsExactly(new EnrpHandleTableRequest(ID, id(7), true));
  }

  /// An element that has changed just now may be on its way back from somewhere.
  @Test
  void whatHasChangedWithinTwoReleaseDelaysIsNotPurgedYet() {
    for (long sinceNs : new long[] {400 * MS - 1, 400 * MS, 400 * MS + 1}) {
      PeerScript script = PeerScript.among(Profile.RFC, 7).adds(7, at(7, 1));
      long addedNs = script.nowNs();
      script.presence(7, false, WRONG).to(addedNs + sinceNs).says(7, table(7, false));
      assertThat(script.element(1).isPresent()).isEqualTo(sinceNs < 400 * MS);
    }
  }

  // What is newer than the request wins (rule O2).

  @Test
  void elementThatWasRemovedMeanwhileDoesNotComeBack() {
    PeerScript script = fetching(Profile.STANDARD).deletes(7, at(7, 1)).deletes(7, at(7, 3));
    script.says(7, table(7, false, at(7, 1), at(7, 2), at(7, 3)));
    assertThat(script.element(1)).isEmpty();
    assertThat(script.element(2)).isPresent();
    assertThat(script.element(3)).isEmpty();
  }

  @Test
  void elementThatWasAddedMeanwhileIsNotPurged() {
    PeerScript script = fetching(Profile.STANDARD).adds(7, at(7, 3)).adds(7, at(7, 1, 50));
    script.passMs(500).says(7, table(7, false, at(7, 2)));
    assertThat(script.element(3)).isPresent();
    assertThat(script.element(1)).contains(at(7, 1, 50));
  }

  @Test
  void olderAttributesDoNotReplaceNewerOnes() {
    PeerScript script = fetching(Profile.STANDARD).adds(7, at(7, 1, 50));
    script.says(7, table(7, false, at(7, 1), at(7, 2)));
    assertThat(script.element(1)).contains(at(7, 1, 50));
  }

  @Test
  void elementThatHasMovedMeanwhileStaysWhereItIs() {
    PeerScript script = fetching(Profile.STANDARD).adds(8, at(8, 1)).registers(2).forget();
    script.says(7, table(7, false, at(7, 1), at(7, 2)));
    assertThat(script.home(1)).contains(id(8));
    assertThat(script.home(2)).contains(ID);
    assertThat(script.sent(8, EnrpHandleUpdate.class)).isEmpty();
  }

  @Test
  void elementThatHasMovedMeanwhileIsNotPurged() {
    PeerScript script = fetching(Profile.STANDARD).adds(8, at(8, 1)).registers(2);
    script.passMs(500).says(7, table(7, false));
    assertThat(script.home(1)).contains(id(8));
    assertThat(script.home(2)).contains(ID);
  }

  @Test
  void namesOfRemovedElementsAreForgottenWithTheTransfer() {
    PeerScript script = fetching(Profile.STANDARD).deletes(7, at(7, 1));
    script.says(7, table(7, false, at(7, 2))).passMs(750);
    script.presence(7, false, WRONG).presence(7, false, WRONG);
    script.says(7, table(7, false, at(7, 1), at(7, 2)));
    assertThat(script.element(1)).isPresent();
  }

  @Test
  void elementOfAThirdHomeInATableOfOwnElementsIsNotTaken() {
    PeerScript script = fetching(Profile.STANDARD);
    script.says(7, table(7, false, at(7, 1), at(7, 2), at(8, 3), at(5, 4)));
    assertThat(script.element(3)).isEmpty();
    assertThat(script.element(4)).isEmpty();
  }

  @Test
  void elementHeldUnderASilentHomeMovesToWhereItsNewHomeSays() {
    PeerScript script = PeerScript.among(Profile.RFC, 7).adds(7, at(8, 1));
    script.presence(7, false, WRONG).says(7, table(7, false, at(7, 1)));
    assertThat(script.home(1)).contains(id(7));
  }

  @Test
  void ownLivingElementStaysAndIsTold() {
    PeerScript script = PeerScript.among(Profile.RFC, 7, 8).registers(1);
    script.presence(7, false, WRONG).forget().says(7, table(7, false, at(7, 1)));
    assertThat(script.home(1)).contains(ID);
    for (long n = 7; n <= 8; n++) {
      assertThat(script.sent(n, EnrpHandleUpdate.class))
          .singleElement()
          .satisfies(update -> {
            assertThat(update.action()).isEqualTo(UpdateAction.ADD_PE);
            assertThat(update.element().homeId()).isEqualTo(ID);
          });
    }
  }

  @Test
  void ownElementThatIsNotHeardHereMovesToWhoHasIt() {
    PeerScript script = PeerScript.among(Profile.RFC, 7).registers(1, 1, Script.callable(1));
    script.passMs(10).takesCall(1);
    script.forget().lost(new AssociationId(1), LossReason.CLOSED);
    assertThat(script.callTo(1)).isPresent();
    // The loss was no event of the table's kind: it was asked for after it.
    script.presence(7, false, WRONG).says(7, table(7, false, PeerScript.callable(7, 1)));
    assertThat(script.home(1)).contains(id(7));
    assertThat(script.view().sizes()).containsEntry("calls", 0);
  }

  @Test
  void wholeTableTakesOnlyWhatIsUnknownFromWhoIsNotItsHome() {
    PeerScript script = new PeerScript(Profile.STANDARD).start(7).accepts(7).presence(7, false);
    script.joins(8).adds(8, at(8, 1, 50)).says(7, StartupTest.list(7, 7, 8));
    script.says(7, table(7, false, at(8, 1, 20), at(8, 2), at(9, 3), at(7, 4)));
    assertThat(script.element(1)).contains(at(8, 1, 50));
    assertThat(script.home(2)).contains(id(8));
    assertThat(script.home(3)).contains(id(9));
    assertThat(script.home(4)).contains(id(7));
  }

  @Test
  void elementThatRegistersDuringTheStartBeatsTheTable() {
    PeerScript script = new PeerScript(Profile.STANDARD).start(7).accepts(7).presence(7, false);
    script.says(7, StartupTest.list(7, 7)).registers(1).forget();
    script.says(7, table(7, false, at(7, 1)));
    assertThat(script.home(1)).contains(ID);
  }
}

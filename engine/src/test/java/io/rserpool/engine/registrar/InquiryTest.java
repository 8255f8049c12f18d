package io.rserpool.engine.registrar;

import static io.rserpool.engine.registrar.Script.POOL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.rserpool.engine.AssociationId;
import io.rserpool.engine.AssociationKind;
import io.rserpool.engine.Effect;
import io.rserpool.engine.Input;
import io.rserpool.engine.PeerIdentity;
import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.CauseCode;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.ErrorCause;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.TransportAddress;
import io.rserpool.protocol.TransportUse;
import io.rserpool.protocol.asap.AsapRegistration;
import io.rserpool.protocol.enrp.EnrpError;
import io.rserpool.protocol.enrp.EnrpHandleTableRequest;
import io.rserpool.protocol.enrp.EnrpHandleTableResponse;
import io.rserpool.protocol.enrp.EnrpListRequest;
import io.rserpool.protocol.enrp.EnrpMessage;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What those are told who ask by ENRP, beside what [ServiceTest] shows.
class InquiryTest {

  private static final long TOOL = 900;
  private static final AsapTransport ASAP = new AsapTransport.Tcp(Script.address(200), 3863);
  private static final AsapTransport ENRP = new AsapTransport.Tcp(Script.address(200), 9901);

  private static Script started() {
    return new Script(Profile.STANDARD)
        .input(new RegistrarRequest.Start(1, List.of(ASAP), List.of(ENRP), false, List.of()));
  }

  private static Script withTool(Script script) {
    return script.up(
        TOOL,
        AssociationKind.ENRP,
        TransportAddress.Kind.TCP,
        List.of(Script.address(77)),
        PeerIdentity.ANONYMOUS);
  }

  private static Script enrp(Script script, EnrpMessage message) {
    return script.input(new Input.EnrpReceived(new AssociationId(TOOL), message, List.of()));
  }

  private static List<EnrpMessage> answers(Script script) {
    return script.effects(Effect.SendEnrp.class).stream().map(Effect.SendEnrp::message).toList();
  }

  @Test
  void sessionIsForgottenWithItsLastPiece() {
    Script script = withTool(started());
    for (int n = 1; n <= 100; n++) {
      script.joined(n);
    }
    for (boolean ownOnly : List.of(false, true)) {
      int first = firstOfTable(script, ownOnly);
      while (((EnrpHandleTableResponse) answers(script).getFirst()).moreToSend()) {
        assertThat(firstOfTable(script, ownOnly)).isNotEqualTo(first);
      }
      assertThat(firstOfTable(script, ownOnly)).isEqualTo(first);
    }
  }

  @Test
  void ownChildrenOnlyLeavesOutAnElementWithoutHome() {
    RegistrarSettings settings = RegistrarSettings.forProfile(Profile.STANDARD);
    Script script = withTool(AssociationLossTest.orphan(settings).joined(2));
    assertThat(table(script, false))
        .extracting(PoolElementParameter::elementId, PoolElementParameter::homeId)
        .containsExactlyInAnyOrder(
            tuple(ElementId.of(1), ServerId.NONE), tuple(ElementId.of(2), Script.ID));
    assertThat(table(script, true))
        .extracting(PoolElementParameter::elementId)
        .containsExactly(ElementId.of(2));
  }

  @Test
  void asapTransportOfAnElementIsWhereItsSctpAssociationComesFrom() {
    List<IpAddress> confirmed = List.of(Script.address(1), Script.address(2));
    Script script = withTool(started());
    script.up(
        1, AssociationKind.ASAP, TransportAddress.Kind.SCTP, confirmed, PeerIdentity.ANONYMOUS);
    script.asap(1, new AsapRegistration(POOL, Script.callable(1)));
    assertThat(table(script, true))
        .singleElement()
        .extracting(PoolElementParameter::asapTransport)
        .isEqualTo(new AsapTransport.Sctp(confirmed, 40_000, TransportUse.DATA_ONLY));
  }

  private static List<PoolElementParameter> table(Script script, boolean ownOnly) {
    script.seen();
    enrp(script, new EnrpHandleTableRequest(ServerId.NONE, ServerId.NONE, ownOnly));
    return ((EnrpHandleTableResponse) answers(script).getFirst())
        .pools().stream().flatMap(pool -> pool.elements().stream()).toList();
  }

  @Test
  void enrpReportsGoToTheSenderOfTheBadMessage() {
    Script script = withTool(started());
    AssociationId tool = new AssociationId(TOOL);
    List<ErrorCause> causes = List.of(ErrorCause.of(CauseCode.UNRECOGNIZED_PARAMETER));
    ServerId sender = ServerId.of(5);

    script.seen();
    script.input(new Input.EnrpReceived(tool, new EnrpListRequest(sender, ServerId.NONE), causes));
    assertThat(answers(script)).endsWith(new EnrpError(Script.ID, sender, causes));

    script.seen();
    script.input(new Input.MalformedReceived(tool, causes, "length 3 at byte 18", sender));
    script.input(new Input.MalformedReceived(tool, causes, "length 3 at byte 2"));
    script.input(new Input.MalformedReceived(tool, List.of(), "length 3 at byte 18", sender));
    assertThat(answers(script))
        .containsExactly(
            new EnrpError(Script.ID, sender, causes),
            new EnrpError(Script.ID, ServerId.NONE, causes));
  }

  private static int firstOfTable(Script script, boolean ownOnly) {
    script.seen();
    enrp(script, new EnrpHandleTableRequest(ServerId.NONE, ServerId.NONE, ownOnly));
    EnrpHandleTableResponse response = (EnrpHandleTableResponse) answers(script).getFirst();
    return response.pools().getFirst().elements().getFirst().elementId().value();
  }
}

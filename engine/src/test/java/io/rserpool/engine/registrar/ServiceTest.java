package io.rserpool.engine.registrar;

import static io.rserpool.engine.registrar.Script.MS;
import static io.rserpool.engine.registrar.Script.POOL;
import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.engine.AssociationId;
import io.rserpool.engine.AssociationKind;
import io.rserpool.engine.Effect;
import io.rserpool.engine.Engine;
import io.rserpool.engine.Input;
import io.rserpool.engine.PeerIdentity;
import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.ServerInformation;
import io.rserpool.protocol.TransportAddress;
import io.rserpool.protocol.asap.AsapServerAnnounce;
import io.rserpool.protocol.enrp.EnrpHandleTableRequest;
import io.rserpool.protocol.enrp.EnrpHandleTableResponse;
import io.rserpool.protocol.enrp.EnrpInitTakeover;
import io.rserpool.protocol.enrp.EnrpListRequest;
import io.rserpool.protocol.enrp.EnrpListResponse;
import io.rserpool.protocol.enrp.EnrpMessage;
import io.rserpool.protocol.enrp.EnrpPresence;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceTest {

  private static final long TOOL = 900;
  private static final AsapTransport ASAP = new AsapTransport.Tcp(Script.address(200), 3863);
  private static final AsapTransport ENRP = new AsapTransport.Tcp(Script.address(200), 9901);

  private static Script started(Profile profile, boolean announces) {
    return new Script(profile)
        .input(new RegistrarRequest.Start(1, List.of(ASAP), List.of(ENRP), announces, List.of()));
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

  private static List<Long> announcements(Script script) {
    return script.seen().stream()
        .filter(seen -> seen.effect() instanceof Effect.Announce)
        .map(Script.Seen::atNs)
        .toList();
  }

  @Test
  void startIsAnsweredAndTold() {
    Script script = started(Profile.STANDARD, false);
    assertThat(script.events(RegistrarEvent.Started.class)).hasSize(1);
    assertThat(script.effects(Effect.Reply.class))
        .containsExactly(new Effect.Reply(1, new RegistrarResult.Done()));
  }

  @ParameterizedTest
  @CsvSource({"STANDARD,950,1050", "RFC,1000,1000", "RSPLIB,875,1125"})
  void loneRegistrarAnnouncesItselfEverySecond(Profile profile, long leastMs, long mostMs) {
    Script script = started(profile, true);
    script.to(10_000 * MS);
    List<Long> times = announcements(script);
    assertThat(times).hasSizeBetween(9, 12);
    for (int i = 1; i < times.size(); i++) {
      assertThat(times.get(i) - times.get(i - 1)).isBetween(leastMs * MS, mostMs * MS);
    }
  }

  @Test
  void announcementsNameTheTransportsButNotInRsplib() {
    assertThat(started(Profile.RFC, true).effects(Effect.Announce.class))
        .containsExactly(new Effect.Announce(new AsapServerAnnounce(Script.ID, List.of(ASAP))));
    assertThat(started(Profile.RSPLIB, true).effects(Effect.Announce.class))
        .containsExactly(new Effect.Announce(new AsapServerAnnounce(Script.ID, List.of())));
  }

  @Test
  void registrarsThatAreHeardShareTheAnnouncements() {
    Script script = started(Profile.RFC, true);
    for (int i = 0; i < 12; i++) {
      for (int other = 1; other <= 2; other++) {
        script.input(
            new Input.AnnouncementReceived(
                Script.address(other),
                3863,
                new AsapServerAnnounce(ServerId.of(other), List.of())));
      }
      script.to((i + 1) * 1_000 * MS);
    }
    List<Long> times = announcements(script);
    assertThat(times.get(3) - times.get(2)).isEqualTo(3_000 * MS);
    script.to(40_000 * MS);
    List<Long> later = announcements(script);
    assertThat(later.getLast() - later.get(later.size() - 2)).isEqualTo(1_000 * MS);
  }

  @Test
  void stopClosesTheAssociationsAndLeavesTheElementsAlone() {
    Script script = started(Profile.STANDARD, true).joined(1).up(2);
    script.seen();
    script.input(new RegistrarRequest.Stop(7));
    assertThat(script.effects(Effect.Close.class)).hasSize(2);
    assertThat(script.effects(Effect.SendAsap.class)).isEmpty();
    assertThat(script.effects(Effect.Reply.class)).hasSize(1);
    assertThat(script.nextDeadlineNs()).isEqualTo(Engine.NEVER);
    script.seen();
    script.up(3).tick();
    assertThat(script.seen()).isEmpty();
  }

  @Test
  void statusCounts() {
    Script script = started(Profile.STANDARD, false).joined(1).joined(2);
    RegistrarResult.Status status = script.status();
    assertThat(status.elements()).isEqualTo(2);
    assertThat(status.ownElements()).isEqualTo(2);
    assertThat(status.pools()).isEqualTo(1);
    assertThat(status.ready()).isFalse();
    assertThat(status.counters())
        .containsEntry("received.ASAP_REGISTRATION", 2L)
        .containsEntry("event.Registered", 2L);
  }

  @Test
  void toolSeesPresenceAndList() {
    Script script = withTool(started(Profile.STANDARD, false).joined(1));
    script.seen();
    enrp(script, new EnrpPresence(ServerId.NONE, ServerId.NONE, true, 0, ServerInformation.NONE));
    enrp(script, new EnrpListRequest(ServerId.NONE, Script.ID));
    ServerInformation own = new ServerInformation(Script.ID, List.of(ENRP));
    List<EnrpMessage> answers = answers(script);
    assertThat(answers.getFirst())
        .isInstanceOfSatisfying(
            EnrpPresence.class,
            presence -> {
              assertThat(presence.serverInformation()).isEqualTo(own);
              assertThat(presence.replyRequired()).isFalse();
              assertThat(presence.checksum()).isEqualTo(script.status().checksum());
            });
    assertThat(answers.getLast())
        .isEqualTo(new EnrpListResponse(Script.ID, ServerId.NONE, false, List.of(own)));
  }

  @Test
  void presenceWithoutReplyRequiredIsNotAnswered() {
    Script script = withTool(started(Profile.STANDARD, false));
    script.seen();
    enrp(script, new EnrpPresence(ServerId.NONE, ServerId.NONE, false, 0, ServerInformation.NONE));
    assertThat(script.seen()).isEmpty();
  }

  @Test
  void tableComesInPiecesThatFit() {
    Script script = withTool(started(Profile.STANDARD, false));
    int count = 100;
    for (int n = 1; n <= count; n++) {
      script.joined(n);
    }
    script.seen();
    List<Integer> ids = new ArrayList<>();
    boolean more = true;
    int pieces = 0;
    while (more) {
      script.seen();
      enrp(script, new EnrpHandleTableRequest(ServerId.NONE, ServerId.NONE, false));
      EnrpHandleTableResponse response = (EnrpHandleTableResponse) answers(script).getFirst();
      response
          .pools()
          .forEach(pool -> {
            assertThat(pool.handle()).isEqualTo(POOL);
            pool.elements().forEach(e -> ids.add(e.elementId().value()));
          });
      more = response.moreToSend();
      pieces++;
    }
    assertThat(pieces).isGreaterThan(3);
    assertThat(ids).hasSize(count).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void abandonedTransferBeginsAnewAndSoDoesOneOfTheOtherKind() {
    Script script = withTool(started(Profile.STANDARD, false).answering(true));
    for (int n = 1; n <= 100; n++) {
      script.joined(n);
    }
    int first = firstOfTable(script, false);
    assertThat(firstOfTable(script, false)).isNotEqualTo(first);
    assertThat(firstOfTable(script, true)).isEqualTo(first);
    assertThat(firstOfTable(script, true)).isNotEqualTo(first);
    script.to(script.nowNs() + 1_000 * MS);
    assertThat(firstOfTable(script, true)).isEqualTo(first);
  }

  private static int firstOfTable(Script script, boolean ownOnly) {
    script.seen();
    enrp(script, new EnrpHandleTableRequest(ServerId.NONE, ServerId.NONE, ownOnly));
    EnrpHandleTableResponse response = (EnrpHandleTableResponse) answers(script).getFirst();
    return response.pools().getFirst().elements().getFirst().elementId().value();
  }

  @Test
  void emptyTableIsAnEmptyAnswer() {
    Script script = withTool(started(Profile.STANDARD, false));
    enrp(script, new EnrpHandleTableRequest(ServerId.NONE, ServerId.NONE, false));
    assertThat(answers(script))
        .containsExactly(
            new EnrpHandleTableResponse(Script.ID, ServerId.NONE, false, false, List.of()));
  }

  @Test
  void strangersTakeOverNothing() {
    Script script = withTool(started(Profile.STANDARD, false).joined(1));
    script.seen();
    enrp(script, new EnrpInitTakeover(ServerId.NONE, ServerId.NONE, Script.ID));
    enrp(script, new EnrpListRequest(ServerId.NONE, ServerId.of(6)));
    assertThat(answers(script)).isEmpty();
    assertThat(script.events(RegistrarEvent.Malformed.class)).hasSize(2);
  }
}

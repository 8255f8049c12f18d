package io.rserpool.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.engine.AssociationId;
import io.rserpool.engine.AssociationKind;
import io.rserpool.engine.Effect;
import io.rserpool.engine.EffectSink;
import io.rserpool.engine.Endpoint;
import io.rserpool.engine.Engine;
import io.rserpool.engine.Event;
import io.rserpool.engine.Input;
import io.rserpool.engine.LossReason;
import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.CauseCode;
import io.rserpool.protocol.ErrorCause;
import io.rserpool.protocol.Octets;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.ServerInformation;
import io.rserpool.protocol.asap.AsapCookie;
import io.rserpool.protocol.asap.AsapError;
import io.rserpool.protocol.asap.AsapMessage;
import io.rserpool.protocol.asap.AsapServerAnnounce;
import io.rserpool.protocol.enrp.EnrpListRequest;
import io.rserpool.protocol.enrp.EnrpPresence;
import io.rserpool.wire.AsapCodec;
import io.rserpool.wire.EnrpCodec;
import io.rserpool.wire.WireForm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class EngineHostTest {

  private static final WireForm FORM = WireForm.of(Profile.STANDARD);
  private static final AsapCodec ASAP = new AsapCodec(FORM);
  private static final EnrpCodec ENRP = new EnrpCodec(FORM);
  private static final AsapMessage KEEP_ALIVE =
      new AsapError(List.of(ErrorCause.of(CauseCode.UNSPECIFIED)));

  private static final EnrpPresence PRESENCE =
      new EnrpPresence(
          ServerId.of(7),
          ServerId.NONE,
          true,
          0xffff,
          new ServerInformation(
              ServerId.of(7), List.of(new AsapTransport.Tcp(ScriptedTransport.PEER, 9_901))));

  private record Ask(long requestId) implements Input.Request {}

  private record Answer(String text) implements Effect.Result {}

  private record Told(String describe) implements Event {
    @Override
    public Level level() {
      return Level.INFO;
    }
  }

  /// Writes down its inputs and does what the test says.
  private final class ScriptedEngine implements Engine {
    private BiConsumer<Input, EffectSink> reaction = (_, _) -> {};
    private long deadlineNs = NEVER;
    private int depth;

    @Override
    public void handle(long nowNs, Input input, EffectSink out) {
      assertThat(depth++).as("calls of the engine within a call").isZero();
      inputs.add(input);
      times.add(nowNs);
      reaction.accept(input, out);
      depth--;
    }

    @Override
    public void tick(long nowNs, EffectSink out) {
      assertThat(depth).isZero();
      deadlineNs = NEVER;
      out.accept(new Effect.Emit(new Told("tick at " + nowNs)));
    }

    @Override
    public long nextDeadlineNs() {
      return deadlineNs;
    }
  }

  private final List<Input> inputs = new ArrayList<>();
  private final List<Long> times = new ArrayList<>();
  private final List<String> told = new ArrayList<>();
  private final ScriptedTransport transport = new ScriptedTransport();
  private final ScriptedEngine engine = new ScriptedEngine();
  private long nowNs = 1_000;
  private Runnable onReply = () -> {};

  private final EngineHost host =
      new EngineHost(
          engine,
          transport,
          () -> nowNs,
          FORM,
          new EngineHost.Owner() {
            @Override
            public void event(Event event) {
              told.add(event.getClass().getSimpleName() + ": " + event.describe());
            }

            @Override
            public void reply(long requestId, Effect.Result result) {
              told.add("reply " + requestId + " " + result);
              onReply.run();
            }
          });

  @BeforeEach
  void start() {
    host.start();
  }

  private AssociationId up(AssociationKind kind) {
    AssociationId association = transport.up(1, kind);
    inputs.clear();
    return association;
  }

  @Test
  void aMessageReachesTheEngineDecodedWithTheTime() {
    AssociationId association = up(AssociationKind.ASAP);
    nowNs = 5_000;
    transport.message(association, ASAP.encode(KEEP_ALIVE), 11);
    assertThat(inputs).containsExactly(new Input.AsapReceived(association, KEEP_ALIVE, List.of()));
    assertThat(times.getLast()).isEqualTo(5_000);
  }

  @Test
  void anEnrpMessageReachesTheEngineOnAnEnrpAssociation() {
    AssociationId association = up(AssociationKind.ENRP);
    EnrpListRequest request = new EnrpListRequest(ServerId.of(1), ServerId.of(2));
    transport.message(association, ENRP.encode(request), 12);
    assertThat(inputs).containsExactly(new Input.EnrpReceived(association, request, List.of()));
  }

  @Test
  void effectsAreCarriedOutInTheirOrder() {
    AssociationId out = new AssociationId(-1);
    engine.reaction =
        (_, sink) -> {
          sink.accept(
              new Effect.Open(out, AssociationKind.ASAP, Endpoint.of(Endpoint.Scheme.TCP, "h", 1)));
          sink.accept(new Effect.SendAsap(out, KEEP_ALIVE));
          sink.accept(
              new Effect.SendEnrp(out, new EnrpListRequest(ServerId.of(1), ServerId.of(2))));
          sink.accept(new Effect.Announce(new AsapServerAnnounce(ServerId.of(1), List.of())));
          sink.accept(new Effect.AnnouncePresence(PRESENCE));
          sink.accept(new Effect.Close(out));
          sink.accept(new Effect.Abort(out, "gone already"));
        };
    host.submit(new Ask(1));
    assertThat(transport.calls)
        .containsExactly(
            "open out-1 ASAP tcp://h:1",
            "send out-1 stream=0 ppid=11",
            "send out-1 stream=0 ppid=12",
            "announce ASAP",
            "announce ENRP",
            "close out-1");
    assertThat(transport.sent.getLast()).isEqualTo(ENRP.encode(PRESENCE));
  }

  @Test
  void effectsOnAnAssociationThatIsGoneAreIgnored() {
    AssociationId association = up(AssociationKind.ASAP);
    transport.down(association, LossReason.RESET);
    engine.reaction = (_, sink) -> sink.accept(new Effect.SendAsap(association, KEEP_ALIVE));
    host.submit(new Ask(1));
    assertThat(transport.calls).isEmpty();
    assertThat(inputs.getFirst())
        .isEqualTo(new Input.AssociationDown(association, LossReason.RESET, "scripted"));
  }

  @Test
  void nothingIsHeardOfAnAssociationThatTheEngineHasClosed() {
    AssociationId association = up(AssociationKind.ASAP);
    engine.reaction = (_, sink) -> sink.accept(new Effect.Close(association));
    transport.message(association, ASAP.encode(KEEP_ALIVE), 11);
    transport.message(association, ASAP.encode(KEEP_ALIVE), 11);
    transport.down(association, LossReason.CLOSED);
    assertThat(inputs).hasSize(1);
  }

  @Test
  void aRequestFromWithinAReplyIsHandledAfterTheEffectsAtHand() {
    engine.reaction =
        (input, sink) -> {
          long id = ((Input.Request) input).requestId();
          sink.accept(new Effect.Reply(id, new Answer("a")));
          sink.accept(new Effect.Emit(new Told("after " + id)));
        };
    onReply =
        () -> {
          onReply = () -> {};
          host.submit(new Ask(2));
        };
    host.submit(new Ask(1));
    assertThat(told)
        .containsExactly(
            "reply 1 Answer[text=a]", "Told: after 1", "reply 2 Answer[text=a]", "Told: after 2");
  }

  @Test
  void aBrokenMessageReachesTheEngineWithWhatToReport() {
    AssociationId association = up(AssociationKind.ASAP);
    byte[] unknownType = {0x4f, 0, 0, 4};
    transport.message(association, unknownType, 11);
    assertThat(inputs)
        .singleElement()
        .isInstanceOfSatisfying(
            Input.MalformedReceived.class,
            malformed ->
                assertThat(malformed.reports())
                    .extracting(ErrorCause::cause)
                    .containsExactly(CauseCode.UNRECOGNIZED_MESSAGE));
  }

  @Test
  void aBrokenEnrpMessageReachesTheEngineWithItsSender() {
    AssociationId association = up(AssociationKind.ENRP);
    byte[] unknownType = {0x4f, 0, 0, 12, 1, 2, 3, 4, 0, 0, 0, 0};
    transport.message(association, unknownType, 12);
    byte[] tooShort = {0x4f, 0, 0, 4};
    transport.message(association, tooShort, 12);
    assertThat(inputs)
        .extracting(input -> ((Input.MalformedReceived) input).sender())
        .containsExactly(ServerId.of(0x0102_0304), ServerId.NONE);
  }

  @Test
  void aBrokenErrorIsNotToBeAnswered() {
    AssociationId association = up(AssociationKind.ASAP);
    byte[] errorWithoutCauses = {14, 0, 0, 4};
    transport.message(association, errorWithoutCauses, 11);
    assertThat(inputs)
        .singleElement()
        .isInstanceOfSatisfying(
            Input.MalformedReceived.class, malformed -> assertThat(malformed.reports()).isEmpty());
  }

  @Test
  void theProtocolIdentifierOfTheOtherProtocolAborts() {
    AssociationId association = up(AssociationKind.ASAP);
    transport.message(association, ASAP.encode(KEEP_ALIVE), 12);
    assertThat(transport.calls).containsExactly("abort in-1");
    assertThat(inputs)
        .singleElement()
        .isInstanceOfSatisfying(
            Input.AssociationDown.class,
            down -> assertThat(down.reason()).isEqualTo(LossReason.OFFENDING));
    assertThat(told)
        .containsExactly(
            "WrongProtocol: association=in-1 aborted: expected payload protocol 11, seen 12");
  }

  @Test
  void anAsapMessageWithoutProtocolIdentifierIsAccepted() {
    AssociationId association = up(AssociationKind.ASAP);
    transport.message(association, ASAP.encode(KEEP_ALIVE), 0);
    assertThat(inputs).containsExactly(new Input.AsapReceived(association, KEEP_ALIVE, List.of()));
  }

  @Test
  void bytesThatCannotBeFramedAreReportedBeforeTheAssociationEnds() {
    AssociationId association = up(AssociationKind.ASAP);
    Octets header = Octets.ofHex("05000003");
    engine.reaction =
        (input, sink) -> {
          if (input instanceof Input.MalformedReceived malformed) {
            sink.accept(new Effect.SendAsap(association, new AsapError(malformed.reports())));
          }
        };
    transport.unframeable(association, header);
    assertThat(transport.calls).containsExactly("send in-1 stream=0 ppid=11", "close in-1");
    assertThat(transport.sent.getFirst())
        .isEqualTo(
            ASAP.encode(new AsapError(List.of(ErrorCause.of(CauseCode.INVALID_VALUES, header)))));
    assertThat(inputs.getLast())
        .isInstanceOfSatisfying(
            Input.AssociationDown.class,
            down -> assertThat(down.reason()).isEqualTo(LossReason.OFFENDING));
  }

  @Test
  void anErrorThatCannotBeFramedIsNotReported() {
    AssociationId association = up(AssociationKind.ENRP);
    transport.unframeable(association, Octets.ofHex("0a000003"));
    assertThat(((Input.MalformedReceived) inputs.getFirst()).reports()).isEmpty();
  }

  @Test
  void aMessageThatNoBytesCanCarryIsToldAndNotThrown() {
    AssociationId association = up(AssociationKind.ASAP);
    AsapMessage giant = new AsapCookie(Octets.of(new byte[65_536]));
    engine.reaction = (_, sink) -> sink.accept(new Effect.SendAsap(association, giant));
    host.submit(new Ask(1));
    assertThat(transport.calls).isEmpty();
    assertThat(told)
        .singleElement()
        .asString()
        .startsWith("MessageUnsendable: association=in-1 ASAP_COOKIE not sent:");
  }

  @Test
  void onlyAnnouncementsAreHeardByMulticast() {
    AsapServerAnnounce announce = new AsapServerAnnounce(ServerId.of(7), List.of());
    transport.announcement(AssociationKind.ASAP, ASAP.encode(announce));
    transport.announcement(AssociationKind.ASAP, ASAP.encode(KEEP_ALIVE));
    transport.announcement(AssociationKind.ASAP, new byte[] {1, 2});
    assertThat(inputs)
        .containsExactly(new Input.AnnouncementReceived(ScriptedTransport.PEER, 3863, announce));
    assertThat(told).hasSize(2).allMatch(line -> line.startsWith("AnnouncementIgnored: "));
  }

  @Test
  void onlyPresencesAreHeardByMulticastOfRegistrars() {
    transport.announcement(AssociationKind.ENRP, ENRP.encode(PRESENCE));
    transport.announcement(
        AssociationKind.ENRP, ENRP.encode(new EnrpListRequest(ServerId.of(1), ServerId.of(2))));
    assertThat(inputs)
        .containsExactly(new Input.PresenceReceived(ScriptedTransport.PEER, 3863, PRESENCE));
    assertThat(told)
        .containsExactly(
            "AnnouncementIgnored: source=127.0.0.1 port=3863 announcement ignored:"
                + " ENRP_LIST_REQUEST is no presence");
  }

  @Test
  void aBrokenPresenceIsToldAndIgnoredWhereverItIsCutOrDamaged() {
    byte[] whole = ENRP.encode(PRESENCE);
    for (int length = 0; length < whole.length; length++) {
      transport.announcement(AssociationKind.ENRP, Arrays.copyOf(whole, length));
    }
    assertThat(inputs).isEmpty();
    assertThat(told)
        .hasSize(whole.length)
        .allMatch(line -> line.startsWith("AnnouncementIgnored: "));
    for (int bit = 0; bit < 8 * whole.length; bit++) {
      byte[] damaged = whole.clone();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      transport.announcement(AssociationKind.ENRP, damaged);
    }
    assertThat(inputs).allMatch(Input.PresenceReceived.class::isInstance);
    assertThat(inputs.size() + told.size()).isEqualTo(9 * whole.length);
  }

  @Test
  void theEngineTicksAtItsDeadlineAndNotBefore() {
    engine.deadlineNs = 2_000;
    nowNs = 1_999;
    assertThat(host.tickIfDue()).isFalse();
    nowNs = 2_000;
    assertThat(host.tickIfDue()).isTrue();
    assertThat(host.tickIfDue()).isFalse();
    assertThat(told).containsExactly("Told: tick at 2000");
    assertThat(host.nextDeadlineNs()).isEqualTo(Engine.NEVER);
  }
}

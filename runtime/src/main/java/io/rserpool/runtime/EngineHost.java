package io.rserpool.runtime;

import io.rserpool.engine.AssociationId;
import io.rserpool.engine.AssociationKind;
import io.rserpool.engine.Effect;
import io.rserpool.engine.Endpoint;
import io.rserpool.engine.Engine;
import io.rserpool.engine.Event;
import io.rserpool.engine.Input;
import io.rserpool.engine.LossReason;
import io.rserpool.protocol.CauseCode;
import io.rserpool.protocol.ErrorCause;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.Octets;
import io.rserpool.protocol.asap.AsapMessage;
import io.rserpool.protocol.enrp.EnrpMessage;
import io.rserpool.wire.Protocol;
import io.rserpool.wire.UnencodableException;
import io.rserpool.wire.WireForm;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Hosts one engine: decodes what a [Transport] delivers, hands it over with the time of a
/// [TimeSource], and carries out the effects, in their order and after the engine has returned.
///
/// One thread, the owner's. Whoever owns it hands over all input that is already there before it
/// calls
/// [#tickIfDue] (the contract of [Engine]), and calls it again at [#nextDeadlineNs]. The owner may
/// submit requests from within its call-backs: they are handled after the effects at hand. An
/// exception
/// from here is a defect of the engine or of the owner's call-backs; the host is unusable
/// afterwards.
public final class EngineHost implements Transport.Events {

  /// Who runs the host.
  public interface Owner {

    /// Something worth telling happened.
    void event(Event event);

    /// A request is answered.
    void reply(long requestId, Effect.Result result);
  }

  /// The stream of all ASAP and ENRP messages: nothing in them depends on it.
  private static final int STREAM = 0;

  private final Engine engine;
  private final Transport transport;
  private final TimeSource time;
  private final MessageCodec codec;
  private final Owner owner;

  /// The associations that the engine knows, by what they speak; only looked up, never iterated.
  private final HashMap<AssociationId, AssociationKind> known = new HashMap<>();

  private final Deque<Input> waiting = new ArrayDeque<>();
  private final List<Effect> effects = new ArrayList<>();
  private boolean busy;

  /// A host that does nothing until it is started.
  ///
  /// @param form how the members of the scope write messages
  public EngineHost(
      Engine engine, Transport transport, TimeSource time, WireForm form, Owner owner) {
    this.engine = engine;
    this.transport = transport;
    this.time = time;
    this.codec = new MessageCodec(form);
    this.owner = owner;
  }

  /// Begins to listen to the transport.
  public void start() {
    transport.start(this);
  }

  /// Hands a request of the application or the operator to the engine.
  public void submit(Input.Request request) {
    take(request);
  }

  /// Lets the engine do what is due, if anything is.
  ///
  /// @return whether anything was
  public boolean tickIfDue() {
    long nowNs = time.nowNs();
    if (busy || engine.nextDeadlineNs() > nowNs) {
      return false;
    }
    busy = true;
    engine.tick(nowNs, effects::add);
    carryOut();
    work();
    return true;
  }

  /// When [#tickIfDue] is to be called next, or [Engine#NEVER].
  public long nextDeadlineNs() {
    return engine.nextDeadlineNs();
  }

  @Override
  public void up(Transport.Up up) {
    known.put(up.association(), up.kind());
    take(
        new Input.AssociationUp(
            up.association(),
            up.kind(),
            up.transport(),
            up.peerAddresses(),
            up.peerPort(),
            up.localAddress(),
            up.identity()));
  }

  @Override
  public void down(AssociationId association, LossReason reason, String detail) {
    if (known.remove(association) != null) {
      take(new Input.AssociationDown(association, reason, detail));
    }
  }

  @Override
  public void message(
      AssociationId association,
      byte[] bytes,
      int offset,
      int length,
      int stream,
      int payloadProtocolId) {
    AssociationKind kind = known.get(association);
    if (kind == null) {
      return;
    }
    int expected = MessageCodec.protocolOf(kind).ppid();
    // RFC 5352 section 5 only recommends the identifier on ASAP messages, so none at all is
    // accepted.
    if (payloadProtocolId != expected && payloadProtocolId != 0) {
      HostEvent event = new HostEvent.WrongProtocol(association, expected, payloadProtocolId);
      owner.event(event);
      transport.abort(association, event.describe());
      down(association, LossReason.OFFENDING, event.describe());
      return;
    }
    take(codec.decode(kind, association, bytes, offset, length));
  }

  /// Lets the engine report the header, closes the association once the report is out, and tells
  /// the
  /// engine that it is gone.
  @Override
  public void unframeable(AssociationId association, Octets header, String explanation) {
    AssociationKind kind = known.get(association);
    if (kind == null) {
      return;
    }
    owner.event(new HostEvent.Unframeable(association, explanation));
    List<ErrorCause> reports =
        MessageCodec.isError(kind, header)
            ? List.of()
            : List.of(ErrorCause.of(CauseCode.INVALID_VALUES, header));
    take(new Input.MalformedReceived(association, reports, explanation));
    transport.close(association);
    down(association, LossReason.OFFENDING, explanation);
  }

  @Override
  public void announcement(
      AssociationKind kind,
      IpAddress source,
      int sourcePort,
      byte[] bytes,
      int offset,
      int length) {
    switch (codec.decodeAnnouncement(kind, source, sourcePort, bytes, offset, length)) {
      case MessageCodec.Announcement.Heard(var input) -> take(input);
      case MessageCodec.Announcement.Ignored(var explanation) ->
          owner.event(new HostEvent.AnnouncementIgnored(source, sourcePort, explanation));
    }
  }

  private void take(Input input) {
    waiting.add(input);
    if (!busy) {
      busy = true;
      work();
    }
  }

  /// Works off what waits. `busy` stays set if anything throws: the engine is in no known state
  /// then.
  private void work() {
    @Nullable Input next = waiting.poll();
    while (next != null) {
      engine.handle(time.nowNs(), next, effects::add);
      carryOut();
      next = waiting.poll();
    }
    busy = false;
  }

  private void carryOut() {
    // By index: nothing adds to the list meanwhile, since the engine has returned.
    for (int i = 0; i < effects.size(); i++) {
      carryOut(effects.get(i));
    }
    effects.clear();
  }

  private void carryOut(Effect effect) {
    switch (effect) {
      case Effect.Open(var association, var kind, var endpoint) ->
          open(association, kind, endpoint);
      case Effect.Close(var association) -> {
        if (known.remove(association) != null) {
          transport.close(association);
        }
      }
      case Effect.Abort(var association, var reason) -> {
        if (known.remove(association) != null) {
          transport.abort(association, reason);
        }
      }
      case Effect.SendAsap(var association, var message) -> sendAsap(association, message);
      case Effect.SendEnrp(var association, var message) -> sendEnrp(association, message);
      case Effect.Announce(var message) ->
          announce(AssociationKind.ASAP, () -> codec.encode(message));
      case Effect.AnnouncePresence(var message) ->
          announce(AssociationKind.ENRP, () -> codec.encode(message));
      case Effect.Reply(var requestId, var result) -> owner.reply(requestId, result);
      case Effect.Emit(var event) -> owner.event(event);
    }
  }

  private void open(AssociationId association, AssociationKind kind, Endpoint endpoint) {
    known.put(association, kind);
    transport.open(association, kind, endpoint);
  }

  private void sendAsap(AssociationId association, AsapMessage message) {
    if (!known.containsKey(association)) {
      return;
    }
    try {
      transport.send(association, codec.encode(message), STREAM, Protocol.ASAP.ppid());
    } catch (UnencodableException e) {
      owner.event(unsendable(association, message.type().rfcName(), e));
    }
  }

  private void sendEnrp(AssociationId association, EnrpMessage message) {
    if (!known.containsKey(association)) {
      return;
    }
    try {
      transport.send(association, codec.encode(message), STREAM, Protocol.ENRP.ppid());
    } catch (UnencodableException e) {
      owner.event(unsendable(association, message.type().rfcName(), e));
    }
  }

  private void announce(AssociationKind kind, Supplier<byte[]> datagram) {
    try {
      transport.announce(kind, datagram.get());
    } catch (UnencodableException e) {
      owner.event(new HostEvent.AnnouncementUnsendable(String.valueOf(e.getMessage())));
    }
  }

  private static HostEvent unsendable(
      AssociationId association, String type, UnencodableException e) {
    return new HostEvent.MessageUnsendable(association, type, String.valueOf(e.getMessage()));
  }
}

package io.rserpool.engine.registrar;

import io.rserpool.engine.AssociationId;
import io.rserpool.engine.Effect;
import io.rserpool.engine.Endpoint;
import io.rserpool.engine.Event;
import io.rserpool.protocol.asap.AsapMessage;
import io.rserpool.protocol.enrp.EnrpMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a registrar engine did under a [PeerScript], since the last time it was forgotten.
abstract class PeerRecord {

  /// An effect and when it came.
  record Seen(long atNs, Effect effect) {}

  private List<Seen> seen = new ArrayList<>();

  /// The association on which a peer speaks, if there is one.
  abstract AssociationId line(long n);

  List<Seen> seen() {
    return seen;
  }

  void forgetSeen() {
    seen = new ArrayList<>();
  }

  List<EnrpMessage> sent(long n) {
    return sent(line(n), EnrpMessage.class);
  }

  <M extends EnrpMessage> List<M> sent(long n, Class<M> kind) {
    AssociationId line = line(n);
    return line == null ? List.of() : sent(line, kind);
  }

  <M extends EnrpMessage> List<M> sent(AssociationId association, Class<M> kind) {
    return seen.stream()
        .map(Seen::effect)
        .filter(Effect.SendEnrp.class::isInstance)
        .map(Effect.SendEnrp.class::cast)
        .filter(send -> send.association().equals(association) && kind.isInstance(send.message()))
        .map(send -> kind.cast(send.message()))
        .toList();
  }

  /// When messages of a kind were sent to a peer.
  List<Long> times(long n, Class<? extends EnrpMessage> kind) {
    return seen.stream()
        .filter(one ->
            one.effect() instanceof Effect.SendEnrp(AssociationId to, EnrpMessage message)
                && to.equals(line(n))
                && kind.isInstance(message))
        .map(Seen::atNs)
        .toList();
  }

  List<AsapMessage> asapSent(AssociationId association) {
    return effects(Effect.SendAsap.class).stream()
        .filter(send -> send.association().equals(association))
        .map(Effect.SendAsap::message)
        .toList();
  }

  /// Calls of the registrar to a peer.
  long calls(long n) {
    return effects(Effect.Open.class).stream()
        .filter(open -> open.endpoint().equals(PeerScript.endpoint(n)))
        .count();
  }

  List<Long> callTimes(long n) {
    return seen.stream()
        .filter(one ->
            one.effect() instanceof Effect.Open open
                && open.endpoint().equals(PeerScript.endpoint(n)))
        .map(Seen::atNs)
        .toList();
  }

  <E extends Event> List<E> events(Class<E> kind) {
    return effects(Effect.Emit.class).stream()
        .map(Effect.Emit::event)
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }

  <F extends Effect> List<F> effects(Class<F> kind) {
    return seen.stream().map(Seen::effect).filter(kind::isInstance).map(kind::cast).toList();
  }

  Optional<AssociationId> pending(Endpoint endpoint) {
    return effects(Effect.Open.class).reversed().stream()
        .filter(open -> open.endpoint().equals(endpoint))
        .map(Effect.Open::association)
        .findFirst();
  }

  void take(long nowNs, Effect effect) {
    seen.add(new Seen(nowNs, effect));
  }
}

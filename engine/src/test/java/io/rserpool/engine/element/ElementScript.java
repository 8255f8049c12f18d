package io.rserpool.engine.element;

import io.rserpool.engine.AssociationId;
import io.rserpool.engine.Effect;
import io.rserpool.engine.Endpoint;
import io.rserpool.engine.hunt.HuntSettings;
import io.rserpool.engine.hunt.Script;
import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.CauseCode;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.ErrorCause;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.LeaveRequest;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.TransportAddress;
import io.rserpool.protocol.TransportUse;
import io.rserpool.protocol.asap.AsapDeregistrationResponse;
import io.rserpool.protocol.asap.AsapEndpointKeepAlive;
import io.rserpool.protocol.asap.AsapRegistration;
import io.rserpool.protocol.asap.AsapRegistrationResponse;
import java.util.List;
import java.util.SplittableRandom;

/// One pool element engine and the words of its registrars.
final class ElementScript {

  static final PoolHandle POOL = PoolHandle.of("echo");
  static final ElementId ID = ElementId.of(0x1234);
  static final ServerId HOME = ServerId.of(0xa);
  static final ServerId OTHER = ServerId.of(0xb);
  static final AssociationId INCOMING = new AssociationId(1);
  static final TransportAddress SERVICE =
      new AsapTransport.Tcp(Script.LOCAL, 7, TransportUse.DATA_ONLY);

  final Script script;
  private long nextRequest = 1;

  ElementScript(ElementSettings settings) {
    script = new Script(new ElementEngine(settings, new SplittableRandom(42)));
  }

  /// Settings without any random variation of times.
  static ElementSettings settings(Profile profile, int registrars) {
    HuntSettings hunt =
        HuntSettings.forProfile(profile).toBuilder()
            .registrars(Script.registrars(registrars))
            .jitterPercent(0)
            .build();
    return ElementSettings.forProfile(profile).toBuilder().hunt(hunt).t4JitterPercent(0).build();
  }

  static ElementScript of(Profile profile, int registrars) {
    return new ElementScript(settings(profile, registrars));
  }

  long request() {
    return nextRequest++;
  }

  ElementScript register(ElementId id) {
    return register(id, AsapTransport.Absent.INSTANCE);
  }

  ElementScript register(ElementId id, AsapTransport asapTransport) {
    script.give(
        new ElementRequest.Register(
            request(), POOL, id, SERVICE, new Policy.LeastUsed(0), asapTransport));
    return this;
  }

  /// Registers and lets the first registrar that is called accept.
  AssociationId registered() {
    AssociationId home = register(ID).script.called().getFirst();
    script.up(home);
    script.receive(home, accepted());
    return home;
  }

  ElementScript update(long load) {
    script.give(new ElementRequest.Update(request(), new Policy.LeastUsed(load)));
    return this;
  }

  ElementScript leave() {
    script.give(new ElementRequest.Leave(request()));
    return this;
  }

  /// The registrations among the latest effects.
  List<AsapRegistration> registrations() {
    return script.sent().stream()
        .filter(AsapRegistration.class::isInstance)
        .map(AsapRegistration.class::cast)
        .toList();
  }

  List<Long> loads() {
    return registrations().stream()
        .map(r -> ((Policy.LeastUsed) r.element().policy()).load())
        .toList();
  }

  Endpoint endpointOf(AssociationId association) {
    return script.effects().stream()
        .filter(Effect.Open.class::isInstance)
        .map(Effect.Open.class::cast)
        .filter(open -> open.association().equals(association))
        .findFirst()
        .orElseThrow()
        .endpoint();
  }

  static AsapRegistrationResponse accepted(ErrorCause... warnings) {
    return new AsapRegistrationResponse(POOL, ID, false, List.of(warnings));
  }

  static AsapRegistrationResponse rejected(ElementId id, CauseCode... causes) {
    return new AsapRegistrationResponse(
        POOL, id, true, List.of(causes).stream().map(ErrorCause::of).toList());
  }

  static AsapDeregistrationResponse deregistered(LeaveRequest leave, CauseCode... causes) {
    return new AsapDeregistrationResponse(
        POOL, ID, List.of(causes).stream().map(ErrorCause::of).toList(), leave);
  }

  static AsapEndpointKeepAlive keepAlive(ServerId from, boolean home) {
    return new AsapEndpointKeepAlive(from, home, POOL, ElementId.NONE);
  }

  static AsapTransport listening(int port) {
    return new AsapTransport.Tcp(new IpAddress.V4(0), port);
  }
}

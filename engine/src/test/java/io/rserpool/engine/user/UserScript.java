package io.rserpool.engine.user;

import io.rserpool.engine.AssociationId;
import io.rserpool.engine.hunt.HuntSettings;
import io.rserpool.engine.hunt.Script;
import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.CauseCode;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.ErrorCause;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.asap.AsapHandleResolution;
import io.rserpool.protocol.asap.AsapHandleResolutionResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// One pool user engine and the words of its registrars.
final class UserScript {

  static final PoolHandle POOL = PoolHandle.of("echo");

  final Script script;
  private long nextRequest = 1;

  UserScript(UserSettings settings) {
    script = new Script(new UserEngine(settings, new SplittableRandom(42)));
  }

  static UserSettings settings(Profile profile, int registrars) {
    HuntSettings hunt =
        HuntSettings.forProfile(profile).toBuilder()
            .registrars(Script.registrars(registrars))
            .jitterPercent(0)
            .build();
    return UserSettings.forProfile(profile).toBuilder().hunt(hunt).build();
  }

  static UserScript of(Profile profile, int registrars) {
    return new UserScript(settings(profile, registrars));
  }

  /// Finds the first registrar that is called.
  AssociationId home() {
    AssociationId home = script.pass(0).give(new UserRequest.Purge(0, POOL)).called().getFirst();
    script.up(home);
    return home;
  }

  UserScript resolve(int items) {
    script.give(new UserRequest.Resolve(nextRequest++, POOL, items));
    return this;
  }

  UserScript select() {
    return select(ElementId.NONE);
  }

  UserScript select(ElementId preferred) {
    script.give(new UserRequest.Select(nextRequest++, POOL, preferred));
    return this;
  }

  UserScript watch() {
    script.give(new UserRequest.Watch(nextRequest++, POOL));
    return this;
  }

  UserScript report(int id) {
    script.give(new UserRequest.Report(nextRequest++, POOL, ElementId.of(id)));
    return this;
  }

  /// The identifier that the latest selection chose.
  int selected() {
    return ((UserResult.Selected) script.replies().getFirst()).element().elementId().value();
  }

  List<AsapHandleResolution> questions() {
    return script.sent().stream()
        .filter(AsapHandleResolution.class::isInstance)
        .map(AsapHandleResolution.class::cast)
        .toList();
  }

  static AsapHandleResolutionResponse found(Policy policy, int... ids) {
    return found(false, policy, ids);
  }

  static AsapHandleResolutionResponse found(boolean accepted, Policy policy, int... ids) {
    return found(POOL, accepted, policy, ids);
  }

  static AsapHandleResolutionResponse found(
      PoolHandle handle, boolean accepted, Policy policy, int... ids) {
    List<PoolElementParameter> elements = new ArrayList<>();
    for (int id : ids) {
      elements.add(element(id, policy));
    }
    return new AsapHandleResolutionResponse(
        handle, accepted, new AsapHandleResolutionResponse.Found(policy, elements));
  }

  static PoolElementParameter element(int id, Policy policy) {
    return new PoolElementParameter(
        ElementId.of(id),
        ServerId.of(1),
        60,
        new AsapTransport.Tcp(Script.PEER, 7),
        policy,
        AsapTransport.Absent.INSTANCE);
  }

  static AsapHandleResolutionResponse refused(CauseCode cause) {
    return new AsapHandleResolutionResponse(
        POOL, false, new AsapHandleResolutionResponse.Refused(List.of(ErrorCause.of(cause))));
  }
}

package io.rserpool.client;

import io.rserpool.engine.AssociationKind;
import io.rserpool.engine.Endpoint;
import io.rserpool.engine.registrar.RegistrarEngine;
import io.rserpool.engine.registrar.RegistrarSetting;
import io.rserpool.engine.registrar.RegistrarSettings;
import io.rserpool.net.Node;
import io.rserpool.net.NodeOptions;
import io.rserpool.net.tls.TlsOptions;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.ServerId;
import io.rserpool.runtime.WireParameterEncoder;
import io.rserpool.wire.WireForm;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/// A registrar in this process, on a free port of the loopback interface, ready at once. Tests of
/// other modules use it as well.
public final class TestRegistrar implements AutoCloseable {

  private final Node node;
  private final Endpoint endpoint;

  private final TlsOptions tls;

  private TestRegistrar(Endpoint wanted, TlsOptions tls) {
    this.tls = tls;
    RegistrarSettings settings =
        RegistrarSettings.forProfile(Profile.STANDARD).toBuilder()
            .set(RegistrarSetting.WARM_UP, Duration.ZERO)
            .build();
    node =
        Node.start(
            new RegistrarEngine(
                settings,
                new ServerId(0x1a2b3c4d),
                new WireParameterEncoder(WireForm.STANDARD),
                new SplittableRandom(1)),
            Profile.STANDARD,
            NodeOptions.defaults("test registrar").withTls(tls),
            _ -> {});
    endpoint = node.listen(AssociationKind.ASAP, wanted);
  }

  public static TestRegistrar start() {
    return start(TlsOptions.OFF);
  }

  /// One that speaks TLS.
  public static TestRegistrar start(TlsOptions tls) {
    return new TestRegistrar(Endpoint.of(Endpoint.Scheme.TCP, "127.0.0.1", 0), tls);
  }

  /// Another registrar at the same address.
  public TestRegistrar restart() {
    close();
    return new TestRegistrar(endpoint, tls);
  }

  /// Its address, as settings have it.
  public String address() {
    return endpoint.toString();
  }

  public Scope scope() {
    return Scope.of(List.of(endpoint));
  }

  @Override
  public void close() {
    node.close();
  }
}

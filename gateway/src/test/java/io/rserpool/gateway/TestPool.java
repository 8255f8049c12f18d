package io.rserpool.gateway;

import io.rserpool.client.Scope;
import io.rserpool.client.SourceRelay;
import io.rserpool.client.TestRegistrar;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.TransportUse;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/// A registrar and some elements of a pool, all in this process.
public final class TestPool implements AutoCloseable {

  private final TestRegistrar registrar = TestRegistrar.start();
  private final List<TestElement> elements = new ArrayList<>();
  private final List<SourceRelay> relays = new ArrayList<>();
  private final PoolHandle handle;

  public TestPool(String handle, int size) {
    this.handle = PoolHandle.of(handle);
    for (int number = 1; number <= size; number++) {
      add(number);
    }
  }

  public TestElement add(int number) {
    return keep(TestElement.start(scope(), handle, number));
  }

  public TestElement add(int number, String host, int port) {
    InetAddress source = InetAddress.ofLiteral(host);
    SourceRelay relay = SourceRelay.open(registrar.address(), source);
    relays.add(relay);
    Scope scope = Scope.of(relay.address());
    return keep(TestElement.start(scope, handle, number, host, port, TransportUse.DATA_ONLY));
  }

  public TestElement addWithControl(int number) {
    return keep(
        TestElement.start(scope(), handle, number, "127.0.0.1", 0, TransportUse.DATA_PLUS_CONTROL));
  }

  private TestElement keep(TestElement element) {
    elements.add(element);
    return element;
  }

  public PoolHandle handle() {
    return handle;
  }

  public TestElement element(int number) {
    return elements.get(number - 1);
  }

  public Scope scope() {
    return registrar.scope();
  }

  /// The registrar's address.
  public String registrar() {
    return registrar.address();
  }

  @Override
  public void close() {
    elements.forEach(TestElement::close);
    relays.forEach(SourceRelay::close);
    registrar.close();
  }
}

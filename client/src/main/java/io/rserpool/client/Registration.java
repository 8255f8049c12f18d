package io.rserpool.client;

import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolHandle;
import java.util.List;

/// What an application says of the service that it registers. A value; start with [#of] and change
/// what differs.
///
/// @param handle the pool to join
/// @param port the TCP port on which the service accepts users
/// @param addresses where users reach that port: empty for the own address by which the registrar
///     is reached, which is loopback beside a registrar on this machine; TCP takes one address
/// @param policy the element's policy values; all elements of a pool have the same type
/// @param elementId the identifier, or [ElementId#NONE] to have one chosen at random
/// @param callPort the TCP port on which registrars can call this element: 0 for any free one
/// @param calls whether registrars can call this element
/// @param isPersistent whether to go on trying in the background when no registrar answers at
///     first, instead of failing
/// @param listener told of everything that happens to the element
public record Registration(
    PoolHandle handle,
    int port,
    List<IpAddress> addresses,
    Policy policy,
    ElementId elementId,
    int callPort,
    RegistrarCalls calls,
    boolean isPersistent,
    ElementListener listener) {

  public Registration {
    addresses = List.copyOf(addresses);
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("a service port is 1 to 65535, but this is " + port);
    }
    if (callPort < 0 || callPort > 65_535) {
      throw new IllegalArgumentException("a call port is 0 to 65535, but this is " + callPort);
    }
    if (addresses.size() > 1) {
      throw new IllegalArgumentException(
          "a TCP service has one address, but these are " + addresses);
    }
  }

  /// A service on a TCP port of this machine, in a round robin pool.
  public static Registration of(PoolHandle handle, int port) {
    return builder(handle, port).build();
  }

  /// A registration to be completed.
  public static Builder builder(PoolHandle handle, int port) {
    return new Builder(handle, port);
  }

  /// Collects what differs from a plain round robin element. For one thread.
  public static final class Builder {
    private final PoolHandle handle;
    private final int port;
    private List<IpAddress> addresses = List.of();
    private Policy policy = Policy.RoundRobin.INSTANCE;
    private ElementId elementId = ElementId.NONE;
    private int callPort;
    private RegistrarCalls calls = RegistrarCalls.AUTOMATIC;
    private boolean isPersistent;
    private ElementListener listener = ElementListener.SILENT;

    private Builder(PoolHandle handle, int port) {
      this.handle = handle;
      this.port = port;
    }

    /// Where users reach the service.
    public Builder address(IpAddress address) {
      addresses = List.of(address);
      return this;
    }

    /// The policy values.
    public Builder policy(Policy newPolicy) {
      policy = newPolicy;
      return this;
    }

    /// The identifier to have.
    public Builder elementId(ElementId newElementId) {
      elementId = newElementId;
      return this;
    }

    /// The port on which registrars call.
    public Builder callPort(int newCallPort) {
      callPort = newCallPort;
      return this;
    }

    /// Whether registrars can call the element.
    public Builder calls(RegistrarCalls newCalls) {
      calls = newCalls;
      return this;
    }

    /// Whether to go on in the background when no registrar answers at first.
    public Builder persistent(boolean newIsPersistent) {
      isPersistent = newIsPersistent;
      return this;
    }

    /// Who is told of what happens.
    public Builder listener(ElementListener newListener) {
      listener = newListener;
      return this;
    }

    /// The registration.
    ///
    /// @throws IllegalArgumentException if a number is out of its range
    public Registration build() {
      return new Registration(
          handle, port, addresses, policy, elementId, callPort, calls, isPersistent, listener);
    }
  }
}

package io.rserpool.client;

import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.TransportAddress;
import java.util.List;

/// What an application says of the service that it registers. A value; start with [#of] and change
/// what differs.
///
/// @param handle the pool to join
/// @param userTransport where users reach the service, as
///     [io.rserpool.client.channel.ServicePort#address] tells it; an unspecified TCP address stands
///     for the own one by which the registrar is reached, which is loopback beside a registrar on
///     this machine
/// @param policy the element's policy values; all elements of a pool have the same type
/// @param elementId the identifier, or [ElementId#NONE] to have one chosen at random
/// @param callPort the port on which registrars can call this element: 0 for any free one
/// @param calls whether registrars can call this element
/// @param isPersistent whether to go on trying in the background when no registrar answers at
///     first, instead of failing
/// @param listener told of everything that happens to the element
public record Registration(
    PoolHandle handle,
    AsapTransport userTransport,
    Policy policy,
    ElementId elementId,
    int callPort,
    RegistrarCalls calls,
    boolean isPersistent,
    ElementListener listener) {

  /// Stands for the own address.
  private static final IpAddress OWN_ADDRESS = new IpAddress.V4(0);

  /// Checks the ports.
  public Registration {
    if (userTransport.kind() == TransportAddress.Kind.NONE
        || userTransport.port() < 1
        || userTransport.port() > 65_535) {
      throw new IllegalArgumentException(
          "a service port is 1 to 65535, but this is " + userTransport.port());
    }
    if (callPort < 0 || callPort > 65_535) {
      throw new IllegalArgumentException("a call port is 0 to 65535, but this is " + callPort);
    }
  }

  /// {@return the port of the service}
  public int port() {
    return userTransport.port();
  }

  /// {@return where users reach that port; empty for the own address}
  public List<IpAddress> addresses() {
    return userTransport.addresses().stream().filter(one -> !one.isUnspecified()).toList();
  }

  /// The same with the own address filled in where it is meant.
  AsapTransport userTransport(IpAddress own) {
    return addresses().isEmpty() && userTransport instanceof AsapTransport.Tcp tcp
        ? new AsapTransport.Tcp(own, tcp.port(), tcp.use())
        : userTransport;
  }

  /// {@return a service on a TCP port of this machine, in a round robin pool}
  ///
  /// @param handle the pool
  /// @param port where the service listens, 1 to 65535
  public static Registration of(PoolHandle handle, int port) {
    return builder(handle, port).build();
  }

  /// {@return a registration to be completed, of a service on a TCP port of this machine}
  ///
  /// @param handle the pool
  /// @param port where the service listens, 1 to 65535
  public static Builder builder(PoolHandle handle, int port) {
    return builder(handle, tcp(OWN_ADDRESS, port));
  }

  /// {@return a registration to be completed, of a service over SCTP or TCP}
  ///
  /// @param handle the pool
  /// @param userTransport where users reach the service
  public static Builder builder(PoolHandle handle, AsapTransport userTransport) {
    return new Builder(handle, userTransport);
  }

  private static AsapTransport.Tcp tcp(IpAddress address, int port) {
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("a service port is 1 to 65535, but this is " + port);
    }
    return new AsapTransport.Tcp(address, port);
  }

  /// Collects what differs from a plain round robin element. For one thread.
  public static final class Builder {
    private final PoolHandle handle;
    private AsapTransport userTransport;
    private Policy policy = Policy.RoundRobin.INSTANCE;
    private ElementId elementId = ElementId.NONE;
    private int callPort;
    private RegistrarCalls calls = RegistrarCalls.AUTOMATIC;
    private boolean isPersistent;
    private ElementListener listener = ElementListener.SILENT;

    private Builder(PoolHandle handle, AsapTransport userTransport) {
      this.handle = handle;
      this.userTransport = userTransport;
    }

    /// Where users reach the service over TCP.
    ///
    /// @param address where users reach the service
    /// @return this builder
    public Builder address(IpAddress address) {
      userTransport = new AsapTransport.Tcp(address, userTransport.port(), userTransport.use());
      return this;
    }

    /// The policy values.
    ///
    /// @param newPolicy the policy values
    /// @return this builder
    public Builder policy(Policy newPolicy) {
      policy = newPolicy;
      return this;
    }

    /// The identifier to have.
    ///
    /// @param newElementId the identifier
    /// @return this builder
    public Builder elementId(ElementId newElementId) {
      elementId = newElementId;
      return this;
    }

    /// The port on which registrars call.
    ///
    /// @param newCallPort the port, 0 for any free one
    /// @return this builder
    public Builder callPort(int newCallPort) {
      callPort = newCallPort;
      return this;
    }

    /// Whether registrars can call the element.
    ///
    /// @param newCalls whether registrars can call
    /// @return this builder
    public Builder calls(RegistrarCalls newCalls) {
      calls = newCalls;
      return this;
    }

    /// Whether to go on in the background when no registrar answers at first.
    ///
    /// @param newIsPersistent whether it is so
    /// @return this builder
    public Builder persistent(boolean newIsPersistent) {
      isPersistent = newIsPersistent;
      return this;
    }

    /// Who is told of what happens.
    ///
    /// @param newListener who is told
    /// @return this builder
    public Builder listener(ElementListener newListener) {
      listener = newListener;
      return this;
    }

    /// {@return the registration}
    ///
    /// @throws IllegalArgumentException if a number is out of its range
    public Registration build() {
      return new Registration(
          handle, userTransport, policy, elementId, callPort, calls, isPersistent, listener);
    }
  }
}

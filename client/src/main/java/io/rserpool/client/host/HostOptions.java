package io.rserpool.client.host;

import io.rserpool.client.ElementListener;
import io.rserpool.client.RegistrarCalls;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.TransportAddress;
import io.rserpool.protocol.TransportUse;
import java.time.Duration;
import java.util.List;

/// How a [ServiceHost] serves. A value; start with [#builder].
///
/// @param handle the pool to join
/// @param transport how users come: TCP or SCTP
/// @param use whether there is a control channel for cookies and keep-alives beside the data, which
///     all
/// elements of a pool have or none. SCTP usually has one; TCP with one is spoken by rserpool only,
///     and not in profile `rfc`
/// @param addresses the own addresses on which users are accepted and which are registered, one for
///     TCP; none for the one by which the registrars are reached, for SCTP all there are
/// @param port the port on which users are accepted; 0 for any free one
/// @param policy the element's policy values; a load in them is reported by the host
/// @param elementId the identifier, or [ElementId#NONE] to have one chosen at random
/// @param maxSessions how many users are served at once; further ones are turned away
/// @param idleTimeout how long a user may send nothing while the service waits for it; zero for
///     ever
/// @param sendTimeout how long a user may take nothing of what is sent
/// @param calls whether registrars can call this element
/// @param callPort the TCP port for such calls; 0 for any free one
/// @param isPersistent whether to start although no registrar answers yet
/// @param listener told of what happens to the element
/// @param cookies what becomes of the service's cookies on their way
/// @param successors elements of the pool that users should turn to first if this one fails, in
///     this
///     order (RFC 5352 section 3.9)
/// @param hostListener told of what happens in the sessions
public record HostOptions(
    PoolHandle handle,
    TransportAddress.Kind transport,
    TransportUse use,
    List<IpAddress> addresses,
    int port,
    Policy policy,
    ElementId elementId,
    int maxSessions,
    Duration idleTimeout,
    Duration sendTimeout,
    RegistrarCalls calls,
    int callPort,
    boolean isPersistent,
    ElementListener listener,
    Cookies cookies,
    List<PoolElementParameter> successors,
    HostListener hostListener) {

  /// Checks the values.
  public HostOptions {
    addresses = List.copyOf(addresses);
    successors = List.copyOf(successors);
    switch (transport) {
      case TCP -> {
        if (addresses.size() > 1) {
          throw new IllegalArgumentException(
              "a TCP service has one address, but these are " + addresses);
        }
      }
      case SCTP -> {
        // As many as there are.
      }
      case UDP, UDP_LITE, DCCP, OPAQUE, NONE ->
          throw new IllegalArgumentException(
              "a service is reached over TCP or SCTP, not over " + transport);
    }
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("a port is 0 to 65535, but this is " + port);
    }
    if (maxSessions < 1) {
      throw new IllegalArgumentException("a host serves 1 session or more, not " + maxSessions);
    }
    if (idleTimeout.isNegative() || !sendTimeout.isPositive()) {
      throw new IllegalArgumentException(
          "an idle time-out is zero or more and a send time-out positive, but they are %s and %s"
              .formatted(idleTimeout, sendTimeout));
    }
  }

  /// {@return options to be completed: any free port, round robin, over TCP, 1,000 sessions}
  ///
  /// @param handle the pool
  public static Builder builder(PoolHandle handle) {
    return new Builder(handle);
  }

  /// Collects what differs. For one thread.
  public static final class Builder {
    private final PoolHandle handle;
    private TransportAddress.Kind transport = TransportAddress.Kind.TCP;
    private TransportUse use = TransportUse.DATA_ONLY;
    private List<IpAddress> addresses = List.of();
    private int port;
    private Policy policy = Policy.RoundRobin.INSTANCE;
    private ElementId elementId = ElementId.NONE;
    private int maxSessions = 1_000;
    private Duration idleTimeout = Duration.ofMinutes(10);
    private Duration sendTimeout = Duration.ofSeconds(10);
    private RegistrarCalls calls = RegistrarCalls.AUTOMATIC;
    private int callPort;
    private boolean isPersistent;
    private ElementListener listener = ElementListener.SILENT;
    private Cookies cookies = Cookies.Unsealed.UNDECIDED;
    private List<PoolElementParameter> successors = List.of();
    private HostListener hostListener = HostListener.SILENT;

    private Builder(PoolHandle handle) {
      this.handle = handle;
    }

    /// How users come: over TCP by a stream of bytes, over SCTP with a control channel.
    ///
    /// @param newTransport the new value
    /// @return this builder
    public Builder transport(TransportAddress.Kind newTransport) {
      return transport(
          newTransport,
          newTransport == TransportAddress.Kind.SCTP
              ? TransportUse.DATA_PLUS_CONTROL
              : TransportUse.DATA_ONLY);
    }

    /// How users come, and whether there is a control channel for cookies and keep-alives.
    ///
    /// @param newTransport the new value
    /// @param newUse the new value
    /// @return this builder
    public Builder transport(TransportAddress.Kind newTransport, TransportUse newUse) {
      transport = newTransport;
      use = newUse;
      return this;
    }

    /// What becomes of the service's cookies on their way.
    ///
    /// @param newCookies the new value
    /// @return this builder
    public Builder cookies(Cookies newCookies) {
      cookies = newCookies;
      return this;
    }

    /// To whom users should turn first if this element fails.
    ///
    /// @param newSuccessors the new value
    /// @return this builder
    public Builder successors(List<PoolElementParameter> newSuccessors) {
      successors = List.copyOf(newSuccessors);
      return this;
    }

    /// Who is told of what happens in the sessions.
    ///
    /// @param newHostListener the new value
    /// @return this builder
    public Builder hostListener(HostListener newHostListener) {
      hostListener = newHostListener;
      return this;
    }

    /// Where users are accepted.
    ///
    /// @param address where users reach the service
    /// @return this builder
    public Builder address(IpAddress address) {
      return addresses(List.of(address));
    }

    /// Where users are accepted, if there are several addresses.
    ///
    /// @param newAddresses the new value
    /// @return this builder
    public Builder addresses(List<IpAddress> newAddresses) {
      addresses = List.copyOf(newAddresses);
      return this;
    }

    /// The port on which users are accepted.
    ///
    /// @param newPort how many
    /// @return this builder
    public Builder port(int newPort) {
      port = newPort;
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

    /// How many users are served at once.
    ///
    /// @param newMaxSessions how many
    /// @return this builder
    public Builder maxSessions(int newMaxSessions) {
      maxSessions = newMaxSessions;
      return this;
    }

    /// How long a user may be silent; zero for ever.
    ///
    /// @param newIdleTimeout the time
    /// @return this builder
    public Builder idleTimeout(Duration newIdleTimeout) {
      idleTimeout = newIdleTimeout;
      return this;
    }

    /// How long a user may take nothing.
    ///
    /// @param newSendTimeout the time
    /// @return this builder
    public Builder sendTimeout(Duration newSendTimeout) {
      sendTimeout = newSendTimeout;
      return this;
    }

    /// Whether registrars can call this element.
    ///
    /// @param newCalls whether registrars can call
    /// @return this builder
    public Builder calls(RegistrarCalls newCalls) {
      calls = newCalls;
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

    /// Whether to start although no registrar answers yet.
    ///
    /// @param newIsPersistent whether it is so
    /// @return this builder
    public Builder persistent(boolean newIsPersistent) {
      isPersistent = newIsPersistent;
      return this;
    }

    /// Who is told of what happens to the element.
    ///
    /// @param newListener who is told
    /// @return this builder
    public Builder listener(ElementListener newListener) {
      listener = newListener;
      return this;
    }

    /// {@return the options}
    ///
    /// @throws IllegalArgumentException if one is out of its range
    public HostOptions build() {
      return new HostOptions(
          handle,
          transport,
          use,
          addresses,
          port,
          policy,
          elementId,
          maxSessions,
          idleTimeout,
          sendTimeout,
          calls,
          callPort,
          isPersistent,
          listener,
          cookies,
          successors,
          hostListener);
    }
  }
}

package io.rserpool.net;

/// How a [Node] uses the network; what is not set has the default of profile `standard`.
///
/// @param name names the node's thread and its log lines, such as `registrar`
/// @param tcp limits and timers of TCP associations
/// @param multicast the group for announcements, or [MulticastOptions#OFF]
/// @param presenceMulticast the group in which registrars find each other, or
///     [MulticastOptions#OFF]
public record NodeOptions(
    String name, TcpOptions tcp, MulticastOptions multicast, MulticastOptions presenceMulticast) {

  public NodeOptions {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a node needs a name for its thread and its log lines");
    }
  }

  /// Default limits, no multicast.
  public static NodeOptions defaults(String name) {
    return new NodeOptions(name, TcpOptions.defaults(), MulticastOptions.OFF, MulticastOptions.OFF);
  }

  /// The same with other limits and timers of TCP.
  public NodeOptions withTcp(TcpOptions newTcp) {
    return new NodeOptions(name, newTcp, multicast, presenceMulticast);
  }

  /// The same with another multicast group for announcements.
  public NodeOptions withMulticast(MulticastOptions newMulticast) {
    return new NodeOptions(name, tcp, newMulticast, presenceMulticast);
  }

  /// The same with another multicast group for registrars among themselves.
  public NodeOptions withPresenceMulticast(MulticastOptions newMulticast) {
    return new NodeOptions(name, tcp, multicast, newMulticast);
  }
}

package io.rserpool.net;

import io.rserpool.net.sctp.SctpOptions;
import io.rserpool.net.sctp.SctpStack;
import io.rserpool.net.sctp.SctpStacks;
import io.rserpool.net.tls.TlsOptions;
import java.util.List;
import java.util.function.Consumer;

/// How a [Node] uses the network; what is not set has the default of profile `standard`.
///
/// @param name names the node's thread and its log lines, such as `registrar`
/// @param tcp limits and timers of TCP associations; the limits are those of SCTP, too
/// @param multicast the group for announcements, or [MulticastOptions#OFF]
/// @param presenceMulticast the group in which registrars find each other, or
///     [MulticastOptions#OFF]
/// @param sctp timers of SCTP associations
/// @param sctpStacks the implementations of SCTP, in the order in which they are tried
/// @param tls whether and how all associations are secured
public record NodeOptions(
    String name,
    TcpOptions tcp,
    MulticastOptions multicast,
    MulticastOptions presenceMulticast,
    SctpOptions sctp,
    List<SctpStack> sctpStacks,
    TlsOptions tls) {

  public NodeOptions {
    sctpStacks = List.copyOf(sctpStacks);
    if (name.isBlank()) {
      throw new IllegalArgumentException("a node needs a name for its thread and its log lines");
    }
  }

  /// Default limits, no multicast, every implementation of SCTP that is installed.
  public static NodeOptions defaults(String name) {
    return new NodeOptions(
        name,
        TcpOptions.defaults(),
        MulticastOptions.OFF,
        MulticastOptions.OFF,
        SctpOptions.defaults(),
        SctpStacks.installed(),
        TlsOptions.OFF);
  }

  /// The same with other limits and timers of TCP.
  public NodeOptions withTcp(TcpOptions newTcp) {
    return with(parts -> parts.tcp = newTcp);
  }

  /// The same with another multicast group for announcements.
  public NodeOptions withMulticast(MulticastOptions newMulticast) {
    return with(parts -> parts.multicast = newMulticast);
  }

  /// The same with another multicast group for registrars among themselves.
  public NodeOptions withPresenceMulticast(MulticastOptions newMulticast) {
    return with(parts -> parts.presenceMulticast = newMulticast);
  }

  /// The same with other timers of SCTP.
  public NodeOptions withSctp(SctpOptions newSctp) {
    return with(parts -> parts.sctp = newSctp);
  }

  /// The same with other implementations of SCTP.
  public NodeOptions withSctpStacks(List<SctpStack> newStacks) {
    return with(parts -> parts.sctpStacks = newStacks);
  }

  /// The same with or without TLS.
  public NodeOptions withTls(TlsOptions newTls) {
    return with(parts -> parts.tls = newTls);
  }

  private NodeOptions with(Consumer<Parts> change) {
    Parts parts = new Parts(this);
    change.accept(parts);
    return parts.options();
  }

  /// The parts of the options, to be changed.
  private static final class Parts {
    private final String name;
    private TcpOptions tcp;
    private MulticastOptions multicast;
    private MulticastOptions presenceMulticast;
    private SctpOptions sctp;
    private List<SctpStack> sctpStacks;
    private TlsOptions tls;

    Parts(NodeOptions options) {
      name = options.name;
      tcp = options.tcp;
      multicast = options.multicast;
      presenceMulticast = options.presenceMulticast;
      sctp = options.sctp;
      sctpStacks = options.sctpStacks;
      tls = options.tls;
    }

    NodeOptions options() {
      return new NodeOptions(name, tcp, multicast, presenceMulticast, sctp, sctpStacks, tls);
    }
  }
}

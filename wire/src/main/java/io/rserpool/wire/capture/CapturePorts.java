package io.rserpool.wire.capture;

import io.rserpool.wire.Protocol;
import java.util.List;
import java.util.Optional;

/// Which ports speak which protocol. SCTP tells the protocol itself; TCP and UDP need the port.
///
/// @param asap ports of ASAP
/// @param enrp ports of ENRP
public record CapturePorts(List<Integer> asap, List<Integer> enrp) {

  public CapturePorts {
    asap = List.copyOf(asap);
    enrp = List.copyOf(enrp);
  }

  /// The registered ports.
  public static CapturePorts defaults() {
    return new CapturePorts(List.of(Protocol.ASAP.port()), List.of(Protocol.ENRP.port()));
  }

  /// What two ends speak, if one of them has such a port. The destination counts first.
  Optional<Protocol> protocolOf(int source, int destination) {
    return protocolOf(destination).or(() -> protocolOf(source));
  }

  private Optional<Protocol> protocolOf(int port) {
    return asap.contains(port)
        ? Optional.of(Protocol.ASAP)
        : enrp.contains(port) ? Optional.of(Protocol.ENRP) : Optional.empty();
  }
}

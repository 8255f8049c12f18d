package io.rserpool.engine.registrar;

import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.TransportAddress;

/// How many bytes messages take, never less than in truth: engines know no bytes, but a response
/// has
/// to fit into a message of 65535.
final class ResponseSize {

  /// The longest message.
  static final int MESSAGE_MAX = 65_535;

  /// Message header, flags and the fields before the first parameter, amply.
  static final int MESSAGE_OVERHEAD = 32;

  private static final int PARAMETER = 4;
  private static final int ELEMENT_FIELDS = 16;

  private static final int NUMBER = 4;

  private static final int TRANSPORT_FIELDS = 8;
  private static final int IPV4 = 8;
  private static final int IPV6 = 20;

  /// No element is smaller.
  static final int ELEMENT_MIN = 40;

  private ResponseSize() {}

  static int of(PoolHandle handle) {
    return PARAMETER + padded(handle.size());
  }

  static int of(PoolElementParameter element) {
    return ELEMENT_FIELDS
        + of(element.userTransport())
        + of(element.policy())
        + of(element.asapTransport());
  }

  /// An element as registrars tell each other.
  static int ofOwned(PoolElementParameter element) {
    return of(element) + ofRegistrant(element.registrant());
  }

  static int ofRegistrant(String registrant) {
    return registrant.isEmpty() ? 0 : PARAMETER + padded(registrant.length());
  }

  static int of(Policy policy) {
    return 2 * PARAMETER
        + switch (policy) {
          case Policy.RoundRobin _, Policy.Random _ -> 0;
          case Policy.WeightedRoundRobin _,
              Policy.WeightedRandom _,
              Policy.Priority _,
              Policy.LeastUsed _,
              Policy.RandomizedLeastUsed _,
              Policy.MostUsed _ ->
              NUMBER;
          case Policy.LeastUsedDegradation _,
              Policy.PriorityLeastUsed _,
              Policy.RandomizedPriorityLeastUsed _,
              Policy.RandomizedLeastUsedDegradation _,
              Policy.PriorityLeastUsedDegradation _,
              Policy.RandomizedPriorityLeastUsedDegradation _ ->
              2 * NUMBER;
          case Policy.WeightedRandomDpf _, Policy.LeastUsedDpf _ -> 3 * NUMBER;
          case Policy.LeastUsedDegradationDpf _,
              Policy.PriorityLeastUsedDpf _,
              Policy.PriorityLeastUsedDegradationDpf _ ->
              4 * NUMBER;
          case Policy.Extension extension -> padded(extension.fields().size());
        };
  }

  static int of(TransportAddress transport) {
    return switch (transport) {
      case AsapTransport.Absent _ -> 0;
      case TransportAddress.Opaque opaque -> PARAMETER + padded(opaque.octets().size());
      case TransportAddress.Dccp dccp -> PARAMETER + TRANSPORT_FIELDS + addresses(dccp);
      case TransportAddress.Udp udp -> TRANSPORT_FIELDS + addresses(udp);
      case TransportAddress.UdpLite lite -> TRANSPORT_FIELDS + addresses(lite);
      case AsapTransport.Tcp tcp -> TRANSPORT_FIELDS + addresses(tcp);
      case AsapTransport.Sctp sctp -> TRANSPORT_FIELDS + addresses(sctp);
    };
  }

  /// What is left for elements in a handle resolution response.
  static int roomForElements(PoolHandle handle, Policy policy) {
    return MESSAGE_MAX - MESSAGE_OVERHEAD - of(handle) - of(policy);
  }

  private static int addresses(TransportAddress transport) {
    int bytes = 0;
    for (IpAddress address : transport.addresses()) {
      bytes +=
          switch (address) {
            case IpAddress.V4 _ -> IPV4;
            case IpAddress.V6 _ -> IPV6;
          };
    }
    return bytes;
  }

  private static int padded(int bytes) {
    return (bytes + 3) & ~3;
  }
}

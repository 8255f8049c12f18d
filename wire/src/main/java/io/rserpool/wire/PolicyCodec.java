package io.rserpool.wire;

import io.rserpool.protocol.Policy;

/// The Pool Member Selection Policy parameter (RFC 5354 section 3.8, RFC 5356).
///
///     0                   1                   2                   3
///     0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///    +-------------------------------+-------------------------------+
///    |           Type = 8            |            Length             |
///    +-------------------------------+-------------------------------+
///    |                          Policy Type                          |
///    +---------------------------------------------------------------+
///    :     Fields of that policy, 4 bytes each, in the order of      :
///    :     the components of its record                              :
///    +---------------------------------------------------------------+
///
/// Longer data than a policy's fields is ignored. A policy that we do not know keeps its fields as
/// bytes. The numbers 0 and 0x40000000 name no policy.
final class PolicyCodec {

  private static final long ADAPTIVE = 0x4000_0000L;

  private PolicyCodec() {}

  static Policy read(WireReader in) {
    long mark = in.open(TypeCodes.POLICY);
    long type = in.u32();
    Policy policy =
        switch ((int) type) {
          case (int) Policy.RoundRobin.TYPE -> Policy.RoundRobin.INSTANCE;
          case (int) Policy.WeightedRoundRobin.TYPE -> new Policy.WeightedRoundRobin(in.u32());
          case (int) Policy.Random.TYPE -> new Policy.Random();
          case (int) Policy.WeightedRandom.TYPE -> new Policy.WeightedRandom(in.u32());
          case (int) Policy.Priority.TYPE -> new Policy.Priority(in.u32());
          case (int) Policy.LeastUsed.TYPE -> new Policy.LeastUsed(in.u32());
          case (int) Policy.LeastUsedDegradation.TYPE ->
              new Policy.LeastUsedDegradation(in.u32(), in.u32());
          case (int) Policy.PriorityLeastUsed.TYPE ->
              new Policy.PriorityLeastUsed(in.u32(), in.u32());
          case (int) Policy.RandomizedLeastUsed.TYPE -> new Policy.RandomizedLeastUsed(in.u32());
          case (int) Policy.RandomizedPriorityLeastUsed.TYPE ->
              new Policy.RandomizedPriorityLeastUsed(in.u32(), in.u32());
          case (int) Policy.RandomizedLeastUsedDegradation.TYPE ->
              new Policy.RandomizedLeastUsedDegradation(in.u32(), in.u32());
          case (int) Policy.PriorityLeastUsedDegradation.TYPE ->
              new Policy.PriorityLeastUsedDegradation(in.u32(), in.u32());
          case (int) Policy.RandomizedPriorityLeastUsedDegradation.TYPE ->
              new Policy.RandomizedPriorityLeastUsedDegradation(in.u32(), in.u32());
          case (int) Policy.WeightedRandomDpf.TYPE ->
              new Policy.WeightedRandomDpf(in.u32(), in.u32(), in.u32());
          case (int) Policy.LeastUsedDpf.TYPE ->
              new Policy.LeastUsedDpf(in.u32(), in.u32(), in.u32());
          case (int) Policy.LeastUsedDegradationDpf.TYPE ->
              new Policy.LeastUsedDegradationDpf(in.u32(), in.u32(), in.u32(), in.u32());
          case (int) Policy.PriorityLeastUsedDpf.TYPE ->
              new Policy.PriorityLeastUsedDpf(in.u32(), in.u32(), in.u32(), in.u32());
          case (int) Policy.PriorityLeastUsedDegradationDpf.TYPE ->
              new Policy.PriorityLeastUsedDegradationDpf(in.u32(), in.u32(), in.u32(), in.u32());
          case (int) Policy.MostUsed.TYPE -> new Policy.MostUsed(in.u32());
          case 0, (int) ADAPTIVE -> throw in.invalid("0x%08x is no policy type".formatted(type));
          default -> new Policy.Extension(type, in.octets(in.remaining()));
        };
    in.close(mark);
    return policy;
  }

  static void write(WireWriter out, Policy policy) {
    int mark = out.open(TypeCodes.POLICY);
    out.u32(policy.type());
    switch (policy) {
      case Policy.RoundRobin _, Policy.Random _ -> {}
      case Policy.WeightedRoundRobin(long weight) -> out.u32(weight);
      case Policy.WeightedRandom(long weight) -> out.u32(weight);
      case Policy.Priority(long priority) -> out.u32(priority);
      case Policy.LeastUsed(long load) -> out.u32(load);
      case Policy.LeastUsedDegradation(long load, long degradation) ->
          write(out, load, degradation);
      case Policy.PriorityLeastUsed(long load, long degradation) -> write(out, load, degradation);
      case Policy.RandomizedLeastUsed(long load) -> out.u32(load);
      case Policy.RandomizedPriorityLeastUsed(long load, long degradation) ->
          write(out, load, degradation);
      case Policy.RandomizedLeastUsedDegradation(long load, long degradation) ->
          write(out, load, degradation);
      case Policy.PriorityLeastUsedDegradation(long load, long degradation) ->
          write(out, load, degradation);
      case Policy.RandomizedPriorityLeastUsedDegradation(long load, long degradation) ->
          write(out, load, degradation);
      case Policy.WeightedRandomDpf(long weight, long dpf, long distance) ->
          write(out, weight, dpf, distance);
      case Policy.LeastUsedDpf(long load, long dpf, long distance) ->
          write(out, load, dpf, distance);
      case Policy.LeastUsedDegradationDpf(long load, long degradation, long dpf, long distance) ->
          write(out, load, degradation, dpf, distance);
      case Policy.PriorityLeastUsedDpf(long load, long degradation, long dpf, long distance) ->
          write(out, load, degradation, dpf, distance);
      case Policy.PriorityLeastUsedDegradationDpf(
              long load,
              long degradation,
              long dpf,
              long distance) ->
          write(out, load, degradation, dpf, distance);
      case Policy.MostUsed(long load) -> out.u32(load);
      case Policy.Extension extension -> writeExtension(out, extension);
    }
    out.close(mark);
  }

  private static void write(WireWriter out, long... fields) {
    for (long field : fields) {
      out.u32(field);
    }
  }

  private static void writeExtension(WireWriter out, Policy.Extension extension) {
    if (extension.type() == 0 || extension.type() == ADAPTIVE || isOurs(extension.type())) {
      throw out.unencodable(
          "an extension policy has a type number of its own, but this one has 0x%08x"
              .formatted(extension.type()));
    }
    out.octets(extension.fields());
  }

  /// Whether we have a record for this policy type, so that an extension must not use it.
  private static boolean isOurs(long type) {
    return isBetween(type, Policy.RoundRobin.TYPE, Policy.Priority.TYPE)
        || isBetween(type, Policy.LeastUsed.TYPE, Policy.RandomizedLeastUsed.TYPE)
        || isBetween(
            type,
            Policy.RandomizedPriorityLeastUsed.TYPE,
            Policy.RandomizedPriorityLeastUsedDegradation.TYPE)
        || isBetween(
            type, Policy.WeightedRandomDpf.TYPE, Policy.PriorityLeastUsedDegradationDpf.TYPE)
        || type == Policy.MostUsed.TYPE;
  }

  private static boolean isBetween(long type, long first, long last) {
    return first <= type && type <= last;
  }
}

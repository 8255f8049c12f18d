package io.rserpool.cli.decode;

import io.rserpool.protocol.Octets;
import io.rserpool.protocol.Policy;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Names of policies and of their fields, in the order of the bytes (RFC 5356).
///
/// @param name the short name used in the RFCs and in rsplib
/// @param fields names of the 32-bit fields after the policy type
record PolicyLayout(String name, List<String> fields) {

  private static final String LOAD = "load";
  private static final String DEGRADATION = "loadDegradation";
  private static final String DISTANCE = "distance";

  private static final Map<Long, PolicyLayout> LAYOUTS = new TreeMap<>();

  static {
    add(Policy.RoundRobin.TYPE, "RR");
    add(Policy.WeightedRoundRobin.TYPE, "WRR", "weight");
    add(Policy.Random.TYPE, "RAND");
    add(Policy.WeightedRandom.TYPE, "WRAND", "weight");
    add(Policy.Priority.TYPE, "PRIO", "priority");
    add(Policy.LeastUsed.TYPE, "LU", LOAD);
    add(Policy.LeastUsedDegradation.TYPE, "LUD", LOAD, DEGRADATION);
    add(Policy.PriorityLeastUsed.TYPE, "PLU", LOAD, DEGRADATION);
    add(Policy.RandomizedLeastUsed.TYPE, "RLU", LOAD);
    add(Policy.RandomizedPriorityLeastUsed.TYPE, "RPLU", LOAD, DEGRADATION);
    add(Policy.RandomizedLeastUsedDegradation.TYPE, "RLUD", LOAD, DEGRADATION);
    add(Policy.PriorityLeastUsedDegradation.TYPE, "PLUD", LOAD, DEGRADATION);
    add(Policy.RandomizedPriorityLeastUsedDegradation.TYPE, "RPLUD", LOAD, DEGRADATION);
    add(Policy.WeightedRandomDpf.TYPE, "WRAND-DPF", "weight", "weightDpf", DISTANCE);
    add(Policy.LeastUsedDpf.TYPE, "LU-DPF", LOAD, "loadDpf", DISTANCE);
    add(Policy.LeastUsedDegradationDpf.TYPE, "LUD-DPF", LOAD, DEGRADATION, "loadDpf", DISTANCE);
    add(Policy.PriorityLeastUsedDpf.TYPE, "PLU-DPF", LOAD, DEGRADATION, "loadDpf", DISTANCE);
    add(
        Policy.PriorityLeastUsedDegradationDpf.TYPE,
        "PLUD-DPF",
        LOAD,
        DEGRADATION,
        "loadDpf",
        DISTANCE);
    add(Policy.MostUsed.TYPE, "MU", LOAD);
  }

  /// The fields of a policy parameter's value, which has 4 bytes or more.
  static Map<String, Object> describe(Octets value) {
    long type = Bytes.u32(value, 0);
    PolicyLayout layout = LAYOUTS.getOrDefault(type, new PolicyLayout("unknown", List.of()));
    Node.Fields fields =
        new Node.Fields().put("policy", layout.name).put("type", "0x%08x".formatted(type));
    int at = 4;
    for (String field : layout.fields) {
      if (at + 4 <= value.size()) {
        fields.put(field, Bytes.u32(value, at));
      }
      at += 4;
    }
    if (at < value.size()) {
      fields.put("more", value.toHex().substring(2 * at));
    }
    return fields.all();
  }

  private static void add(long type, String name, String... fields) {
    LAYOUTS.put(type, new PolicyLayout(name, List.of(fields)));
  }
}

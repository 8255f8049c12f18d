package io.rserpool.registrar;

import io.rserpool.net.sctp.SctpOptions;
import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/// Reads the section `sctp` of a configuration: the timers by which a path that fails is noticed.
final class SctpSection {

  private static final SequencedMap<String, BiConsumer<SctpOptions.Builder, String>> KEYS = keys();

  private final YamlFile file;

  SctpSection(YamlFile file) {
    this.file = file;
  }

  /// The options, with the defaults of what is not there.
  SctpOptions read(@Nullable Node node) {
    SctpOptions.Builder builder = SctpOptions.defaults().toBuilder();
    new OptionSection<>(file, "sctp", KEYS).read(node, change -> change.accept(builder));
    try {
      return builder.build();
    } catch (IllegalArgumentException e) {
      // Only what was read can be wrong.
      file.mistake(YamlFile.lineOf(Objects.requireNonNull(node)), "sctp: " + e.getMessage());
      return SctpOptions.defaults();
    }
  }

  private static SequencedMap<String, BiConsumer<SctpOptions.Builder, String>> keys() {
    SequencedMap<String, BiConsumer<SctpOptions.Builder, String>> keys = new LinkedHashMap<>();
    keys.put("heartbeat", (b, v) -> b.heartbeat(TransportSection.time(v)));
    keys.put("rto-initial", (b, v) -> b.rtoInitial(TransportSection.time(v)));
    keys.put("rto-min", (b, v) -> b.rtoMin(TransportSection.time(v)));
    keys.put("rto-max", (b, v) -> b.rtoMax(TransportSection.time(v)));
    keys.put("path-retransmissions", (b, v) -> b.pathRetransmissions(Integer.parseInt(v)));
    keys.put(
        "association-retransmissions", (b, v) -> b.associationRetransmissions(Integer.parseInt(v)));
    return keys;
  }
}

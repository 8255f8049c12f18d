package io.rserpool.registrar;

import io.rserpool.net.sctp.SctpOptions;
import java.util.LinkedHashMap;
import java.util.List;
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
    if (node != null) {
      file.section("sctp", node).forEach((name, value) -> read(builder, "sctp." + name, value));
      try {
        return builder.build();
      } catch (IllegalArgumentException e) {
        file.mistake(YamlFile.lineOf(node), "sctp: " + e.getMessage());
      }
    }
    return SctpOptions.defaults();
  }

  private void read(SctpOptions.Builder builder, String key, Node value) {
    BiConsumer<SctpOptions.Builder, String> setter = KEYS.get(key);
    if (setter == null) {
      file.unknown(key, value, List.copyOf(KEYS.sequencedKeySet()));
      return;
    }
    file.text(key, value)
        .ifPresent(text -> {
          try {
            setter.accept(builder, text.text());
          } catch (NumberFormatException _) {
            file.mistake(text, "a whole number, or a time such as 250ms or 1.5s");
          }
        });
  }

  private static SequencedMap<String, BiConsumer<SctpOptions.Builder, String>> keys() {
    SequencedMap<String, BiConsumer<SctpOptions.Builder, String>> keys = new LinkedHashMap<>();
    keys.put("sctp.heartbeat", (b, v) -> b.heartbeat(TransportSection.time(v)));
    keys.put("sctp.rto-initial", (b, v) -> b.rtoInitial(TransportSection.time(v)));
    keys.put("sctp.rto-min", (b, v) -> b.rtoMin(TransportSection.time(v)));
    keys.put("sctp.rto-max", (b, v) -> b.rtoMax(TransportSection.time(v)));
    keys.put("sctp.path-retransmissions", (b, v) -> b.pathRetransmissions(Integer.parseInt(v)));
    keys.put(
        "sctp.association-retransmissions",
        (b, v) -> b.associationRetransmissions(Integer.parseInt(v)));
    return keys;
  }
}

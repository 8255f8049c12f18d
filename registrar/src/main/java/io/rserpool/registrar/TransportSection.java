package io.rserpool.registrar;

import io.rserpool.net.TcpOptions;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/// Reads the section `transport` of a configuration.
final class TransportSection {

  private static final SequencedMap<String, BiConsumer<TcpOptions.Builder, String>> KEYS = keys();

  private final OptionSection<TcpOptions.Builder> section;

  TransportSection(YamlFile file) {
    section = new OptionSection<>(file, "transport", KEYS);
  }

  /// The options, with the defaults of what is not there.
  TcpOptions read(@Nullable Node node) {
    TcpOptions.Builder builder = TcpOptions.builder();
    section.read(
        node,
        change -> {
          // Each is checked by itself, so that its own line is told.
          TcpOptions.Builder trial = TcpOptions.builder();
          change.accept(trial);
          TcpOptions _ = trial.build();
          change.accept(builder);
        });
    return builder.build();
  }

  private static SequencedMap<String, BiConsumer<TcpOptions.Builder, String>> keys() {
    SequencedMap<String, BiConsumer<TcpOptions.Builder, String>> keys = new LinkedHashMap<>();
    keys.put("send-queue-bytes-max", (b, v) -> b.sendQueueBytesMax(Integer.parseInt(v)));
    keys.put("drain-timeout", (b, v) -> b.drainTimeout(time(v)));
    keys.put("message-bytes-max", (b, v) -> b.messageBytesMax(Integer.parseInt(v)));
    keys.put("message-timeout", (b, v) -> b.messageTimeout(time(v)));
    keys.put("first-message-timeout", (b, v) -> b.firstMessageTimeout(time(v)));
    keys.put("silent-per-address-max", (b, v) -> b.silentPerAddressMax(Integer.parseInt(v)));
    keys.put("silent-max", (b, v) -> b.silentMax(Integer.parseInt(v)));
    keys.put("connect-timeout", (b, v) -> b.connectTimeout(time(v)));
    keys.put("connect-stagger", (b, v) -> b.connectStagger(time(v)));
    keys.put("user-timeout", (b, v) -> b.userTimeout(time(v)));
    return keys;
  }

  /// `250ms` or `1.5s`.
  static Duration time(String text) {
    int scale = text.endsWith("ms") ? 6 : 9;
    if (!text.endsWith("s")) {
      throw new NumberFormatException(text);
    }
    String number = text.substring(0, text.length() - (scale == 6 ? 2 : 1));
    try {
      return Duration.ofNanos(new BigDecimal(number).movePointRight(scale).longValueExact());
    } catch (ArithmeticException _) {
      throw new NumberFormatException(text);
    }
  }
}

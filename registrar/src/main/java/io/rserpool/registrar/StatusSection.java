package io.rserpool.registrar;

import io.rserpool.net.status.StatusOptions;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/// Reads the section `status-reports` of a configuration: the monitor, and how often it is told.
final class StatusSection {

  private static final String MONITOR = "status-reports.monitor";
  private static final String INTERVAL = "status-reports.interval";
  private static final List<String> KEYS = List.of(MONITOR, INTERVAL);

  private final YamlFile file;
  private StatusOptions options = StatusOptions.OFF;

  StatusSection(YamlFile file) {
    this.file = file;
  }

  /// Reports are off if no monitor is given.
  StatusOptions read(@Nullable Node node) {
    if (node != null) {
      file.section("status-reports", node)
          .forEach((name, value) -> read("status-reports." + name, value));
    }
    return options;
  }

  private void read(String key, Node value) {
    if (!KEYS.contains(key)) {
      file.unknown(key, value, KEYS);
      return;
    }
    file.text(key, value)
        .ifPresent(text ->
            set(
                text,
                key.equals(MONITOR)
                    ? old -> old.withMonitor(text.text())
                    : old -> old.withInterval(TransportSection.time(text.text()))));
  }

  private void set(YamlFile.Text text, UnaryOperator<StatusOptions> change) {
    try {
      options = change.apply(options);
    } catch (NumberFormatException _) {
      file.mistake(text, "a time such as 250ms or 1.5s");
    } catch (IllegalArgumentException e) {
      file.mistake(text.line(), text.key() + ": " + e.getMessage());
    }
  }
}

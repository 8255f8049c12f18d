package io.rserpool.registrar;

import java.util.List;
import java.util.SequencedMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/// Reads a section of a configuration whose keys are options, each a number or a time.
///
/// @param <B> what collects the options
final class OptionSection<B> {

  private final YamlFile file;
  private final String name;
  private final SequencedMap<String, BiConsumer<B, String>> keys;

  /// @param name of the section
  /// @param keys sets each option, by its key without that name
  OptionSection(YamlFile file, String name, SequencedMap<String, BiConsumer<B, String>> keys) {
    this.file = file;
    this.name = name;
    this.keys = keys;
  }

  /// @param change carries out what a line says; throws if that cannot be
  void read(@Nullable Node node, Consumer<Consumer<B>> change) {
    if (node != null) {
      file.section(name, node).forEach((key, value) -> read(key, value, change));
    }
  }

  private void read(String key, Node value, Consumer<Consumer<B>> change) {
    String full = name + "." + key;
    BiConsumer<B, String> setter = keys.get(key);
    if (setter == null) {
      List<String> known = keys.sequencedKeySet().stream().map(k -> name + "." + k).toList();
      file.unknown(full, value, known);
      return;
    }
    file.text(full, value)
        .ifPresent(text -> {
          try {
            change.accept(builder -> setter.accept(builder, text.text()));
          } catch (NumberFormatException _) {
            file.mistake(text, "a whole number, or a time such as 250ms or 1.5s");
          } catch (IllegalArgumentException e) {
            file.mistake(text.line(), full + ": " + e.getMessage());
          }
        });
  }
}

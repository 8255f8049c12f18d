package io.rserpool.registrar;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedCollection;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/// The text of a YAML file with the line of everything in it, and the mistakes found so far. Values
/// are
/// plain text here; what they mean is the reader's business.
final class YamlFile {

  /// A text with its place.
  ///
  /// @param key the keys that lead to it, with dots between
  /// @param line from 1
  record Text(String key, String text, int line) {}

  private final String name;

  /// Mistakes by line, and in order of discovery within one.
  private final TreeMap<Integer, List<String>> mistakes = new TreeMap<>();

  YamlFile(String name) {
    this.name = name;
  }

  /// The keys and values at the top.
  SequencedMap<String, Node> parse(String text) {
    try {
      LoadSettings settings = LoadSettings.builder().setLabel(name).build();
      StreamReader characters = new StreamReader(settings, text);
      Optional<Node> root =
          new Composer(settings, new ParserImpl(settings, characters)).getSingleNode();
      if (root.isEmpty()) {
        return new LinkedHashMap<>();
      }
      if (root.get() instanceof MappingNode mapping) {
        return entries("", mapping);
      }
      mistake(lineOf(root.get()), "expected keys with values such as 'profile: standard'");
    } catch (MarkedYamlEngineException e) {
      mistake(
          e.getProblemMark().map(YamlFile::lineOf).orElse(1), "this is no YAML: " + e.getProblem());
    } catch (YamlEngineException e) {
      mistake(1, "this is no YAML: " + e.getMessage());
    }
    return new LinkedHashMap<>();
  }

  /// The keys and values below a key.
  SequencedMap<String, Node> section(String key, Node node) {
    if (node instanceof MappingNode mapping) {
      return entries(key + ".", mapping);
    }
    mistake(lineOf(node), key + ": expected keys with values, given " + describe(node));
    return new LinkedHashMap<>();
  }

  /// A single value.
  Optional<Text> text(String key, Node node) {
    if (node instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
      return Optional.of(new Text(key, scalar.getValue(), lineOf(node)));
    }
    mistake(lineOf(node), key + ": expected one value, given " + describe(node));
    return Optional.empty();
  }

  /// A list of values; a single value is a list of one.
  List<Text> list(String key, Node node) {
    if (!(node instanceof SequenceNode sequence)) {
      return text(key, node).stream().toList();
    }
    List<Text> items = new ArrayList<>();
    for (Node item : sequence.getValue()) {
      text(key, item).ifPresent(items::add);
    }
    return items;
  }

  /// Notes a key that nobody knows.
  void unknown(String key, Node value, SequencedCollection<String> known) {
    String similar =
        Spelling.nearest(key, known).map(near -> "; did you mean '" + near + "'?").orElse("");
    mistake(lineOf(value), key + ": there is no such key" + similar);
  }

  /// Notes what is wrong with a value.
  void mistake(Text at, String expected) {
    mistake(at.line(), at.key() + ": expected " + expected + ", given '" + at.text() + "'");
  }

  /// Notes a mistake.
  void mistake(int line, String what) {
    mistakes.computeIfAbsent(line, _ -> new ArrayList<>()).add(name + ":" + line + ": " + what);
  }

  /// Throws if there were mistakes.
  void check() {
    if (!mistakes.isEmpty()) {
      throw new ConfigException(mistakes.values().stream().flatMap(List::stream).toList());
    }
  }

  static int lineOf(Node node) {
    return node.getStartMark().map(YamlFile::lineOf).orElse(1);
  }

  private static int lineOf(Mark mark) {
    return mark.getLine() + 1;
  }

  private SequencedMap<String, Node> entries(String prefix, MappingNode mapping) {
    SequencedMap<String, Node> entries = new LinkedHashMap<>();
    for (NodeTuple entry : mapping.getValue()) {
      Node keyNode = entry.getKeyNode();
      if (!(keyNode instanceof ScalarNode key)) {
        mistake(lineOf(keyNode), prefix + ": expected a key, given " + describe(keyNode));
      } else if (entries.putIfAbsent(key.getValue(), entry.getValueNode()) != null) {
        mistake(lineOf(keyNode), prefix + key.getValue() + ": this key is there twice");
      }
    }
    return entries;
  }

  private static String describe(Node node) {
    return switch (node) {
      case ScalarNode scalar when scalar.getValue().isBlank() -> "nothing";
      case ScalarNode scalar -> "'" + scalar.getValue() + "'";
      case SequenceNode _ -> "a list";
      case MappingNode _ -> "keys with values";
      default -> "something else";
    };
  }
}

package io.rserpool.registrar;

import io.rserpool.engine.access.AddressRange;
import io.rserpool.engine.access.ElementIdRange;
import io.rserpool.engine.access.IdentityPattern;
import io.rserpool.engine.access.PoolPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.snakeyaml.engine.v2.nodes.Node;

/// Reads the values of a policy; what makes no sense is among the mistakes.
final class PolicyValues {

  private static final int COUNT_MAX = 1_000_000;

  private final YamlFile file;

  PolicyValues(YamlFile file) {
    this.file = file;
  }

  List<IdentityPattern> identities(String key, Node node) {
    return list(
        key,
        node,
        IdentityPattern::parse,
        "a pattern of names such as \"rserpool://scope/element/*\", \"*\", authenticated or"
            + " anonymous");
  }

  List<PoolPattern> pools(String key, Node node) {
    return list(
        key, node, PoolPattern::parse, "a pattern of pools such as echo, \"echo*\" or \"*\"");
  }

  List<AddressRange> addresses(String key, Node node) {
    return list(key, node, AddressRange::parse, "a range such as 10.0.0.0/8 or 2001:db8::/32");
  }

  List<ElementIdRange> elementIds(String key, Node node) {
    return list(
        key, node, ElementIdRange::parse, "element identifiers such as 0x100-0x1ff or 0x2a");
  }

  /// A whole number from 1 on; 0 after a mistake.
  int count(String key, Node node) {
    Optional<YamlFile.Text> given = file.text(key, node);
    try {
      int count = given.map(text -> Integer.parseInt(text.text())).orElse(0);
      if (given.isEmpty() || (count >= 1 && count <= COUNT_MAX)) {
        return count;
      }
    } catch (NumberFormatException _) {
      // Told below, as what is out of range is.
    }
    file.mistake(given.orElseThrow(), "a whole number from 1 to " + COUNT_MAX);
    return 0;
  }

  boolean flag(String key, Node node) {
    Optional<YamlFile.Text> given = file.text(key, node);
    String word = given.map(YamlFile.Text::text).orElse("off");
    return switch (word) {
      case "on", "true" -> true;
      case "off", "false" -> false;
      default -> {
        file.mistake(given.orElseThrow(), "on or off");
        yield false;
      }
    };
  }

  private <T> List<T> list(String key, Node node, Function<String, T> parser, String expected) {
    List<T> values = new ArrayList<>();
    for (YamlFile.Text text : file.list(key, node)) {
      try {
        values.add(parser.apply(text.text()));
      } catch (IllegalArgumentException e) {
        file.mistake(text, expected(expected, e));
      }
    }
    return values;
  }

  /// A range that begins in its middle is told where it begins.
  private static String expected(String usual, IllegalArgumentException e) {
    String problem = String.valueOf(e.getMessage());
    String begins = "a range begins with its first address, which is ";
    return problem.startsWith(begins)
        ? problem.substring(begins.length(), problem.indexOf(',', begins.length()))
        : usual;
  }
}

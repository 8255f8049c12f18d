package io.rserpool.registrar;

import io.rserpool.engine.access.AccessRule;
import io.rserpool.engine.access.IdentityPattern;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/// Reads one rule of a policy.
final class PolicyRuleReader {

  private static final List<String> KEYS =
      List.of(
          "who",
          "register",
          "addresses",
          "element-ids",
          "elements",
          "resolve",
          "watch",
          "report",
          "report-rate",
          "report-burst",
          "remove",
          "dump");

  private final YamlFile file;
  private final PolicyValues values;
  private final String name;

  /// @param name of the rule, for messages
  PolicyRuleReader(YamlFile file, PolicyValues values, String name) {
    this.file = file;
    this.values = values;
    this.name = name;
  }

  /// Nothing if nobody can tell whom it is about; then that is among the mistakes.
  Optional<AccessRule> read(Node node) {
    SequencedMap<String, Node> keys = file.section(name, node);
    keys.forEach((key, value) -> {
      if (!KEYS.contains(key)) {
        file.unknown(key(key), value, KEYS.stream().map(this::key).toList());
      }
    });
    requires(keys, "addresses", "register");
    requires(keys, "element-ids", "register");
    requires(keys, "elements", "register");
    requires(keys, "report-rate", "report");
    requires(keys, "report-burst", "report");
    List<IdentityPattern> who = who(keys, node);
    if (who.isEmpty()) {
      return Optional.empty();
    }
    AccessRule.Builder rule = AccessRule.about(who);
    int rate = 0;
    int burst = 0;
    for (var entry : keys.entrySet()) {
      String key = key(entry.getKey());
      Node value = entry.getValue();
      switch (entry.getKey()) {
        case "register" -> rule.register(values.pools(key, value));
        case "addresses" -> rule.addresses(values.addresses(key, value));
        case "element-ids" -> rule.elementIds(values.elementIds(key, value));
        case "elements" -> rule.elements(values.count(key, value));
        case "resolve" -> rule.resolve(values.pools(key, value));
        case "watch" -> rule.watch(values.pools(key, value));
        case "report" -> rule.report(values.pools(key, value));
        case "report-rate" -> rate = values.count(key, value);
        case "report-burst" -> burst = values.count(key, value);
        case "remove" -> rule.remove(values.flag(key, value));
        case "dump" -> rule.dump(values.flag(key, value));
        default -> {} // Who it is about, or a mistake.
      }
    }
    return Optional.of(rule.reportLimit(rate, burst).build());
  }

  private List<IdentityPattern> who(SequencedMap<String, Node> keys, Node node) {
    Node given = keys.get("who");
    if (given == null) {
      if (!keys.isEmpty()) {
        file.mistake(
            YamlFile.lineOf(node), key("who") + ": expected whom the rule is about, given nothing");
      }
      return List.of();
    }
    List<IdentityPattern> who = values.identities(key("who"), given);
    if (given instanceof SequenceNode list && list.getValue().isEmpty()) {
      file.mistake(
          YamlFile.lineOf(given), key("who") + ": expected one pattern or more, given none");
    }
    return who;
  }

  private void requires(SequencedMap<String, Node> keys, String key, String other) {
    Node value = keys.get(key);
    if (value != null && !keys.containsKey(other)) {
      file.mistake(
          YamlFile.lineOf(value),
          "%s: says nothing without %s, which is not there".formatted(key(key), key(other)));
    }
  }

  private String key(String key) {
    return name + "." + key;
  }
}

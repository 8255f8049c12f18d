package io.rserpool.registrar;

import io.rserpool.engine.access.AccessPolicy;
import io.rserpool.engine.access.AccessRule;
import io.rserpool.engine.access.IdentityPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/// Reads a policy and collects the mistakes of the whole file, see [PolicyFile].
final class PolicyReader {

  private static final List<String> KEYS = List.of("registrars", "denied", "rules");

  /// A value that begins with a star outside quotes.
  private static final Pattern BARE_STAR = Pattern.compile("[\\[,:-]\\s*\\*");

  private static final String HINT = "; a star is written in quotes: \"*\"";

  private final YamlFile file;
  private final PolicyValues values;

  PolicyReader(String name) {
    this.file = new YamlFile(name);
    this.values = new PolicyValues(file);
  }

  AccessPolicy read(String text) {
    SequencedMap<String, Node> top = file.parse(text);
    top.forEach((key, node) -> {
      if (!KEYS.contains(key)) {
        file.unknown(key, node, KEYS);
      }
    });
    List<IdentityPattern> registrars =
        identities("registrars", top.get("registrars"), AccessPolicy.defaultRegistrars());
    List<IdentityPattern> denied = identities("denied", top.get("denied"), List.of());
    List<AccessRule> rules = rules(top.get("rules"));
    try {
      file.check();
    } catch (ConfigException e) {
      throw new ConfigException(
          e.mistakes().stream().map(mistake -> hinted(mistake, text)).toList());
    }
    return AccessPolicy.of(registrars, denied, rules);
  }

  /// Outside quotes, YAML takes a star for the name of something else.
  private static String hinted(String mistake, String text) {
    boolean mayBeStar =
        mistake.contains(": this is no YAML: ")
            && text.lines().anyMatch(line -> BARE_STAR.matcher(line).find());
    return mayBeStar ? mistake.replaceAll("\\s+", " ") + HINT : mistake;
  }

  private List<IdentityPattern> identities(
      String key, @Nullable Node node, List<IdentityPattern> otherwise) {
    return node == null ? otherwise : values.identities(key, node);
  }

  private List<AccessRule> rules(@Nullable Node node) {
    if (node == null) {
      return AccessPolicy.defaultRules();
    }
    if (!(node instanceof SequenceNode list)) {
      file.mistake(
          YamlFile.lineOf(node), "rules: expected a list of rules, each beginning with '- who:'");
      return List.of();
    }
    List<AccessRule> rules = new ArrayList<>();
    for (Node item : list.getValue()) {
      new PolicyRuleReader(file, values, "rules[" + (rules.size() + 1) + "]")
          .read(item)
          .ifPresentOrElse(rules::add, () -> rules.add(nothing()));
    }
    return rules;
  }

  /// Keeps the place of a rule that has mistakes, so that the others keep their numbers.
  private static AccessRule nothing() {
    return AccessRule.about("anonymous").build();
  }
}

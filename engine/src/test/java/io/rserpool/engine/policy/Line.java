package io.rserpool.engine.policy;

import io.rserpool.protocol.Policy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/// A pool whose members have names of one letter, so that a selection reads as a word.
final class Line {

  /// A member with a name.
  static final class Named extends Member {
    private final String name;
    private Policy policy;

    Named(String name, Policy policy) {
      this.name = name;
      this.policy = policy;
    }

    @Override
    public Policy policy() {
      return policy;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private final Selection<Named> selection;
  private final Map<String, Named> members = new LinkedHashMap<>();
  private final RandomGenerator random;

  Line(PolicyRules rules, Policy policy, long seed) {
    this(rules.find(policy.type()).orElseThrow().newSelection(), seed);
  }

  Line(Selection<Named> selection, long seed) {
    this.selection = selection;
    this.random = new SplittableRandom(seed);
  }

  /// A pool by the rules of the RFCs.
  static Line of(Policy policy) {
    return new Line(
        PolicyRules.standard(new SelectionSettings(1, 1, SelectionSettings.ALL, 0)), policy, 1);
  }

  Line add(String name, Policy policy) {
    Named member = new Named(name, policy);
    members.put(name, member);
    selection.add(member);
    return this;
  }

  Line renew(String name, Policy policy) {
    Named member = members.get(name);
    Policy before = member.policy;
    member.policy = policy;
    selection.renew(member, before);
    return this;
  }

  Line remove(String name) {
    selection.remove(members.remove(name));
    return this;
  }

  String select(int items) {
    return word(selection.select(items, random));
  }

  String preview(int items) {
    return word(selection.preview(items, random));
  }

  /// The words of several answers.
  String select(int items, int answers) {
    StringBuilder words = new StringBuilder();
    for (int i = 0; i < answers; i++) {
      words.append(i == 0 ? "" : " ").append(select(items));
    }
    return words.toString();
  }

  private static String word(List<Named> selected) {
    return selected.stream().map(Named::toString).collect(Collectors.joining());
  }
}

package io.rserpool.engine.policy;

import static io.rserpool.engine.policy.Loads.distant;
import static io.rserpool.engine.policy.Loads.left;
import static io.rserpool.engine.policy.Loads.sum;
import static io.rserpool.engine.policy.Loads.times;

import io.rserpool.protocol.Policy;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The policies that a node knows, by type number.
public final class PolicyRules {

  private final SortedMap<Long, PolicyRule> byType;

  private PolicyRules(SortedMap<Long, PolicyRule> byType) {
    this.byType = Collections.unmodifiableSortedMap(byType);
  }

  /// All policies that this library has values for.
  public static PolicyRules standard(SelectionSettings settings) {
    PolicyRules rules =
        new PolicyRules(new TreeMap<>())
            .with(new RoundRobinRule(settings.turnSteps()))
            .with(new WeightedRoundRobinRule(settings.turnSteps()))
            .with(new UniformRule());
    rules = withRanked(rules, settings.rankSteps());
    rules = withDegrading(rules, settings.degradationSteps());
    rules = withWeighted(rules);
    return withRandomizedLeastUsed(rules, settings);
  }

  /// Policies that sort by values which a selection does not change.
  private static PolicyRules withRanked(PolicyRules rules, int steps) {
    return rules
        .with(
            typed(Policy.Priority.TYPE, Policy.Priority.class)
                .ranked(steps, (p, _) -> Policy.FULL - p.priority()))
        .with(
            typed(Policy.LeastUsed.TYPE, Policy.LeastUsed.class).ranked(steps, (p, _) -> p.load()))
        .with(
            typed(Policy.PriorityLeastUsed.TYPE, Policy.PriorityLeastUsed.class)
                .ranked(steps, (p, _) -> sum(p.load(), p.degradation())))
        .with(
            typed(Policy.LeastUsedDpf.TYPE, Policy.LeastUsedDpf.class)
                .ranked(steps, (p, _) -> sum(p.load(), times(p.loadDpf(), p.distance()))))
        .with(
            typed(Policy.PriorityLeastUsedDpf.TYPE, Policy.PriorityLeastUsedDpf.class)
                .ranked(
                    steps,
                    (p, _) ->
                        sum(sum(p.load(), p.degradation()), times(p.loadDpf(), p.distance()))))
        .with(
            typed(Policy.MostUsed.TYPE, Policy.MostUsed.class)
                .ranked(steps, (p, _) -> mostUsedRank(p.load())));
  }

  /// Policies that sort by values to which each selection adds some load.
  private static PolicyRules withDegrading(PolicyRules rules, int steps) {
    return rules
        .with(
            typed(Policy.LeastUsedDegradation.TYPE, Policy.LeastUsedDegradation.class)
                .ranked(steps, (p, count) -> sum(p.load(), times(p.degradation(), count))))
        .with(
            typed(
                    Policy.PriorityLeastUsedDegradation.TYPE,
                    Policy.PriorityLeastUsedDegradation.class)
                .ranked(steps, (p, count) -> sum(p.load(), times(p.degradation(), count + 1L))))
        .with(
            typed(Policy.LeastUsedDegradationDpf.TYPE, Policy.LeastUsedDegradationDpf.class)
                .ranked(
                    steps,
                    (p, count) ->
                        sum(
                            sum(p.load(), times(p.degradation(), count)),
                            times(p.loadDpf(), p.distance()))))
        .with(
            typed(
                    Policy.PriorityLeastUsedDegradationDpf.TYPE,
                    Policy.PriorityLeastUsedDegradationDpf.class)
                .ranked(
                    steps,
                    (p, count) ->
                        sum(
                            sum(p.load(), times(p.degradation(), count + 1L)),
                            times(p.loadDpf(), p.distance()))));
  }

  private static PolicyRules withWeighted(PolicyRules rules) {
    return rules
        .with(
            typed(Policy.WeightedRandom.TYPE, Policy.WeightedRandom.class)
                .weighted(0, (p, _) -> p.weight()))
        .with(
            typed(Policy.WeightedRandomDpf.TYPE, Policy.WeightedRandomDpf.class)
                .weighted(0, (p, _) -> distant(p.weight(), p.weightDpf(), p.distance())));
  }

  private static PolicyRules withRandomizedLeastUsed(
      PolicyRules rules, SelectionSettings settings) {
    int steps = settings.degradationSteps();
    long min = settings.leastUsedWeightMin();
    return rules
        .with(
            typed(Policy.RandomizedLeastUsed.TYPE, Policy.RandomizedLeastUsed.class)
                .weighted(0, (p, _) -> left(p.load(), min)))
        .with(
            typed(Policy.RandomizedPriorityLeastUsed.TYPE, Policy.RandomizedPriorityLeastUsed.class)
                .weighted(0, (p, _) -> left(sum(p.load(), p.degradation()), min)))
        .with(
            typed(
                    Policy.RandomizedLeastUsedDegradation.TYPE,
                    Policy.RandomizedLeastUsedDegradation.class)
                .weighted(
                    steps, (p, count) -> left(sum(p.load(), times(p.degradation(), count)), min)))
        .with(
            typed(
                    Policy.RandomizedPriorityLeastUsedDegradation.TYPE,
                    Policy.RandomizedPriorityLeastUsedDegradation.class)
                .weighted(
                    steps,
                    (p, count) -> left(sum(p.load(), times(p.degradation(), count + 1L)), min)));
  }

  /// The highest load first, as long as it is below 100 %. Our own rule: RFC 3237 names the policy,
  /// RFC 5356 does not define it. Elements at 100 % cannot take more and come behind all others.
  private static long mostUsedRank(long load) {
    return load == Policy.FULL ? Policy.FULL : Policy.FULL - 1 - load;
  }

  private static <P extends Policy> TypedRule<P> typed(long type, Class<P> values) {
    return new TypedRule<>(type, values);
  }

  /// These rules and one more, which replaces one of the same type.
  public PolicyRules with(PolicyRule extra) {
    SortedMap<Long, PolicyRule> more = new TreeMap<>(byType);
    more.put(extra.type(), extra);
    return new PolicyRules(more);
  }

  /// The rule for a policy type number, if there is one.
  public Optional<PolicyRule> find(long type) {
    return Optional.ofNullable(byType.get(type));
  }

  /// The type numbers of all rules, ascending.
  public List<Long> types() {
    return List.copyOf(byType.keySet());
  }
}

package io.rserpool.cli.console;

import io.rserpool.client.PolicyNotation;
import io.rserpool.protocol.Policy;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// Policies as people read them: the notation of `serve --policy`, then load and distance.
public final class PolicyText {
  private PolicyText() {}

  /// The policy with all its values, such as `lud:0.1 load 25%`.
  public static String of(Policy policy) {
    StringBuilder text = new StringBuilder(PolicyNotation.format(policy));
    load(policy)
        .ifPresent(load -> text.append(String.format(Locale.ROOT, " load %.3g%%", 100 * load)));
    return text.toString();
  }

  /// The policy alone.
  public static String name(Policy policy) {
    String text = PolicyNotation.format(policy);
    int values = text.indexOf(':');
    return values < 0 ? text : text.substring(0, values);
  }

  /// The load as a fraction, if the policy has one.
  public static OptionalDouble load(Policy policy) {
    OptionalLong load =
        switch (policy) {
          case Policy.LeastUsed p -> OptionalLong.of(p.load());
          case Policy.LeastUsedDegradation p -> OptionalLong.of(p.load());
          case Policy.PriorityLeastUsed p -> OptionalLong.of(p.load());
          case Policy.RandomizedLeastUsed p -> OptionalLong.of(p.load());
          case Policy.RandomizedPriorityLeastUsed p -> OptionalLong.of(p.load());
          case Policy.RandomizedLeastUsedDegradation p -> OptionalLong.of(p.load());
          case Policy.PriorityLeastUsedDegradation p -> OptionalLong.of(p.load());
          case Policy.RandomizedPriorityLeastUsedDegradation p -> OptionalLong.of(p.load());
          case Policy.LeastUsedDpf p -> OptionalLong.of(p.load());
          case Policy.LeastUsedDegradationDpf p -> OptionalLong.of(p.load());
          case Policy.PriorityLeastUsedDpf p -> OptionalLong.of(p.load());
          case Policy.PriorityLeastUsedDegradationDpf p -> OptionalLong.of(p.load());
          case Policy.MostUsed p -> OptionalLong.of(p.load());
          case Policy.RoundRobin _,
              Policy.WeightedRoundRobin _,
              Policy.Random _,
              Policy.WeightedRandom _,
              Policy.Priority _,
              Policy.WeightedRandomDpf _,
              Policy.Extension _ ->
              OptionalLong.empty();
        };
    return load.isPresent()
        ? OptionalDouble.of(load.getAsLong() / (double) Policy.FULL)
        : OptionalDouble.empty();
  }
}

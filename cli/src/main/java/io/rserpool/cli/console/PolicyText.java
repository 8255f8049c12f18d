package io.rserpool.cli.console;

import io.rserpool.client.PolicyNotation;
import io.rserpool.protocol.Policy;
import java.util.Locale;
import java.util.OptionalDouble;

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
    return policy instanceof Policy.Loaded loaded
        ? OptionalDouble.of(loaded.load() / (double) Policy.FULL)
        : OptionalDouble.empty();
  }
}

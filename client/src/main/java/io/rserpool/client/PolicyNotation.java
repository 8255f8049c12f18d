package io.rserpool.client;

import io.rserpool.protocol.Octets;
import io.rserpool.protocol.Policy;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Policies as people write them: a name, then its values separated by colons, such as `rr`,
/// `wrr:10` or `lud:0.1`. Degradations and distance penalty factors (DPF) are fractions from 0 to
/// 1. A load and a distance are not written: elements and registrars fill them in.
///
/// Each policy has a short name (`lud`), a long one (`least-used-degradation`) and the one that
/// rsplib gives it (`LeastUsedDegradation`); capitals and hyphens do not matter.
public final class PolicyNotation {

  private PolicyNotation() {}

  private enum Value {
    WEIGHT,
    PRIORITY,
    FRACTION
  }

  @FunctionalInterface
  private interface Maker {
    Policy make(long[] values);
  }

  /// One way to write a policy.
  private record Form(String shortName, String longName, List<Value> values, Maker maker) {

    String text() {
      StringBuilder text = new StringBuilder(shortName);
      for (Value value : values) {
        text.append(':').append(value.name().toLowerCase(Locale.ROOT));
      }
      return text.toString();
    }
  }

  private static final List<Form> FORMS =
      List.of(
          form("rr", "round-robin", _ -> Policy.RoundRobin.INSTANCE),
          form(
              "wrr",
              "weighted-round-robin",
              v -> new Policy.WeightedRoundRobin(v[0]),
              Value.WEIGHT),
          form("rand", "random", _ -> new Policy.Random()),
          form("wrand", "weighted-random", v -> new Policy.WeightedRandom(v[0]), Value.WEIGHT),
          form("prio", "priority", v -> new Policy.Priority(v[0]), Value.PRIORITY),
          form("lu", "least-used", _ -> new Policy.LeastUsed(0)),
          form(
              "lud",
              "least-used-degradation",
              v -> new Policy.LeastUsedDegradation(0, v[0]),
              Value.FRACTION),
          form(
              "plu",
              "priority-least-used",
              v -> new Policy.PriorityLeastUsed(0, v[0]),
              Value.FRACTION),
          form("rlu", "randomized-least-used", _ -> new Policy.RandomizedLeastUsed(0)),
          form(
              "rplu",
              "randomized-priority-least-used",
              v -> new Policy.RandomizedPriorityLeastUsed(0, v[0]),
              Value.FRACTION),
          form(
              "rlud",
              "randomized-least-used-degradation",
              v -> new Policy.RandomizedLeastUsedDegradation(0, v[0]),
              Value.FRACTION),
          form(
              "plud",
              "priority-least-used-degradation",
              v -> new Policy.PriorityLeastUsedDegradation(0, v[0]),
              Value.FRACTION),
          form(
              "rplud",
              "randomized-priority-least-used-degradation",
              v -> new Policy.RandomizedPriorityLeastUsedDegradation(0, v[0]),
              Value.FRACTION),
          form(
              "wrand-dpf",
              "weighted-random-dpf",
              v -> new Policy.WeightedRandomDpf(v[0], v[1], 0),
              Value.WEIGHT,
              Value.FRACTION),
          form(
              "lu-dpf", "least-used-dpf", v -> new Policy.LeastUsedDpf(0, v[0], 0), Value.FRACTION),
          form(
              "lud-dpf",
              "least-used-degradation-dpf",
              v -> new Policy.LeastUsedDegradationDpf(0, v[0], v[1], 0),
              Value.FRACTION,
              Value.FRACTION),
          form(
              "plu-dpf",
              "priority-least-used-dpf",
              v -> new Policy.PriorityLeastUsedDpf(0, v[0], v[1], 0),
              Value.FRACTION,
              Value.FRACTION),
          form(
              "plud-dpf",
              "priority-least-used-degradation-dpf",
              v -> new Policy.PriorityLeastUsedDegradationDpf(0, v[0], v[1], 0),
              Value.FRACTION,
              Value.FRACTION),
          form("mu", "most-used", _ -> new Policy.MostUsed(0)));

  private static Form form(String shortName, String longName, Maker maker, Value... values) {
    return new Form(shortName, longName, List.of(values), maker);
  }

  /// The short name of a policy type, or its number if it has none.
  ///
  /// @param type the policy type on the wire, unsigned 32-bit
  static String nameOf(long type) {
    for (Form form : FORMS) {
      if (form.maker().make(new long[form.values().size()]).type() == type) {
        return form.shortName();
      }
    }
    return "0x%08x".formatted(type);
  }

  /// All policies as they can be written, short names first; for help texts.
  ///
  /// @return the notations
  public static List<String> forms() {
    return FORMS.stream().map(form -> form.text() + " (" + form.longName() + ")").toList();
  }

  /// Reads a policy.
  ///
  /// @param text as people write it
  /// @return the policy values
  /// @throws IllegalArgumentException that says what was expected and what was given
  public static Policy parse(String text) {
    List<String> parts = List.of(text.strip().split(":", -1));
    String name = plain(parts.getFirst());
    if (name.startsWith("0x")) {
      return parseExtension(text, parts);
    }
    for (Form form : FORMS) {
      if (name.equals(plain(form.shortName())) || name.equals(plain(form.longName()))) {
        return parse(text, form, parts.subList(1, parts.size()));
      }
    }
    throw new IllegalArgumentException(
        "a policy is one of "
            + String.join(", ", FORMS.stream().map(Form::text).toList())
            + ", but this is '"
            + text
            + "'");
  }

  private static Policy parse(String text, Form form, List<String> given) {
    // rsplib writes this one policy without its value.
    boolean isShort = given.isEmpty() && form.shortName().equals("rplu");
    if (given.size() != form.values().size() && !isShort) {
      throw new IllegalArgumentException(
          "policy " + form.shortName() + " is written " + form.text() + ", not '" + text + "'");
    }
    long[] values = new long[form.values().size()];
    for (int i = 0; i < given.size(); i++) {
      values[i] = parseValue(text, form, form.values().get(i), given.get(i));
    }
    return form.maker().make(values);
  }

  private static long parseValue(String text, Form form, Value value, String given) {
    try {
      return switch (value) {
        case WEIGHT, PRIORITY -> Integer.toUnsignedLong(Integer.parseUnsignedInt(given));
        case FRACTION -> Policy.fraction(new BigDecimal(given).doubleValue());
      };
    } catch (IllegalArgumentException e) {
      String expected =
          switch (value) {
            case WEIGHT -> "a weight from 0 to 4294967295";
            case PRIORITY -> "a priority from 0 to 4294967295";
            case FRACTION -> "a fraction from 0 to 1";
          };
      throw new IllegalArgumentException(
          "policy %s is written %s with %s, but '%s' in '%s' is none"
              .formatted(form.shortName(), form.text(), expected, given, text),
          e);
    }
  }

  private static Policy parseExtension(String text, List<String> parts) {
    try {
      long type = Long.parseLong(parts.getFirst().substring(2), 16);
      Octets fields = parts.size() == 2 ? Octets.ofHex(parts.get(1)) : Octets.EMPTY;
      if (parts.size() <= 2) {
        return new Policy.Extension(type, fields);
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(extensionExpected(text), e);
    }
    throw new IllegalArgumentException(extensionExpected(text));
  }

  private static String extensionExpected(String text) {
    return "a policy by number is written 0xTYPE or 0xTYPE:FIELDS in hexadecimal, but this is '"
        + text
        + "'";
  }

  /// Writes a policy by its short name, without load and distance: reading it again gives the same
  /// policy with both at 0.
  ///
  /// @param policy the policy values
  /// @return as people write it
  public static String format(Policy policy) {
    return switch (policy) {
      case Policy.RoundRobin _ -> "rr";
      case Policy.WeightedRoundRobin p -> "wrr:" + p.weight();
      case Policy.Random _ -> "rand";
      case Policy.WeightedRandom p -> "wrand:" + p.weight();
      case Policy.Priority p -> "prio:" + p.priority();
      case Policy.LeastUsed _ -> "lu";
      case Policy.LeastUsedDegradation p -> "lud" + fractions(p.degradation());
      case Policy.PriorityLeastUsed p -> "plu" + fractions(p.degradation());
      case Policy.RandomizedLeastUsed _ -> "rlu";
      case Policy.RandomizedPriorityLeastUsed p -> "rplu" + fractions(p.degradation());
      case Policy.RandomizedLeastUsedDegradation p -> "rlud" + fractions(p.degradation());
      case Policy.PriorityLeastUsedDegradation p -> "plud" + fractions(p.degradation());
      case Policy.RandomizedPriorityLeastUsedDegradation p -> "rplud" + fractions(p.degradation());
      case Policy.WeightedRandomDpf p -> "wrand-dpf:" + p.weight() + fractions(p.weightDpf());
      case Policy.LeastUsedDpf p -> "lu-dpf" + fractions(p.loadDpf());
      case Policy.LeastUsedDegradationDpf p -> "lud-dpf" + fractions(p.degradation(), p.loadDpf());
      case Policy.PriorityLeastUsedDpf p -> "plu-dpf" + fractions(p.degradation(), p.loadDpf());
      case Policy.PriorityLeastUsedDegradationDpf p ->
          "plud-dpf" + fractions(p.degradation(), p.loadDpf());
      case Policy.MostUsed _ -> "mu";
      case Policy.Extension p ->
          "0x%08x".formatted(p.type()) + (p.fields().isEmpty() ? "" : ":" + p.fields().toHex());
    };
  }

  private static String fractions(long... numbers) {
    List<String> texts = new ArrayList<>();
    for (long number : numbers) {
      texts.add(shortest(number));
    }
    return ":" + String.join(":", texts);
  }

  /// The shortest decimal that reads back as the same number; ten digits are always enough.
  private static String shortest(long number) {
    BigDecimal exact =
        BigDecimal.valueOf(number)
            .divide(BigDecimal.valueOf(Policy.FULL), 20, RoundingMode.HALF_EVEN);
    for (int digits = 0; digits < 12; digits++) {
      BigDecimal rounded = exact.setScale(digits, RoundingMode.HALF_EVEN);
      if (Policy.fraction(rounded.doubleValue()) == number) {
        return rounded.toPlainString();
      }
    }
    throw new IllegalStateException("no decimal for " + number);
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replace("-", "");
  }
}

package io.rserpool.grpc;

import io.grpc.MethodDescriptor;
import java.time.Duration;
import java.util.function.Predicate;

/// Which calls are repeated on another element, and how long. A value; start with [#defaults].
///
/// @param isRepeatable the methods whose calls may be repeated: all that does harm no more than once
///     must not be among them
/// @param patience how long to go on after the first failed attempt, unless the call's own deadline
///     ends earlier; zero for no second attempt
/// @param nextElementAfter how long an element may take to answer before another one is asked as
///     well, and the first answer taken; zero for as long as it likes, while the registrar holds it
///     to be alive
public record FailoverOptions(
    Predicate<MethodDescriptor<?, ?>> isRepeatable, Duration patience, Duration nextElementAfter) {

  /// Longer than any takeover of registrars and any restart of a server takes.
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /// A year, far from where a number of nanoseconds ends.
  private static final Duration LIMIT = Duration.ofDays(365);

  public FailoverOptions {
    if (patience.isNegative() || patience.compareTo(LIMIT) > 0) {
      throw new IllegalArgumentException("a patience is 0 to a year, but this is " + patience);
    }
    if (nextElementAfter.isNegative() || nextElementAfter.compareTo(LIMIT) > 0) {
      throw new IllegalArgumentException(
          "the time to the next element is 0 to a year, but this is " + nextElementAfter);
    }
  }

  /// The methods that their service declares idempotent or free of effects (`idempotency_level` in a
  /// `.proto` file), for 30 seconds.
  public static FailoverOptions defaults() {
    return new FailoverOptions(
        method -> method.isIdempotent() || method.isSafe(), PATIENCE, Duration.ZERO);
  }

  /// The same with other methods, such as
  /// `method -> method.getServiceName().equals("package.Service")`.
  public FailoverOptions withRepeatable(Predicate<MethodDescriptor<?, ?>> newIsRepeatable) {
    return new FailoverOptions(newIsRepeatable, patience, nextElementAfter);
  }

  /// The same with another patience.
  public FailoverOptions withPatience(Duration newPatience) {
    return new FailoverOptions(isRepeatable, newPatience, nextElementAfter);
  }

  /// The same with another time after which a second element is asked.
  public FailoverOptions withNextElementAfter(Duration newNextElementAfter) {
    return new FailoverOptions(isRepeatable, patience, newNextElementAfter);
  }
}

package io.rserpool.services.pingpong;

import java.time.Duration;

/// How a [PingPongClient] asks. A value; start with [#defaults].
///
/// @param interval from one Ping to the next
/// @param answerTimeout an element that leaves a Ping unanswered for so long has failed
/// @param count how many Pings are sent; 0 for no end
public record PingPongOptions(Duration interval, Duration answerTimeout, long count) {

  private static final PingPongOptions DEFAULTS =
      new PingPongOptions(Duration.ofMillis(500), Duration.ofSeconds(3), 0);

  public PingPongOptions {
    if (!interval.isPositive() || !answerTimeout.isPositive()) {
      throw new IllegalArgumentException(
          "an interval and a time-out are positive, but they are %s and %s"
              .formatted(interval, answerTimeout));
    }
    if (count < 0) {
      throw new IllegalArgumentException("a count is 0 or more, but this is " + count);
    }
  }

  /// Two Pings a second, without end; an answer within 3 seconds.
  public static PingPongOptions defaults() {
    return DEFAULTS;
  }

  /// The same with another interval.
  public PingPongOptions withInterval(Duration newInterval) {
    return new PingPongOptions(newInterval, answerTimeout, count);
  }

  /// The same with another patience.
  public PingPongOptions withAnswerTimeout(Duration newAnswerTimeout) {
    return new PingPongOptions(interval, newAnswerTimeout, count);
  }

  /// The same with another number of Pings.
  public PingPongOptions withCount(long newCount) {
    return new PingPongOptions(interval, answerTimeout, newCount);
  }
}

package io.rserpool.cli.pki;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// A clock that goes when it is told to.
final class SettableClock implements InstantSource {
  private Instant now = Instant.parse("2026-11-23T12:00:00Z");

  void advance(Duration time) {
    now = now.plus(time);
  }

  @Override
  public Instant instant() {
    return now;
  }
}

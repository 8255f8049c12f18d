package io.rserpool.pki;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;

/// From when until when a certificate counts, and when it is to be renewed.
///
/// @param validFrom it does not count before; a little earlier than it was issued, for clocks that
///     are late
/// @param issued when it was issued: its use is reckoned from here
/// @param validUntil the last moment it counts
/// @param renewsAt from then on it is to be renewed: after two thirds of its life, and after nine
///     tenths of an authority's, for which more must be done
public record Life(Instant validFrom, Instant issued, Instant validUntil, Instant renewsAt) {

  /// How long before the moment of issue certificates begin to count.
  static final Duration BACKDATED = Duration.ofMinutes(5);

  /// Where in its life a certificate is.
  public enum Phase {
    /// It does not count yet: its issuer's clock, or that of this machine, is wrong.
    NOT_YET_VALID,
    /// It counts.
    VALID,
    /// It counts, but not for long.
    RENEW,
    /// It counts no longer.
    EXPIRED
  }

  /// The life of a certificate.
  ///
  /// @param certificate the certificate, of whichever authority
  /// @return its life
  public static Life of(X509Certificate certificate) {
    Instant from = certificate.getNotBefore().toInstant();
    Instant until = certificate.getNotAfter().toInstant();
    Instant backdated = from.plus(BACKDATED);
    // A certificate of another authority may last shorter than that.
    Instant issued = backdated.isBefore(until) ? backdated : from;
    Duration whole = Duration.between(issued, until);
    boolean authority = certificate.getBasicConstraints() >= 0;
    Duration good =
        authority ? whole.multipliedBy(9).dividedBy(10) : whole.multipliedBy(2).dividedBy(3);
    return new Life(from, issued, until, issued.plus(good));
  }

  /// How long it lasts from the moment it was issued.
  public Duration length() {
    return Duration.between(issued, validUntil);
  }

  /// How long it still counts; negative if it has expired.
  public Duration left(Instant now) {
    return Duration.between(now, validUntil);
  }

  /// Which share of its life is used up, from 0 to 1.
  public double usedShare(Instant now) {
    double used = Duration.between(issued, now).toMillis();
    return Math.clamp(used / Math.max(1, length().toMillis()), 0.0, 1.0);
  }

  /// Where in its life it is.
  public Phase phase(Instant now) {
    if (now.isBefore(validFrom)) {
      return Phase.NOT_YET_VALID;
    }
    if (now.isAfter(validUntil)) {
      return Phase.EXPIRED;
    }
    return now.isBefore(renewsAt) ? Phase.VALID : Phase.RENEW;
  }
}

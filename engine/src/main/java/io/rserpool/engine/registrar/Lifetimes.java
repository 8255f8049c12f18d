package io.rserpool.engine.registrar;

import io.rserpool.engine.handlespace.ElementEntry;
import io.rserpool.engine.turn.Turn;
import io.rserpool.protocol.PoolElementParameter;
import java.util.Optional;

/// Ends registrations that were not renewed in time (RFC 5352 sections 2.2.4 and 3.1).
final class Lifetimes {

  private static final long NS_PER_S = 1_000_000_000;
  private static final long NS_PER_MS = 1_000_000;

  private final Turn turn;
  private final Membership membership;
  private final Verdicts verdicts;
  private final Deaths deaths;
  private final boolean isEnforced;
  private final boolean inMilliseconds;
  private final boolean runsElsewhere;
  private final long homelessNs;
  private final long lossNs;

  Lifetimes(
      Turn turn,
      Membership membership,
      Verdicts verdicts,
      Deaths deaths,
      RegistrarSettings settings) {
    this.turn = turn;
    this.membership = membership;
    this.verdicts = verdicts;
    this.deaths = deaths;
    this.isEnforced = settings.isOn(RegistrarSetting.LIFE_ENFORCED);
    this.inMilliseconds = settings.isOn(RegistrarSetting.LIFE_IN_MILLISECONDS);
    this.runsElsewhere = settings.isOn(RegistrarSetting.PEER_LIVES_RUN);
    this.homelessNs = settings.ns(RegistrarSetting.HOMELESS_TIME);
    this.lossNs =
        settings.ns(RegistrarSetting.MAX_TIME_LAST_HEARD)
            + 2 * settings.ns(RegistrarSetting.MAX_TIME_NO_RESPONSE);
  }

  /// A registration begins, or begins anew.
  void begin(Registration registration) {
    int life = registration.entry().element().registrationLife();
    if (!isEnforced || isEndless(life)) {
      membership.handlespace().clearExpiry(registration.entry());
      return;
    }
    membership.handlespace().setExpiry(registration.entry(), turn.nowNs() + lifeNs(life));
  }

  /// An element of another home is known, or was told of again. Its home sees to it that it goes in
  /// time; where that cannot be relied on, its registration ends here, too, though not before the
  /// death of its home would be known: an element whose home has just died cannot renew it.
  ///
  /// @param isHomeHeard whether its home is a peer that is heard
  void beginElsewhere(Registration registration, boolean isHomeHeard) {
    int life = registration.entry().element().registrationLife();
    if (isHomeHeard && (isEndless(life) || !runsElsewhere)) {
      membership.handlespace().clearExpiry(registration.entry());
      return;
    }
    long lifeNs = isEndless(life) ? homelessNs : lifeNs(life);
    long atNs = turn.nowNs() + (isHomeHeard ? lifeNs + lossNs : Math.min(lifeNs, homelessNs));
    membership.handlespace().setExpiry(registration.entry(), atNs);
  }

  /// The field is signed and -1 stands for no end (RFC 5354 section 3.10); of other negative lives,
  /// which no element of ours sends but a peer may tell of, none is a deadline in the past. A life in
  /// milliseconds, as rsplib has it, is read without sign.
  private boolean isEndless(int life) {
    return life == PoolElementParameter.LIFE_INFINITE || (life < 0 && !inMilliseconds);
  }

  private long lifeNs(int life) {
    return inMilliseconds ? Integer.toUnsignedLong(life) * NS_PER_MS : (long) life * NS_PER_S;
  }

  /// When [#tick] has something to do, or [Engine#NEVER].
  long nextNs() {
    return membership.handlespace().nextExpiryNs();
  }

  /// Ends what is over.
  void tick() {
    for (Optional<ElementEntry<Registration>> expired = next();
        expired.isPresent();
        expired = next()) {
      Registration registration = expired.get().state();
      switch (verdicts.on(DeathSource.LIFETIME, registration, turn.nowNs())) {
        case REMOVE, KEEP ->
            deaths.dead(registration, DeathSource.LIFETIME, "the registration was not renewed");
        case WAIT ->
            membership
                .handlespace()
                .setExpiry(expired.get(), verdicts.waitUntilNs(registration, turn.nowNs()));
      }
    }
  }

  private Optional<ElementEntry<Registration>> next() {
    return membership.handlespace().pollExpired(turn.nowNs());
  }
}

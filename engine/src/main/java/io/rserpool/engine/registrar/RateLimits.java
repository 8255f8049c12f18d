package io.rserpool.engine.registrar;

import io.rserpool.engine.turn.Turn;
import io.rserpool.protocol.Octets;
import io.rserpool.protocol.PoolHandle;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// How much one identity may ask for: by its proven name, or else by its source address. Peers on
/// this
/// machine without a proven name are not limited unless the settings say so.
final class RateLimits {

  /// What is limited.
  enum What {
    RESOLUTION(RegistrarSetting.RESOLUTION_RATE, RegistrarSetting.RESOLUTION_BURST),
    POOL_RESOLUTION(RegistrarSetting.POOL_RESOLUTION_RATE, RegistrarSetting.POOL_RESOLUTION_BURST),
    REPORT(RegistrarSetting.REPORT_RATE, RegistrarSetting.REPORT_BURST),
    REGISTRATION(RegistrarSetting.REGISTRATION_RATE, RegistrarSetting.REGISTRATION_BURST),
    CONNECTION(RegistrarSetting.CONNECTION_RATE, RegistrarSetting.CONNECTION_BURST);

    private final RegistrarSetting rate;
    private final RegistrarSetting burst;

    What(RegistrarSetting rate, RegistrarSetting burst) {
      this.rate = rate;
      this.burst = burst;
    }
  }

  private record Who(String identity, Octets pool) {}

  private final Turn turn;
  private final RegistrarSettings settings;
  private final Associations associations;
  private final boolean limitsLocal;
  private final int identitiesMax;
  private final int refusalsMax;
  private final Map<What, LinkedHashMap<Who, TokenBucket>> buckets = new EnumMap<>(What.class);

  RateLimits(Turn turn, RegistrarSettings settings, Associations associations) {
    this.turn = turn;
    this.settings = settings;
    this.associations = associations;
    this.limitsLocal = settings.isOn(RegistrarSetting.LIMIT_LOOPBACK);
    this.identitiesMax = settings.count(RegistrarSetting.IDENTITIES_MAX);
    this.refusalsMax = settings.count(RegistrarSetting.REFUSALS_MAX);
    for (What what : What.values()) {
      buckets.put(what, new LinkedHashMap<>(16, 0.75f, true));
    }
  }

  boolean isExempt(Association association) {
    return association.isLocal() && !association.isAuthenticated() && !limitsLocal;
  }

  /// Whether the peer may ask for one more.
  boolean allows(What what, Association association) {
    return isExempt(association)
        || take(
            what,
            new Who(association.identity(), Octets.EMPTY),
            settings.count(what.rate),
            settings.count(what.burst));
  }

  /// Whether the peer may ask for one more about one pool.
  boolean allows(What what, Association association, PoolHandle pool) {
    return isExempt(association)
        || take(
            what,
            new Who(association.identity(), pool.octets()),
            settings.count(what.rate),
            settings.count(what.burst));
  }

  /// Whether the peer may report one more element of a pool; the rules about it may have limits of
  /// their own.
  ///
  /// @param exists whether there is that pool: all others count as one, since names can be made up
  boolean allowsReport(Association association, PoolHandle pool, boolean exists) {
    What what = What.REPORT;
    return isExempt(association)
        || take(
            what,
            new Who(association.identity(), exists ? pool.octets() : Octets.EMPTY),
            association.rights().reportRate(pool, settings.count(what.rate)),
            association.rights().reportBurst(pool, settings.count(what.burst)));
  }

  /// How many rates are remembered.
  int size() {
    return buckets.values().stream().mapToInt(LinkedHashMap::size).sum();
  }

  /// Takes note that a request was refused; too many in a row end the association.
  void refused(Association association, String limit) {
    int inARow = association.countRefusal();
    turn.emit(new RegistrarEvent.LimitHit(association.peer(), limit, inARow));
    if (refusalsMax > 0 && inARow >= refusalsMax) {
      associations.abort(association, "refused " + inARow + " times in a row: " + limit);
    }
  }

  private boolean take(What what, Who who, int rate, int burst) {
    if (rate == 0) {
      return true;
    }
    LinkedHashMap<Who, TokenBucket> known = buckets.getOrDefault(what, new LinkedHashMap<>());
    TokenBucket bucket = known.get(who);
    if (bucket == null) {
      bucket = new TokenBucket(rate, burst, turn.nowNs());
      known.put(who, bucket);
      if (known.size() > identitiesMax) {
        known.pollFirstEntry();
      }
    }
    return bucket.take(turn.nowNs());
  }
}

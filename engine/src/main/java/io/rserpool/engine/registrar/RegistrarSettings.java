package io.rserpool.engine.registrar;

import static io.rserpool.engine.registrar.RegistrarSetting.ADDRESS_SCOPE_MIN;
import static io.rserpool.engine.registrar.RegistrarSetting.ELEMENTS_MAX;
import static io.rserpool.engine.registrar.RegistrarSetting.ELEMENTS_PER_ASSOCIATION;
import static io.rserpool.engine.registrar.RegistrarSetting.KEEP_ALIVE_FINAL_WAIT;
import static io.rserpool.engine.registrar.RegistrarSetting.KEEP_ALIVE_GAP_MAX;
import static io.rserpool.engine.registrar.RegistrarSetting.KEEP_ALIVE_GAP_MIN;
import static io.rserpool.engine.registrar.RegistrarSetting.KEEP_ALIVE_INTERVAL;
import static io.rserpool.engine.registrar.RegistrarSetting.KEEP_ALIVE_JITTER;
import static io.rserpool.engine.registrar.RegistrarSetting.KEEP_ALIVE_PROBES;
import static io.rserpool.engine.registrar.RegistrarSetting.LATENESS;
import static io.rserpool.engine.registrar.RegistrarSetting.NOT_READY_LATENESS;
import static io.rserpool.engine.registrar.RegistrarSetting.POOL_HANDLE_SIZE_MAX;
import static io.rserpool.engine.registrar.RegistrarSetting.RESOLUTION_ITEMS;
import static io.rserpool.engine.registrar.RegistrarSetting.RESOLUTION_ITEMS_MAX;
import static io.rserpool.engine.registrar.RegistrarSetting.SELF_DOUBT_LATENESS;
import static io.rserpool.engine.registrar.RegistrarSetting.SUBSCRIPTIONS_MAX;
import static io.rserpool.engine.registrar.RegistrarSetting.SUBSCRIPTIONS_PER_ASSOCIATION;

import io.rserpool.engine.peering.PeeringSettings;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.Profile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// How a registrar behaves: a profile and what differs from it. The profile belongs to the whole
/// operation scope; registrars of one scope with different ones work against each other.
///
/// @param profile where the defaults come from
/// @param overrides what was set, in the inner form of each setting's unit
public record RegistrarSettings(Profile profile, Map<RegistrarSetting, Long> overrides) {

  public RegistrarSettings {
    EnumMap<RegistrarSetting, Long> copy = new EnumMap<>(RegistrarSetting.class);
    copy.putAll(overrides);
    for (RegistrarSetting setting : RegistrarSetting.values()) {
      if (copy.containsKey(setting) && copy.get(setting) == setting.defaultFor(profile)) {
        copy.remove(setting);
      }
    }
    overrides = Collections.unmodifiableMap(copy);
    check(profile, overrides);
  }

  /// The profile as it is.
  public static RegistrarSettings forProfile(Profile profile) {
    return new RegistrarSettings(profile, new EnumMap<>(RegistrarSetting.class));
  }

  /// A builder that begins with these settings.
  public Builder toBuilder() {
    return new Builder(this);
  }

  /// A time.
  public Duration duration(RegistrarSetting setting) {
    return Duration.ofNanos(value(setting, RegistrarSetting.Unit.DURATION));
  }

  /// A number.
  public int count(RegistrarSetting setting) {
    return (int) value(setting, RegistrarSetting.Unit.COUNT);
  }

  /// Whether something is on.
  public boolean isOn(RegistrarSetting setting) {
    return value(setting, RegistrarSetting.Unit.FLAG) != 0;
  }

  /// Those of the peer side.
  PeeringSettings peering() {
    return new PeeringSettings(
        ns(RegistrarSetting.PEER_HEARTBEAT_CYCLE),
        share(RegistrarSetting.PEER_HEARTBEAT_JITTER),
        ns(RegistrarSetting.MAX_TIME_LAST_HEARD),
        ns(RegistrarSetting.MAX_TIME_NO_RESPONSE),
        ns(RegistrarSetting.PEER_PROBE_GAP),
        ns(RegistrarSetting.TAKEOVER_EXPIRY),
        count(RegistrarSetting.TAKEOVER_EXPIRY_ROUND_TRIPS),
        isOn(RegistrarSetting.HIGHER_ID_WINS),
        isOn(RegistrarSetting.TAKEOVER_ALWAYS),
        isOn(RegistrarSetting.AUDIT_CONFIRMED),
        isOn(RegistrarSetting.RECEIVER_NAMED),
        isOn(RegistrarSetting.START_REQUESTS_AT_ONCE),
        isOn(RegistrarSetting.SERVES_WHILE_STARTING),
        ns(RegistrarSetting.TABLE_REQUEST_TIME),
        ns(RegistrarSetting.PEER_RETRY),
        ns(RegistrarSetting.START_TIME),
        ns(RegistrarSetting.MENTOR_SEARCH),
        ns(RegistrarSetting.PEER_CALL_GAP_MAX),
        count(RegistrarSetting.PEERS_MAX),
        count(RegistrarSetting.TABLE_SESSIONS_MAX),
        ns(RegistrarSetting.TABLE_SESSION));
  }

  long ns(RegistrarSetting setting) {
    return value(setting, RegistrarSetting.Unit.DURATION);
  }

  double share(RegistrarSetting setting) {
    return value(setting, RegistrarSetting.Unit.SHARE) / 1_000.0;
  }

  /// All settings as `name=value`, those that differ from the profile with the profile's value.
  public List<String> describe() {
    return lines(List.of(RegistrarSetting.values()));
  }

  /// Only those that differ from the profile, as in [#describe].
  public List<String> describeOverrides() {
    return lines(List.copyOf(overrides.keySet()));
  }

  private List<String> lines(List<RegistrarSetting> settings) {
    List<String> lines = new ArrayList<>();
    for (RegistrarSetting setting : settings) {
      String line = setting + "=" + SettingText.write(setting.unit(), raw(setting));
      String normal = SettingText.write(setting.unit(), setting.defaultFor(profile));
      lines.add(
          overrides.containsKey(setting) ? line + " (" + profile + ": " + normal + ")" : line);
    }
    return lines;
  }

  private long value(RegistrarSetting setting, RegistrarSetting.Unit unit) {
    if (setting.unit() != unit) {
      throw new IllegalArgumentException(setting + " is no " + unit + " but a " + setting.unit());
    }
    return raw(setting);
  }

  private long raw(RegistrarSetting setting) {
    return overrides.getOrDefault(setting, setting.defaultFor(profile));
  }

  private static void check(Profile profile, Map<RegistrarSetting, Long> overrides) {
    for (Map.Entry<RegistrarSetting, Long> entry : overrides.entrySet()) {
      RegistrarSetting setting = entry.getKey();
      long highest =
          switch (setting.unit()) {
            case DURATION -> Duration.ofDays(365).toNanos();
            case COUNT -> Integer.MAX_VALUE;
            case SHARE -> 1_000;
            case FLAG -> 1;
          };
      if (entry.getValue() < 0 || entry.getValue() > highest) {
        throw new IllegalArgumentException(
            "%s must be from %s to %s, but is %s"
                .formatted(
                    setting,
                    SettingText.write(setting.unit(), 0),
                    SettingText.write(setting.unit(), highest),
                    SettingText.write(setting.unit(), entry.getValue())));
      }
    }
    Checks checks = new Checks(profile, overrides);
    checks.positive(KEEP_ALIVE_INTERVAL);
    checks.positive(KEEP_ALIVE_GAP_MIN);
    checks.positive(KEEP_ALIVE_FINAL_WAIT);
    checks.atMost(KEEP_ALIVE_GAP_MIN, KEEP_ALIVE_GAP_MAX);
    checks.atMost(LATENESS, SELF_DOUBT_LATENESS);
    checks.atMost(SELF_DOUBT_LATENESS, NOT_READY_LATENESS);
    checks.atMost(RESOLUTION_ITEMS, RESOLUTION_ITEMS_MAX);
    checks.atMost(SUBSCRIPTIONS_PER_ASSOCIATION, SUBSCRIPTIONS_MAX);
    checks.atMost(ELEMENTS_PER_ASSOCIATION, ELEMENTS_MAX);
    checks.range(KEEP_ALIVE_JITTER, 0, 900);
    checks.range(KEEP_ALIVE_PROBES, 0, 100);
    checks.range(POOL_HANDLE_SIZE_MAX, 1, PoolHandle.MAX_SIZE);
    checks.range(ADDRESS_SCOPE_MIN, 0, 3);
    checks.positive(RegistrarSetting.MONITORING_BUDGET);
    checks.positive(RegistrarSetting.ANNOUNCE_INTERVAL);
    checks.positive(RegistrarSetting.BRAKE_GAP);
    checks.positive(RegistrarSetting.RESOLUTION_ITEMS);
    checks.positive(RegistrarSetting.CALLS_MAX);
    checks.positive(RegistrarSetting.CALL_CHECK_RATE);
    checks.positive(RegistrarSetting.TABLE_ELEMENTS);
    checks.burst();
  }

  /// Checks that look at more than one value.
  private record Checks(Profile profile, Map<RegistrarSetting, Long> overrides) {

    long of(RegistrarSetting setting) {
      return overrides.getOrDefault(setting, setting.defaultFor(profile));
    }

    String written(RegistrarSetting setting) {
      return setting + "=" + SettingText.write(setting.unit(), of(setting));
    }

    void positive(RegistrarSetting setting) {
      if (of(setting) == 0) {
        throw new IllegalArgumentException(setting + " must be more than 0");
      }
    }

    void atMost(RegistrarSetting small, RegistrarSetting large) {
      if (of(small) > of(large)) {
        throw new IllegalArgumentException(
            written(small) + " must not be more than " + written(large));
      }
    }

    void range(RegistrarSetting setting, long low, long high) {
      if (of(setting) < low || of(setting) > high) {
        throw new IllegalArgumentException(
            "%s must be from %s to %s, but is %s"
                .formatted(
                    setting,
                    SettingText.write(setting.unit(), low),
                    SettingText.write(setting.unit(), high),
                    SettingText.write(setting.unit(), of(setting))));
      }
    }

    void burst() {
      long verdict = of(KEEP_ALIVE_PROBES) * of(KEEP_ALIVE_GAP_MIN) + of(KEEP_ALIVE_FINAL_WAIT);
      if (verdict > of(KEEP_ALIVE_INTERVAL)) {
        throw new IllegalArgumentException(
            "%s leaves no room for the verdict, which takes %s x %s + %s"
                .formatted(
                    written(KEEP_ALIVE_INTERVAL),
                    written(KEEP_ALIVE_PROBES),
                    written(KEEP_ALIVE_GAP_MIN),
                    written(KEEP_ALIVE_FINAL_WAIT)));
      }
    }
  }

  /// Collects changes; all checks happen in [#build].
  public static final class Builder {
    private final Profile profile;
    private final EnumMap<RegistrarSetting, Long> values = new EnumMap<>(RegistrarSetting.class);

    private Builder(RegistrarSettings settings) {
      this.profile = settings.profile;
      values.putAll(settings.overrides);
    }

    /// Sets a time.
    public Builder set(RegistrarSetting setting, Duration value) {
      return set(setting, RegistrarSetting.Unit.DURATION, value.toNanos());
    }

    /// Sets a number.
    public Builder set(RegistrarSetting setting, int value) {
      return set(setting, RegistrarSetting.Unit.COUNT, value);
    }

    /// Switches something on or off.
    public Builder set(RegistrarSetting setting, boolean value) {
      return set(setting, RegistrarSetting.Unit.FLAG, value ? 1 : 0);
    }

    /// Sets anything from its written form, such as `250ms`, `5%` or `on`.
    public Builder set(RegistrarSetting setting, String text) {
      values.put(setting, SettingText.read(setting, text));
      return this;
    }

    /// The settings.
    ///
    /// @throws IllegalArgumentException if a value is out of range, or two do not go together
    public RegistrarSettings build() {
      return new RegistrarSettings(profile, values);
    }

    private Builder set(RegistrarSetting setting, RegistrarSetting.Unit unit, long value) {
      if (setting.unit() != unit) {
        throw new IllegalArgumentException(setting + " is no " + unit + " but a " + setting.unit());
      }
      values.put(setting, value);
      return this;
    }
  }
}

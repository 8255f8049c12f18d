package io.rserpool.engine.user;

import io.rserpool.engine.Endpoint;
import io.rserpool.engine.hunt.HuntSettings;
import io.rserpool.engine.hunt.Setting;
import io.rserpool.protocol.Profile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a pool user engine can be told. Defaults of RFC 5352 section 7: T1 15 s,
/// MAX-REQUEST-RETRANSMIT 2; stale.cache.value has none.
///
/// @param profile the scope's profile
/// @param hunt how registrars are found
/// @param t1EnrpRequest how long an answer is awaited before the request is repeated (T1)
/// @param maxRequestRetransmit MAX-REQUEST-RETRANSMIT: repetitions before a request fails
/// @param staleCacheValue how long an answer may be used; 0 asks every time
/// @param staleIfUnavailable whether an old answer is used when no registrar answers
/// @param subscribe whether watched pools ask for pushed changes (S flag) instead of being polled
/// @param subscriptionRefresh a subscription is repeated when nothing came for this long
/// @param resolutionRetryDelay pause before asking the same registrar again that could not answer
/// @param reportInterval time that earns one more unreachable report per pool
/// @param reportBurst unreachable reports per pool at once
/// @param cacheMax pools in the cache
/// @param requestsMax requests that wait at once
/// @param watchesMax pools watched at once
/// @param malformedMax malformed messages after which the registrar is left
public record UserSettings(
    Profile profile,
    HuntSettings hunt,
    Duration t1EnrpRequest,
    int maxRequestRetransmit,
    Duration staleCacheValue,
    boolean staleIfUnavailable,
    boolean subscribe,
    Duration subscriptionRefresh,
    Duration resolutionRetryDelay,
    Duration reportInterval,
    int reportBurst,
    int cacheMax,
    int requestsMax,
    int watchesMax,
    int malformedMax) {

  public UserSettings {
    Setting.positive("t1-enrp-request", t1EnrpRequest);
    Setting.between("max-request-retransmit", maxRequestRetransmit, 0, 1000);
    Setting.notNegative("stale-cache-value", staleCacheValue);
    Setting.positive("subscription-refresh", subscriptionRefresh);
    Setting.positive("resolution-retry-delay", resolutionRetryDelay);
    Setting.positive("report-interval", reportInterval);
    Setting.between("report-burst", reportBurst, 1, 1000);
    Setting.between("cache-max", cacheMax, 1, 1_000_000);
    Setting.between("requests-max", requestsMax, 1, 1_000_000);
    Setting.between("watches-max", watchesMax, 1, 1_000_000);
    Setting.between("malformed-max", malformedMax, 1, 1000);
    if (watchesMax > cacheMax) {
      throw new IllegalArgumentException(
          "watches-max must not exceed cache-max, but is " + watchesMax + " of " + cacheMax);
    }
  }

  /// The defaults of a profile: T1, MAX-REQUEST-RETRANSMIT, stale.cache.value, whether changes are
  /// pushed, subscription refresh; the rest is the same in all.
  public static UserSettings forProfile(Profile profile) {
    return switch (profile) {
      case STANDARD -> of(profile, 500, 2, 1000, true, 3);
      case RFC -> of(profile, 15_000, 2, 1000, true, 30);
      case RSPLIB -> of(profile, 3000, 1, 0, false, 3);
    };
  }

  private static UserSettings of(
      Profile profile,
      long t1Ms,
      int maxRequestRetransmit,
      long staleCacheMs,
      boolean subscribe,
      long subscriptionRefreshS) {
    return new UserSettings(
        profile,
        HuntSettings.forProfile(profile),
        Duration.ofMillis(t1Ms),
        maxRequestRetransmit,
        Duration.ofMillis(staleCacheMs),
        true,
        subscribe,
        Duration.ofSeconds(subscriptionRefreshS),
        Duration.ofMillis(250),
        Duration.ofSeconds(1),
        10,
        1024,
        4096,
        1024,
        3);
  }

  /// A builder that starts with these values.
  public Builder toBuilder() {
    return new Builder(this);
  }

  /// The same with other registrars.
  public UserSettings withRegistrars(List<Endpoint> registrars) {
    return toBuilder().hunt(hunt.toBuilder().registrars(registrars).build()).build();
  }

  /// The values that differ from the profile's, each as `name=value`, for the line at the start.
  public List<String> overrides() {
    List<String> found = new ArrayList<>(Setting.differences(named(), forProfile(profile).named()));
    found.addAll(hunt.overrides(profile));
    return List.copyOf(found);
  }

  private Map<String, Object> named() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("t1-enrp-request", t1EnrpRequest);
    all.put("max-request-retransmit", maxRequestRetransmit);
    all.put("stale-cache-value", staleCacheValue);
    all.put("stale-if-unavailable", staleIfUnavailable);
    all.put("subscribe", subscribe);
    all.put("subscription-refresh", subscriptionRefresh);
    all.put("resolution-retry-delay", resolutionRetryDelay);
    all.put("report-interval", reportInterval);
    all.put("report-burst", reportBurst);
    all.put("cache-max", cacheMax);
    all.put("requests-max", requestsMax);
    all.put("watches-max", watchesMax);
    all.put("malformed-max", malformedMax);
    return all;
  }

  /// Changes single values; every setter takes the component's meaning and unit.
  public static final class Builder {
    private Profile profile;
    private HuntSettings hunt;
    private Duration t1EnrpRequest;
    private int maxRequestRetransmit;
    private Duration staleCacheValue;
    private boolean staleIfUnavailable;
    private boolean subscribe;
    private Duration subscriptionRefresh;
    private Duration resolutionRetryDelay;
    private Duration reportInterval;
    private int reportBurst;
    private int cacheMax;
    private int requestsMax;
    private int watchesMax;
    private int malformedMax;

    private Builder(UserSettings from) {
      profile = from.profile;
      hunt = from.hunt;
      t1EnrpRequest = from.t1EnrpRequest;
      maxRequestRetransmit = from.maxRequestRetransmit;
      staleCacheValue = from.staleCacheValue;
      staleIfUnavailable = from.staleIfUnavailable;
      subscribe = from.subscribe;
      subscriptionRefresh = from.subscriptionRefresh;
      resolutionRetryDelay = from.resolutionRetryDelay;
      reportInterval = from.reportInterval;
      reportBurst = from.reportBurst;
      cacheMax = from.cacheMax;
      requestsMax = from.requestsMax;
      watchesMax = from.watchesMax;
      malformedMax = from.malformedMax;
    }

    /// Sets [UserSettings#hunt].
    public Builder hunt(HuntSettings value) {
      hunt = value;
      return this;
    }

    /// Sets [UserSettings#t1EnrpRequest].
    public Builder t1EnrpRequest(Duration value) {
      t1EnrpRequest = value;
      return this;
    }

    /// Sets [UserSettings#maxRequestRetransmit].
    public Builder maxRequestRetransmit(int value) {
      maxRequestRetransmit = value;
      return this;
    }

    /// Sets [UserSettings#staleCacheValue].
    public Builder staleCacheValue(Duration value) {
      staleCacheValue = value;
      return this;
    }

    /// Sets [UserSettings#staleIfUnavailable].
    public Builder staleIfUnavailable(boolean value) {
      staleIfUnavailable = value;
      return this;
    }

    /// Sets [UserSettings#subscribe].
    public Builder subscribe(boolean value) {
      subscribe = value;
      return this;
    }

    /// Sets [UserSettings#subscriptionRefresh].
    public Builder subscriptionRefresh(Duration value) {
      subscriptionRefresh = value;
      return this;
    }

    /// Sets [UserSettings#resolutionRetryDelay].
    public Builder resolutionRetryDelay(Duration value) {
      resolutionRetryDelay = value;
      return this;
    }

    /// Sets [UserSettings#reportInterval].
    public Builder reportInterval(Duration value) {
      reportInterval = value;
      return this;
    }

    /// Sets [UserSettings#reportBurst].
    public Builder reportBurst(int value) {
      reportBurst = value;
      return this;
    }

    /// Sets [UserSettings#cacheMax].
    public Builder cacheMax(int value) {
      cacheMax = value;
      return this;
    }

    /// Sets [UserSettings#requestsMax].
    public Builder requestsMax(int value) {
      requestsMax = value;
      return this;
    }

    /// Sets [UserSettings#watchesMax].
    public Builder watchesMax(int value) {
      watchesMax = value;
      return this;
    }

    /// Sets [UserSettings#malformedMax].
    public Builder malformedMax(int value) {
      malformedMax = value;
      return this;
    }

    /// The settings, checked.
    public UserSettings build() {
      return new UserSettings(
          profile,
          hunt,
          t1EnrpRequest,
          maxRequestRetransmit,
          staleCacheValue,
          staleIfUnavailable,
          subscribe,
          subscriptionRefresh,
          resolutionRetryDelay,
          reportInterval,
          reportBurst,
          cacheMax,
          requestsMax,
          watchesMax,
          malformedMax);
    }
  }
}

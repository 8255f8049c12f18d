package io.rserpool.engine.element;

import io.rserpool.engine.Endpoint;
import io.rserpool.engine.hunt.HuntSettings;
import io.rserpool.engine.hunt.Setting;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.Profile;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a pool element engine can be told. Defaults of RFC 5352 section 7: T2 and T3 30 s, T4
/// min(10 min, life - 20 s), MAX-REG-ATTEMPT 2, RETRAN-MAX 60 s.
///
/// @param profile the scope's profile
/// @param hunt how registrars are found
/// @param t2Registration how long an answer to a registration is awaited at first (T2)
/// @param t3Deregistration the same for a deregistration (T3)
/// @param maxRegAttempt MAX-REG-ATTEMPT: attempts before a caller who waits is told of failure
/// @param registrationLife how long a registration lasts without renewal; [#LIFE_INFINITE] for ever
/// @param lifeInMilliseconds the unit on the wire: seconds, or rsplib's milliseconds
/// @param t4Reregistration time between registration and renewal (T4)
/// @param t4JitterPercent by how much T4 is shortened at random at most
/// @param updateGap least time between two registrations with new policy values
/// @param homeChangeGrace how long the association to a former home outlives the registration at
///     the new one
/// @param homeSilenceMin the home registrar is probed when nothing was heard from it for this long,
///     or
///     for 2.5 times the longest recent gap between keep-alives
/// @param homeSilenceUnknown the same until two keep-alives have come; 0 waits for them
/// @param lateness a tick that comes later than this is blamed on this node
/// @param selfDoubt a tick that comes later than this makes the element register again
/// @param incomingMax associations that registrars may have opened to the element
/// @param malformedMax malformed messages after which an association is aborted
/// @param authenticatedHomesOnly whether only an authenticated caller may become the home by a
///     keep-alive (RFC 5355 section 2.6.3)
public record ElementSettings(
    Profile profile,
    HuntSettings hunt,
    Duration t2Registration,
    Duration t3Deregistration,
    int maxRegAttempt,
    Duration registrationLife,
    boolean lifeInMilliseconds,
    Duration t4Reregistration,
    int t4JitterPercent,
    Duration updateGap,
    Duration homeChangeGrace,
    Duration homeSilenceMin,
    Duration homeSilenceUnknown,
    Duration lateness,
    Duration selfDoubt,
    int incomingMax,
    int malformedMax,
    boolean authenticatedHomesOnly) {

  /// A registration life without end.
  public static final Duration LIFE_INFINITE = ChronoUnit.FOREVER.getDuration();

  private static final Duration T4_MAX = Duration.ofMinutes(10);

  public ElementSettings {
    Setting.positive("t2-registration", t2Registration);
    Setting.positive("t3-deregistration", t3Deregistration);
    Setting.between("max-reg-attempt", maxRegAttempt, 1, 1000);
    Setting.positive("t4-reregistration", t4Reregistration);
    Setting.between("t4-jitter-percent", t4JitterPercent, 0, 50);
    Setting.notNegative("update-gap", updateGap);
    Setting.notNegative("home-change-grace", homeChangeGrace);
    Setting.positive("home-silence", homeSilenceMin);
    Setting.notNegative("home-silence-unknown", homeSilenceUnknown);
    Setting.positive("lateness", lateness);
    Setting.positive("self-doubt", selfDoubt);
    Setting.between("incoming-max", incomingMax, 1, 1024);
    Setting.between("malformed-max", malformedMax, 1, 1000);
    requireLife(registrationLife, lifeInMilliseconds, t4Reregistration);
    if (selfDoubt.compareTo(lateness) < 0) {
      throw new IllegalArgumentException(
          "self-doubt must not be below lateness, but is " + selfDoubt + " below " + lateness);
    }
  }

  /// The defaults of a profile.
  public static ElementSettings forProfile(Profile profile) {
    return switch (profile) {
      case STANDARD ->
          of(profile, Duration.ofSeconds(1), 2, Duration.ofSeconds(60), 10, 2500, 12_000);
      case RFC -> of(profile, Duration.ofSeconds(30), 2, Duration.ofSeconds(300), 0, 75_000, 0);
      case RSPLIB -> of(profile, Duration.ofSeconds(3), 1, Duration.ofSeconds(90), 0, 12_500, 0);
    };
  }

  private static ElementSettings of(
      Profile profile,
      Duration t2AndT3,
      int maxRegAttempt,
      Duration life,
      int t4JitterPercent,
      long homeSilenceMs,
      long homeSilenceUnknownMs) {
    return new ElementSettings(
        profile,
        HuntSettings.forProfile(profile),
        t2AndT3,
        t2AndT3,
        maxRegAttempt,
        life,
        profile == Profile.RSPLIB,
        t4(profile, life),
        t4JitterPercent,
        Duration.ofMillis(100),
        Duration.ofMillis(200),
        Duration.ofMillis(homeSilenceMs),
        Duration.ofMillis(homeSilenceUnknownMs),
        Duration.ofMillis(40),
        Duration.ofMillis(500),
        16,
        3,
        false);
  }

  /// The renewal time that a profile gives a registration life: `standard` min(10 min, life / 3),
  /// `rfc`
  /// min(10 min, life - 20 s) but at least a third of the life, `rsplib` life / 3.
  public static Duration t4(Profile profile, Duration life) {
    if (life.equals(LIFE_INFINITE)) {
      return T4_MAX;
    }
    Duration third = life.dividedBy(3);
    return switch (profile) {
      case STANDARD -> min(T4_MAX, third);
      case RFC -> min(T4_MAX, max(life.minusSeconds(20), third));
      case RSPLIB -> third;
    };
  }

  private static Duration min(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  private static Duration max(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a : b;
  }

  private static void requireLife(Duration life, boolean milliseconds, Duration t4) {
    if (life.equals(LIFE_INFINITE)) {
      return;
    }
    Duration unit = milliseconds ? Duration.ofMillis(1) : Duration.ofSeconds(1);
    if (life.compareTo(unit) < 0 || life.dividedBy(unit) > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "registration-life must be 1 to 2147483647 units of " + unit + ", but is " + life);
    }
    if (t4.compareTo(life) >= 0) {
      throw new IllegalArgumentException(
          "t4-reregistration must be below registration-life, but is " + t4 + " of " + life);
    }
  }

  /// The registration life as the wire has it: in the profile's unit, -1 for ever.
  int lifeOnTheWire() {
    if (registrationLife.equals(LIFE_INFINITE)) {
      return PoolElementParameter.LIFE_INFINITE;
    }
    return (int) (lifeInMilliseconds ? registrationLife.toMillis() : registrationLife.toSeconds());
  }

  /// A builder that starts with these values.
  public Builder toBuilder() {
    return new Builder(this);
  }

  /// The same with other registrars.
  public ElementSettings withRegistrars(List<Endpoint> registrars) {
    return toBuilder().hunt(hunt.toBuilder().registrars(registrars).build()).build();
  }

  /// The same with another registration life and the renewal time that the profile gives it.
  public ElementSettings withRegistrationLife(Duration life) {
    return toBuilder().registrationLife(life).t4Reregistration(t4(profile, life)).build();
  }

  /// The values that differ from the profile's, each as `name=value`, for the line at the start.
  public List<String> overrides() {
    List<String> found = new ArrayList<>(Setting.differences(named(), forProfile(profile).named()));
    found.addAll(hunt.overrides(profile));
    return List.copyOf(found);
  }

  private Map<String, Object> named() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("t2-registration", t2Registration);
    all.put("t3-deregistration", t3Deregistration);
    all.put("max-reg-attempt", maxRegAttempt);
    all.put("registration-life", registrationLife);
    all.put("life-in-milliseconds", lifeInMilliseconds);
    all.put("t4-reregistration", t4Reregistration);
    all.put("t4-jitter-percent", t4JitterPercent);
    all.put("update-gap", updateGap);
    all.put("home-change-grace", homeChangeGrace);
    all.put("home-silence", homeSilenceMin);
    all.put("home-silence-unknown", homeSilenceUnknown);
    all.put("lateness", lateness);
    all.put("self-doubt", selfDoubt);
    all.put("incoming-max", incomingMax);
    all.put("malformed-max", malformedMax);
    all.put("authenticated-homes-only", authenticatedHomesOnly);
    return all;
  }

  /// Changes single values; every setter takes the component's meaning and unit.
  public static final class Builder {
    private Profile profile;
    private HuntSettings hunt;
    private Duration t2Registration;
    private Duration t3Deregistration;
    private int maxRegAttempt;
    private Duration registrationLife;
    private boolean lifeInMilliseconds;
    private Duration t4Reregistration;
    private int t4JitterPercent;
    private Duration updateGap;
    private Duration homeChangeGrace;
    private Duration homeSilenceMin;
    private Duration homeSilenceUnknown;
    private Duration lateness;
    private Duration selfDoubt;
    private int incomingMax;
    private int malformedMax;
    private boolean authenticatedHomesOnly;

    private Builder(ElementSettings from) {
      profile = from.profile;
      hunt = from.hunt;
      t2Registration = from.t2Registration;
      t3Deregistration = from.t3Deregistration;
      maxRegAttempt = from.maxRegAttempt;
      registrationLife = from.registrationLife;
      lifeInMilliseconds = from.lifeInMilliseconds;
      t4Reregistration = from.t4Reregistration;
      t4JitterPercent = from.t4JitterPercent;
      updateGap = from.updateGap;
      homeChangeGrace = from.homeChangeGrace;
      homeSilenceMin = from.homeSilenceMin;
      homeSilenceUnknown = from.homeSilenceUnknown;
      lateness = from.lateness;
      selfDoubt = from.selfDoubt;
      incomingMax = from.incomingMax;
      malformedMax = from.malformedMax;
      authenticatedHomesOnly = from.authenticatedHomesOnly;
    }

    /// Sets [ElementSettings#hunt].
    public Builder hunt(HuntSettings value) {
      hunt = value;
      return this;
    }

    /// Sets [ElementSettings#t2Registration].
    public Builder t2Registration(Duration value) {
      t2Registration = value;
      return this;
    }

    /// Sets [ElementSettings#t3Deregistration].
    public Builder t3Deregistration(Duration value) {
      t3Deregistration = value;
      return this;
    }

    /// Sets [ElementSettings#maxRegAttempt].
    public Builder maxRegAttempt(int value) {
      maxRegAttempt = value;
      return this;
    }

    /// Sets [ElementSettings#registrationLife].
    public Builder registrationLife(Duration value) {
      registrationLife = value;
      return this;
    }

    /// Sets [ElementSettings#lifeInMilliseconds].
    public Builder lifeInMilliseconds(boolean value) {
      lifeInMilliseconds = value;
      return this;
    }

    /// Sets [ElementSettings#t4Reregistration].
    public Builder t4Reregistration(Duration value) {
      t4Reregistration = value;
      return this;
    }

    /// Sets [ElementSettings#t4JitterPercent].
    public Builder t4JitterPercent(int value) {
      t4JitterPercent = value;
      return this;
    }

    /// Sets [ElementSettings#updateGap].
    public Builder updateGap(Duration value) {
      updateGap = value;
      return this;
    }

    /// Sets [ElementSettings#homeChangeGrace].
    public Builder homeChangeGrace(Duration value) {
      homeChangeGrace = value;
      return this;
    }

    /// Sets [ElementSettings#homeSilenceMin].
    public Builder homeSilenceMin(Duration value) {
      homeSilenceMin = value;
      return this;
    }

    /// Sets [ElementSettings#homeSilenceUnknown].
    public Builder homeSilenceUnknown(Duration value) {
      homeSilenceUnknown = value;
      return this;
    }

    /// Sets [ElementSettings#lateness].
    public Builder lateness(Duration value) {
      lateness = value;
      return this;
    }

    /// Sets [ElementSettings#selfDoubt].
    public Builder selfDoubt(Duration value) {
      selfDoubt = value;
      return this;
    }

    /// Sets [ElementSettings#incomingMax].
    public Builder incomingMax(int value) {
      incomingMax = value;
      return this;
    }

    /// Sets [ElementSettings#malformedMax].
    public Builder malformedMax(int value) {
      malformedMax = value;
      return this;
    }

    /// Sets [ElementSettings#authenticatedHomesOnly].
    public Builder authenticatedHomesOnly(boolean value) {
      authenticatedHomesOnly = value;
      return this;
    }

    /// The settings, checked.
    public ElementSettings build() {
      return new ElementSettings(
          profile,
          hunt,
          t2Registration,
          t3Deregistration,
          maxRegAttempt,
          registrationLife,
          lifeInMilliseconds,
          t4Reregistration,
          t4JitterPercent,
          updateGap,
          homeChangeGrace,
          homeSilenceMin,
          homeSilenceUnknown,
          lateness,
          selfDoubt,
          incomingMax,
          malformedMax,
          authenticatedHomesOnly);
    }
  }
}

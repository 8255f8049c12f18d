package io.rserpool.engine.hunt;

import io.rserpool.engine.Endpoint;
import io.rserpool.engine.PeerIdentity;
import io.rserpool.engine.access.IdentityPattern;
import io.rserpool.protocol.Profile;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How a pool element or pool user finds registrars. Defaults of RFC 5352 section 7.1: T5 10 s,
/// doubled
/// up to RETRAN-MAX 60 s; T7 5 s.
///
/// @param registrars configured registrars, which never expire
/// @param t5ServerHunt how long one round of the hunt lasts at first (T5)
/// @param retranMax RETRAN-MAX, above which T5 is not doubled
/// @param doubling whether T5 is doubled at each expiry
/// @param jitterPercent by how much T5 varies to both sides
/// @param parallelAttempts calls at once, 1 to 3 (RFC 5352 section 3.6 SH1)
/// @param delayMax a hunt after a loss begins after a random time up to this
/// @param t7EnrpOutdate how long an announced registrar is remembered at least (T7)
/// @param announcedMax how many announced addresses are remembered
/// @param announcedAtSourcePort whether an announcement without addresses means the datagram's
///     source
///     port, as rsplib has it, instead of port 3863
/// @param trustedRegistrars who the registrars of the scope are; empty for anybody (RFC 5355 sections
///     2.6.3 and 2.7.3 want them authenticated)
public record HuntSettings(
    List<Endpoint> registrars,
    Duration t5ServerHunt,
    Duration retranMax,
    boolean doubling,
    int jitterPercent,
    int parallelAttempts,
    Duration delayMax,
    Duration t7EnrpOutdate,
    int announcedMax,
    boolean announcedAtSourcePort,
    List<IdentityPattern> trustedRegistrars) {

  /// The port of ASAP (RFC 5352 section 8.1).
  public static final int ASAP_PORT = 3863;

  public HuntSettings {
    registrars = registrars.stream().distinct().toList();
    trustedRegistrars = List.copyOf(trustedRegistrars);
    if (registrars.stream().anyMatch(r -> r.port() == 0)) {
      throw new IllegalArgumentException("a registrar has a port from 1 to 65535: " + registrars);
    }
    Setting.positive("t5-server-hunt", t5ServerHunt);
    Setting.positive("retran-max", retranMax);
    Setting.between("hunt-jitter-percent", jitterPercent, 0, 50);
    Setting.between("hunt-parallel-attempts", parallelAttempts, 1, 3);
    Setting.notNegative("hunt-delay-max", delayMax);
    Setting.positive("t7-enrp-outdate", t7EnrpOutdate);
    Setting.between("announced-max", announcedMax, 0, 65_536);
    if (doubling && retranMax.compareTo(t5ServerHunt) < 0) {
      throw new IllegalArgumentException(
          "retran-max must not be below t5-server-hunt, but is "
              + retranMax
              + " below "
              + t5ServerHunt);
    }
  }

  /// The defaults of a profile, with the registrar that runs on this machine: `rfc` as RFC 5352
  /// section
  /// 7.1, `rsplib` 7.5 s without doubling, `standard` 1 s to 8 s.
  public static HuntSettings forProfile(Profile profile) {
    List<Endpoint> local = List.of(Endpoint.of(Endpoint.Scheme.TCP, "localhost", ASAP_PORT));
    Duration delay = Duration.ofMillis(100);
    Duration t7 = Duration.ofSeconds(5);
    return switch (profile) {
      case STANDARD ->
          new HuntSettings(
              local,
              Duration.ofSeconds(1),
              Duration.ofSeconds(8),
              true,
              25,
              3,
              delay,
              t7,
              64,
              false,
              List.of());
      case RFC ->
          new HuntSettings(
              local,
              Duration.ofSeconds(10),
              Duration.ofSeconds(60),
              true,
              0,
              3,
              delay,
              t7,
              64,
              false,
              List.of());
      case RSPLIB ->
          new HuntSettings(
              local,
              Duration.ofMillis(7500),
              Duration.ofMillis(7500),
              false,
              0,
              3,
              delay,
              t7,
              64,
              true,
              List.of());
    };
  }

  /// Whether whoever has proved this name may be a registrar.
  public boolean trusts(PeerIdentity identity) {
    return trustedRegistrars.isEmpty()
        || trustedRegistrars.stream().anyMatch(pattern -> pattern.matches(identity));
  }

  /// A builder that starts with these values.
  public Builder toBuilder() {
    return new Builder(this);
  }

  /// The values that differ from those of a profile, each as `name=value`; the registrars are not
  /// among them.
  public List<String> overrides(Profile profile) {
    Map<String, Object> defaults = forProfile(profile).named();
    defaults.put("registrars", registrars);
    return Setting.differences(named(), defaults);
  }

  private Map<String, Object> named() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("registrars", registrars);
    all.put("t5-server-hunt", t5ServerHunt);
    all.put("retran-max", retranMax);
    all.put("hunt-doubling", doubling);
    all.put("hunt-jitter-percent", jitterPercent);
    all.put("hunt-parallel-attempts", parallelAttempts);
    all.put("hunt-delay-max", delayMax);
    all.put("t7-enrp-outdate", t7EnrpOutdate);
    all.put("announced-max", announcedMax);
    all.put("announced-at-source-port", announcedAtSourcePort);
    all.put("trusted-registrars", trustedRegistrars);
    return all;
  }

  /// Changes single values; every setter takes the component's meaning and unit.
  public static final class Builder {
    private List<Endpoint> registrars;
    private Duration t5ServerHunt;
    private Duration retranMax;
    private boolean doubling;
    private int jitterPercent;
    private int parallelAttempts;
    private Duration delayMax;
    private Duration t7EnrpOutdate;
    private int announcedMax;
    private boolean announcedAtSourcePort;
    private List<IdentityPattern> trustedRegistrars;

    private Builder(HuntSettings from) {
      registrars = from.registrars;
      t5ServerHunt = from.t5ServerHunt;
      retranMax = from.retranMax;
      doubling = from.doubling;
      jitterPercent = from.jitterPercent;
      parallelAttempts = from.parallelAttempts;
      delayMax = from.delayMax;
      t7EnrpOutdate = from.t7EnrpOutdate;
      announcedMax = from.announcedMax;
      announcedAtSourcePort = from.announcedAtSourcePort;
      trustedRegistrars = from.trustedRegistrars;
    }

    /// Sets [HuntSettings#registrars].
    public Builder registrars(List<Endpoint> value) {
      registrars = value;
      return this;
    }

    /// Sets [HuntSettings#t5ServerHunt].
    public Builder t5ServerHunt(Duration value) {
      t5ServerHunt = value;
      return this;
    }

    /// Sets [HuntSettings#retranMax].
    public Builder retranMax(Duration value) {
      retranMax = value;
      return this;
    }

    /// Sets [HuntSettings#doubling].
    public Builder doubling(boolean value) {
      doubling = value;
      return this;
    }

    /// Sets [HuntSettings#jitterPercent].
    public Builder jitterPercent(int value) {
      jitterPercent = value;
      return this;
    }

    /// Sets [HuntSettings#parallelAttempts].
    public Builder parallelAttempts(int value) {
      parallelAttempts = value;
      return this;
    }

    /// Sets [HuntSettings#delayMax].
    public Builder delayMax(Duration value) {
      delayMax = value;
      return this;
    }

    /// Sets [HuntSettings#t7EnrpOutdate].
    public Builder t7EnrpOutdate(Duration value) {
      t7EnrpOutdate = value;
      return this;
    }

    /// Sets [HuntSettings#announcedMax].
    public Builder announcedMax(int value) {
      announcedMax = value;
      return this;
    }

    /// Sets [HuntSettings#announcedAtSourcePort].
    public Builder announcedAtSourcePort(boolean value) {
      announcedAtSourcePort = value;
      return this;
    }

    /// Sets [HuntSettings#trustedRegistrars].
    public Builder trustedRegistrars(List<IdentityPattern> value) {
      trustedRegistrars = value;
      return this;
    }

    /// The settings, checked.
    public HuntSettings build() {
      return new HuntSettings(
          registrars,
          t5ServerHunt,
          retranMax,
          doubling,
          jitterPercent,
          parallelAttempts,
          delayMax,
          t7EnrpOutdate,
          announcedMax,
          announcedAtSourcePort,
          trustedRegistrars);
    }
  }
}

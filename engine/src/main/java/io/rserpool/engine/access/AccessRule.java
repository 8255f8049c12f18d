package io.rserpool.engine.access;

import java.util.ArrayList;
import java.util.List;

/// What some identities may do. Nothing is allowed that is not named here.
///
/// @param who whom the rule is about
/// @param register the pools in which they may register elements
/// @param addresses user addresses that these may have beside those from which they register
/// @param elementIds the identifiers that they may have; empty for all
/// @param elements how many elements each identity may have, in all pools and at all registrars; 0
///     for as many as the registrar's settings say
/// @param resolve the pools that they may resolve
/// @param watch the pools of which they may be told every change
/// @param report the pools of which they may report unreachable elements
/// @param reportRate reports a second about one pool, of each identity; 0 for what the settings say
/// @param reportBurst reports about one pool at once; 0 for what the settings say
/// @param remove whether they may take elements out by hand
/// @param dump whether they may read peer lists and handle tables by ENRP
public record AccessRule(
    List<IdentityPattern> who,
    List<PoolPattern> register,
    List<AddressRange> addresses,
    List<ElementIdRange> elementIds,
    int elements,
    List<PoolPattern> resolve,
    List<PoolPattern> watch,
    List<PoolPattern> report,
    int reportRate,
    int reportBurst,
    boolean remove,
    boolean dump) {

  public AccessRule {
    who = List.copyOf(who);
    register = List.copyOf(register);
    addresses = List.copyOf(addresses);
    elementIds = List.copyOf(elementIds);
    resolve = List.copyOf(resolve);
    watch = List.copyOf(watch);
    report = List.copyOf(report);
    if (who.isEmpty()) {
      throw new IllegalArgumentException("a rule says whom it is about, but this one does not");
    }
    if (elements < 0 || reportRate < 0 || reportBurst < 0) {
      throw new IllegalArgumentException(
          "a limit is 0 or more, but these are %d elements, %d reports a second, %d at once"
              .formatted(elements, reportRate, reportBurst));
    }
  }

  /// A rule about these identities that allows nothing yet.
  public static Builder about(List<IdentityPattern> who) {
    return new Builder(who);
  }

  /// A rule about one pattern that allows nothing yet.
  public static Builder about(String who) {
    return about(List.of(IdentityPattern.parse(who)));
  }

  /// Collects what is allowed.
  public static final class Builder {
    private final List<IdentityPattern> who;
    private List<PoolPattern> register = List.of();
    private List<AddressRange> addresses = List.of();
    private List<ElementIdRange> elementIds = List.of();
    private int elements;
    private List<PoolPattern> resolve = List.of();
    private List<PoolPattern> watch = List.of();
    private List<PoolPattern> report = List.of();
    private int reportRate;
    private int reportBurst;
    private boolean remove;
    private boolean dump;

    private Builder(List<IdentityPattern> who) {
      this.who = who;
    }

    /// Sets [AccessRule#register].
    public Builder register(List<PoolPattern> value) {
      register = value;
      return this;
    }

    /// Sets [AccessRule#register].
    public Builder register(String... patterns) {
      return register(pools(patterns));
    }

    /// Sets [AccessRule#addresses].
    public Builder addresses(List<AddressRange> value) {
      addresses = value;
      return this;
    }

    /// Sets [AccessRule#elementIds].
    public Builder elementIds(List<ElementIdRange> value) {
      elementIds = value;
      return this;
    }

    /// Sets [AccessRule#elements].
    public Builder elements(int value) {
      elements = value;
      return this;
    }

    /// Sets [AccessRule#resolve].
    public Builder resolve(List<PoolPattern> value) {
      resolve = value;
      return this;
    }

    /// Sets [AccessRule#resolve].
    public Builder resolve(String... patterns) {
      return resolve(pools(patterns));
    }

    /// Sets [AccessRule#watch].
    public Builder watch(List<PoolPattern> value) {
      watch = value;
      return this;
    }

    /// Sets [AccessRule#watch].
    public Builder watch(String... patterns) {
      return watch(pools(patterns));
    }

    /// Sets [AccessRule#report].
    public Builder report(List<PoolPattern> value) {
      report = value;
      return this;
    }

    /// Sets [AccessRule#report].
    public Builder report(String... patterns) {
      return report(pools(patterns));
    }

    /// Sets [AccessRule#reportRate] and [AccessRule#reportBurst].
    public Builder reportLimit(int rate, int burst) {
      reportRate = rate;
      reportBurst = burst;
      return this;
    }

    /// Sets [AccessRule#remove].
    public Builder remove(boolean value) {
      remove = value;
      return this;
    }

    /// Sets [AccessRule#dump].
    public Builder dump(boolean value) {
      dump = value;
      return this;
    }

    /// The rule, checked.
    public AccessRule build() {
      return new AccessRule(
          who,
          register,
          addresses,
          elementIds,
          elements,
          resolve,
          watch,
          report,
          reportRate,
          reportBurst,
          remove,
          dump);
    }

    private static List<PoolPattern> pools(String... patterns) {
      List<PoolPattern> pools = new ArrayList<>();
      for (String pattern : patterns) {
        pools.add(PoolPattern.parse(pattern));
      }
      return pools;
    }
  }
}

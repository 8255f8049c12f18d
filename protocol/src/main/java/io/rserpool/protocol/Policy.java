package io.rserpool.protocol;

/// How a pool chooses among its elements, with one element's own values: the Pool Member Selection
/// Policy parameter (RFC 5354 section 3.8, RFC 5356).
///
/// All numbers are unsigned 32-bit, held in a `long`. A load, degradation or DPF is a fraction of
/// 0xffffffff, see [#fraction].
public sealed interface Policy
    permits Policy.RoundRobin,
        Policy.WeightedRoundRobin,
        Policy.Random,
        Policy.WeightedRandom,
        Policy.Priority,
        Policy.WeightedRandomDpf,
        Policy.Loaded,
        Policy.Extension {

  /// The number of 100 % (RFC 5356 section 3.1).
  long FULL = Unsigned.MAX_32;

  /// The policy type number on the wire, unsigned 32-bit.
  long type();

  /// Whether elements of this policy register again whenever their state changes (RFC 5356 section
  /// 7.1), told by the type's bit or by the fields where a private number lacks that bit.
  default boolean isAdaptive() {
    return (type() & 0x4000_0000L) != 0 || hasLoad();
  }

  /// Whether the policy's values contain a load.
  default boolean hasLoad() {
    return false;
  }

  /// The same policy with another load; policies without a load return themselves.
  ///
  /// @param load unsigned 32-bit, [#FULL] is 100 %
  default Policy withLoad(long load) {
    return this;
  }

  /// The same policy with another distance; policies without a distance return themselves.
  ///
  /// @param distance one way, in milliseconds, unsigned 32-bit
  default Policy withDistance(long distance) {
    return this;
  }

  /// The wire form of a fraction.
  ///
  /// @param fraction 0.0 to 1.0
  /// @throws IllegalArgumentException outside that range
  static long fraction(double fraction) {
    if (!(fraction >= 0.0 && fraction <= 1.0)) {
      throw new IllegalArgumentException(
          "a load or DPF is a fraction from 0 to 1, but this is " + fraction);
    }
    return Math.round(fraction * FULL);
  }

  /// A policy whose values contain a load.
  sealed interface Loaded extends Policy
      permits Policy.LeastUsed,
          Policy.LeastUsedDegradation,
          Policy.PriorityLeastUsed,
          Policy.RandomizedLeastUsed,
          Policy.RandomizedPriorityLeastUsed,
          Policy.RandomizedLeastUsedDegradation,
          Policy.PriorityLeastUsedDegradation,
          Policy.RandomizedPriorityLeastUsedDegradation,
          Policy.LeastUsedDpf,
          Policy.LeastUsedDegradationDpf,
          Policy.PriorityLeastUsedDpf,
          Policy.PriorityLeastUsedDegradationDpf,
          Policy.MostUsed {

    /// The load, 0 to 0xffffffff, which is 100 %.
    long load();

    @Override
    default boolean hasLoad() {
      return true;
    }

    @Override
    Policy withLoad(long load);
  }

  /// Each element in turn (RFC 5356 section 4.1); the default, and the one that everybody must
  /// know.
  record RoundRobin() implements Policy {
    /// The type number.
    public static final long TYPE = 0x0000_0001L;

    /// The policy that a pool has when nothing is said (RFC 5356 section 4.1.1).
    public static final RoundRobin INSTANCE = new RoundRobin();

    @Override
    public long type() {
      return TYPE;
    }
  }

  /// In turn, in proportion to weight (RFC 5356 section 4.2).
  ///
  /// @param weight relative capacity, 0 for no service at all
  record WeightedRoundRobin(long weight) implements Policy {
    /// The type number.
    public static final long TYPE = 0x0000_0002L;

    public WeightedRoundRobin {
      Unsigned.require32("weight", weight);
    }

    @Override
    public long type() {
      return TYPE;
    }
  }

  /// Any element, all equally likely (RFC 5356 section 4.3).
  record Random() implements Policy {
    /// The type number.
    public static final long TYPE = 0x0000_0003L;

    @Override
    public long type() {
      return TYPE;
    }
  }

  /// At random, with probability in proportion to weight (RFC 5356 section 4.4).
  ///
  /// @param weight relative capacity, 0 for no service at all
  record WeightedRandom(long weight) implements Policy {
    /// The type number.
    public static final long TYPE = 0x0000_0004L;

    public WeightedRandom {
      Unsigned.require32("weight", weight);
    }

    @Override
    public long type() {
      return TYPE;
    }
  }

  /// The highest priority first (RFC 5356 section 4.5).
  ///
  /// @param priority larger is better
  record Priority(long priority) implements Policy {
    /// The type number.
    public static final long TYPE = 0x0000_0005L;

    public Priority {
      Unsigned.require32("priority", priority);
    }

    @Override
    public long type() {
      return TYPE;
    }
  }

  /// The lowest load first (RFC 5356 section 5.1).
  ///
  /// @param load 0 to 0xffffffff, which is 100 %
  record LeastUsed(long load) implements Loaded {
    /// The type number.
    public static final long TYPE = 0x4000_0001L;

    public LeastUsed {
      Unsigned.require32("load", load);
    }

    @Override
    public long type() {
      return TYPE;
    }

    @Override
    public LeastUsed withLoad(long newLoad) {
      return new LeastUsed(newLoad);
    }
  }

  /// The lowest load first, where each selection counts as some load until the element tells its
  /// load anew (RFC 5356 section 5.2).
  ///
  /// @param load 0 to 0xffffffff, which is 100 %
  /// @param degradation the load that one session adds, 0xffffffff is 100 %
  record LeastUsedDegradation(long load, long degradation) implements Loaded {
    /// The type number.
    public static final long TYPE = 0x4000_0002L;

    public LeastUsedDegradation {
      Unsigned.require32("load", load);
      Unsigned.require32("degradation", degradation);
    }

    @Override
    public long type() {
      return TYPE;
    }

    @Override
    public LeastUsedDegradation withLoad(long newLoad) {
      return new LeastUsedDegradation(newLoad, degradation);
    }
  }

  /// The lowest load after one more session first (RFC 5356 section 5.3).
  ///
  /// @param load 0 to 0xffffffff, which is 100 %
  /// @param degradation the load that one session adds, 0xffffffff is 100 %
  record PriorityLeastUsed(long load, long degradation) implements Loaded {
    /// The type number.
    public static final long TYPE = 0x4000_0003L;

    public PriorityLeastUsed {
      Unsigned.require32("load", load);
      Unsigned.require32("degradation", degradation);
    }

    @Override
    public long type() {
      return TYPE;
    }

    @Override
    public PriorityLeastUsed withLoad(long newLoad) {
      return new PriorityLeastUsed(newLoad, degradation);
    }
  }

  /// At random, in proportion to the capacity that is left (RFC 5356 section 5.4).
  ///
  /// @param load 0 to 0xffffffff, which is 100 %
  record RandomizedLeastUsed(long load) implements Loaded {
    /// The type number.
    public static final long TYPE = 0x4000_0004L;

    public RandomizedLeastUsed {
      Unsigned.require32("load", load);
    }

    @Override
    public long type() {
      return TYPE;
    }

    @Override
    public RandomizedLeastUsed withLoad(long newLoad) {
      return new RandomizedLeastUsed(newLoad);
    }
  }

  /// As [RandomizedLeastUsed], with the load after one more session (rsplib).
  ///
  /// @param load 0 to 0xffffffff, which is 100 %
  /// @param degradation the load that one session adds, 0xffffffff is 100 %
  record RandomizedPriorityLeastUsed(long load, long degradation) implements Loaded {
    /// The type number.
    public static final long TYPE = 0xb000_1001L;

    public RandomizedPriorityLeastUsed {
      Unsigned.require32("load", load);
      Unsigned.require32("degradation", degradation);
    }

    @Override
    public long type() {
      return TYPE;
    }

    @Override
    public RandomizedPriorityLeastUsed withLoad(long newLoad) {
      return new RandomizedPriorityLeastUsed(newLoad, degradation);
    }
  }

  /// As [RandomizedLeastUsed], where each selection counts as load (rsplib).
  ///
  /// @param load 0 to 0xffffffff, which is 100 %
  /// @param degradation the load that one session adds, 0xffffffff is 100 %
  record RandomizedLeastUsedDegradation(long load, long degradation) implements Loaded {
    /// The type number.
    public static final long TYPE = 0xb000_1002L;

    public RandomizedLeastUsedDegradation {
      Unsigned.require32("load", load);
      Unsigned.require32("degradation", degradation);
    }

    @Override
    public long type() {
      return TYPE;
    }

    @Override
    public RandomizedLeastUsedDegradation withLoad(long newLoad) {
      return new RandomizedLeastUsedDegradation(newLoad, degradation);
    }
  }

  /// As [PriorityLeastUsed], where each selection counts as load (rsplib).
  ///
  /// @param load 0 to 0xffffffff, which is 100 %
  /// @param degradation the load that one session adds, 0xffffffff is 100 %
  record PriorityLeastUsedDegradation(long load, long degradation) implements Loaded {
    /// The type number.
    public static final long TYPE = 0xb000_1003L;

    public PriorityLeastUsedDegradation {
      Unsigned.require32("load", load);
      Unsigned.require32("degradation", degradation);
    }

    @Override
    public long type() {
      return TYPE;
    }

    @Override
    public PriorityLeastUsedDegradation withLoad(long newLoad) {
      return new PriorityLeastUsedDegradation(newLoad, degradation);
    }
  }

  /// As [RandomizedPriorityLeastUsed], where each selection counts as load (rsplib).
  ///
  /// @param load 0 to 0xffffffff, which is 100 %
  /// @param degradation the load that one session adds, 0xffffffff is 100 %
  record RandomizedPriorityLeastUsedDegradation(long load, long degradation) implements Loaded {
    /// The type number.
    public static final long TYPE = 0xb000_1004L;

    public RandomizedPriorityLeastUsedDegradation {
      Unsigned.require32("load", load);
      Unsigned.require32("degradation", degradation);
    }

    @Override
    public long type() {
      return TYPE;
    }

    @Override
    public RandomizedPriorityLeastUsedDegradation withLoad(long newLoad) {
      return new RandomizedPriorityLeastUsedDegradation(newLoad, degradation);
    }
  }

  /// As [WeightedRandom], less weight for what is far away (delay draft).
  ///
  /// @param weight relative capacity, 0 for no service at all
  /// @param weightDpf share of the weight lost per millisecond of distance, as a fraction of
  ///     0xffffffff
  /// @param distance milliseconds, one way; filled in by the registrars
  record WeightedRandomDpf(long weight, long weightDpf, long distance) implements Policy {
    /// The type number.
    public static final long TYPE = 0xb000_2001L;

    public WeightedRandomDpf {
      Unsigned.require32("weight", weight);
      Unsigned.require32("weightDpf", weightDpf);
      Unsigned.require32("distance", distance);
    }

    @Override
    public long type() {
      return TYPE;
    }

    @Override
    public WeightedRandomDpf withDistance(long newDistance) {
      return new WeightedRandomDpf(weight, weightDpf, newDistance);
    }
  }

  /// As [LeastUsed], where distance counts as load (delay draft).
  ///
  /// @param load 0 to 0xffffffff, which is 100 %
  /// @param loadDpf load per millisecond of distance, as a fraction of 0xffffffff
  /// @param distance milliseconds, one way; filled in by the registrars
  record LeastUsedDpf(long load, long loadDpf, long distance) implements Loaded {
    /// The type number.
    public static final long TYPE = 0xb000_2002L;

    public LeastUsedDpf {
      Unsigned.require32("load", load);
      Unsigned.require32("loadDpf", loadDpf);
      Unsigned.require32("distance", distance);
    }

    @Override
    public long type() {
      return TYPE;
    }

    @Override
    public LeastUsedDpf withLoad(long newLoad) {
      return new LeastUsedDpf(newLoad, loadDpf, distance);
    }

    @Override
    public LeastUsedDpf withDistance(long newDistance) {
      return new LeastUsedDpf(load, loadDpf, newDistance);
    }
  }

  /// As [LeastUsedDegradation], where distance counts as load (rsplib).
  ///
  /// @param load 0 to 0xffffffff, which is 100 %
  /// @param degradation the load that one session adds, 0xffffffff is 100 %
  /// @param loadDpf load per millisecond of distance, as a fraction of 0xffffffff
  /// @param distance milliseconds, one way; filled in by the registrars
  record LeastUsedDegradationDpf(long load, long degradation, long loadDpf, long distance)
      implements Loaded {
    /// The type number.
    public static final long TYPE = 0xb000_2003L;

    public LeastUsedDegradationDpf {
      Unsigned.require32("load", load);
      Unsigned.require32("degradation", degradation);
      Unsigned.require32("loadDpf", loadDpf);
      Unsigned.require32("distance", distance);
    }

    @Override
    public long type() {
      return TYPE;
    }

    @Override
    public LeastUsedDegradationDpf withLoad(long newLoad) {
      return new LeastUsedDegradationDpf(newLoad, degradation, loadDpf, distance);
    }

    @Override
    public LeastUsedDegradationDpf withDistance(long newDistance) {
      return new LeastUsedDegradationDpf(load, degradation, loadDpf, newDistance);
    }
  }

  /// As [PriorityLeastUsed], where distance counts as load; the layout is ours, as rsplib has none.
  ///
  /// @param load 0 to 0xffffffff, which is 100 %
  /// @param degradation the load that one session adds, 0xffffffff is 100 %
  /// @param loadDpf load per millisecond of distance, as a fraction of 0xffffffff
  /// @param distance milliseconds, one way; filled in by the registrars
  record PriorityLeastUsedDpf(long load, long degradation, long loadDpf, long distance)
      implements Loaded {
    /// The type number.
    public static final long TYPE = 0xb000_2004L;

    public PriorityLeastUsedDpf {
      Unsigned.require32("load", load);
      Unsigned.require32("degradation", degradation);
      Unsigned.require32("loadDpf", loadDpf);
      Unsigned.require32("distance", distance);
    }

    @Override
    public long type() {
      return TYPE;
    }

    @Override
    public PriorityLeastUsedDpf withLoad(long newLoad) {
      return new PriorityLeastUsedDpf(newLoad, degradation, loadDpf, distance);
    }

    @Override
    public PriorityLeastUsedDpf withDistance(long newDistance) {
      return new PriorityLeastUsedDpf(load, degradation, loadDpf, newDistance);
    }
  }

  /// As [PriorityLeastUsedDegradation], where distance counts as load; the layout is ours, as
  /// rsplib has none.
  ///
  /// @param load 0 to 0xffffffff, which is 100 %
  /// @param degradation the load that one session adds, 0xffffffff is 100 %
  /// @param loadDpf load per millisecond of distance, as a fraction of 0xffffffff
  /// @param distance milliseconds, one way; filled in by the registrars
  record PriorityLeastUsedDegradationDpf(long load, long degradation, long loadDpf, long distance)
      implements Loaded {
    /// The type number.
    public static final long TYPE = 0xb000_2005L;

    public PriorityLeastUsedDegradationDpf {
      Unsigned.require32("load", load);
      Unsigned.require32("degradation", degradation);
      Unsigned.require32("loadDpf", loadDpf);
      Unsigned.require32("distance", distance);
    }

    @Override
    public long type() {
      return TYPE;
    }

    @Override
    public PriorityLeastUsedDegradationDpf withLoad(long newLoad) {
      return new PriorityLeastUsedDegradationDpf(newLoad, degradation, loadDpf, distance);
    }

    @Override
    public PriorityLeastUsedDegradationDpf withDistance(long newDistance) {
      return new PriorityLeastUsedDegradationDpf(load, degradation, loadDpf, newDistance);
    }
  }

  /// The highest load below 100 % first, so that few elements are busy and the others may rest. RFC
  /// 3237 names it, RFC 5356 does not define it: number and rule are ours (`docs/deviations.md`).
  ///
  /// @param load 0 to 0xffffffff, which is 100 %
  record MostUsed(long load) implements Loaded {
    /// The type number.
    public static final long TYPE = 0xc000_0001L;

    public MostUsed {
      Unsigned.require32("load", load);
    }

    @Override
    public long type() {
      return TYPE;
    }

    @Override
    public MostUsed withLoad(long newLoad) {
      return new MostUsed(newLoad);
    }
  }

  /// A policy that this library has no record for: its number and its fields as bytes. A registrar
  /// serves it if a rule for that number is plugged in, and refuses it otherwise.
  ///
  /// @param type none of the numbers above, unsigned 32-bit
  /// @param fields everything after the type number
  record Extension(long type, Octets fields) implements Policy {
    public Extension {
      Unsigned.require32("policy type", type);
      if (fields.size() > 65_519) {
        throw new IllegalArgumentException(
            "policy fields have at most 65519 bytes, but these have " + fields.size());
      }
    }
  }
}

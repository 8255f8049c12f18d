package io.rserpool.engine.access;

import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.PoolHandle;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/// What one identity may do under a policy.
public final class Rights {

  /// Everything, as in a scope without security.
  static final Rights ALL = new Rights(true, "", true, List.of());

  private final boolean isOpen;
  private final String denial;
  private final boolean isRegistrar;
  private final List<AccessRule> rules;

  private Rights(boolean isOpen, String denial, boolean isRegistrar, List<AccessRule> rules) {
    this.isOpen = isOpen;
    this.denial = denial;
    this.isRegistrar = isRegistrar;
    this.rules = rules;
  }

  static Rights none(String denial) {
    return new Rights(false, denial, false, List.of());
  }

  static Rights of(boolean isRegistrar, List<AccessRule> rules) {
    return new Rights(false, "", isRegistrar, rules);
  }

  /// Whether the scope has no security, so that nobody is asked who he is.
  public boolean isOpen() {
    return isOpen;
  }

  /// Whether it may be talked to at all.
  public Decision associate() {
    return denial.isEmpty() ? Decision.ALLOWED : Decision.refused(denial);
  }

  /// Whether it is a registrar of the scope.
  public Decision speakAsRegistrar() {
    return isRegistrar ? Decision.ALLOWED : refused("it is no registrar of this scope");
  }

  /// Whether it may read lists and tables by ENRP.
  public Decision dump() {
    return isOpen || rules.stream().anyMatch(AccessRule::dump)
        ? Decision.ALLOWED
        : refused("no rule lets it read tables");
  }

  /// Whether it may take elements out by hand.
  public Decision remove() {
    return isOpen || rules.stream().anyMatch(AccessRule::remove)
        ? Decision.ALLOWED
        : refused("no rule lets it take elements out by hand");
  }

  /// Whether it may register an element in a pool.
  public Decision register(PoolHandle handle, ElementId elementId) {
    boolean isPool = isOpen;
    for (AccessRule rule : rules) {
      boolean covers = covers(rule.register(), handle);
      isPool |= covers;
      if (covers && coversId(rule, elementId)) {
        return Decision.ALLOWED;
      }
    }
    if (isOpen) {
      return Decision.ALLOWED;
    }
    return isPool
        ? refused("no rule lets it register element %s in pool %s".formatted(elementId, handle))
        : refused("no rule lets it register in pool " + handle);
  }

  /// Whether an element that it registers may have a user address from which it does not register.
  public boolean mayUse(PoolHandle handle, ElementId elementId, IpAddress address) {
    return rules.stream()
        .filter(rule -> covers(rule.register(), handle) && coversId(rule, elementId))
        .anyMatch(rule -> rule.addresses().stream().anyMatch(range -> range.contains(address)));
  }

  /// How many elements it may have, to register this one, too.
  ///
  /// @param otherwise what the settings say
  public int elementsMax(PoolHandle handle, ElementId elementId, int otherwise) {
    int max = rules.isEmpty() ? otherwise : 0;
    for (AccessRule rule : rules) {
      if (covers(rule.register(), handle) && coversId(rule, elementId)) {
        max = Math.max(max, rule.elements() == 0 ? otherwise : rule.elements());
      }
    }
    return max;
  }

  /// Whether it may resolve a pool.
  public Decision resolve(PoolHandle handle) {
    return decide(AccessRule::resolve, handle, "resolve");
  }

  /// Whether it may be told of every change of a pool.
  public Decision watch(PoolHandle handle) {
    return decide(AccessRule::watch, handle, "watch");
  }

  /// Whether it may report elements of a pool unreachable.
  public Decision report(PoolHandle handle) {
    return decide(AccessRule::report, handle, "report elements of");
  }

  /// How many reports a second it may make about a pool; 0 for any number.
  ///
  /// @param otherwise what the settings say
  public int reportRate(PoolHandle handle, int otherwise) {
    return reportLimit(handle, AccessRule::reportRate, otherwise);
  }

  /// How many reports it may make about a pool at once.
  ///
  /// @param otherwise what the settings say
  public int reportBurst(PoolHandle handle, int otherwise) {
    return reportLimit(handle, AccessRule::reportBurst, otherwise);
  }

  private int reportLimit(PoolHandle handle, ToIntFunction<AccessRule> limit, int otherwise) {
    int max = 0;
    for (AccessRule rule : rules) {
      if (covers(rule.report(), handle)) {
        int own = limit.applyAsInt(rule);
        if (own == 0 && otherwise == 0) {
          return 0;
        }
        max = Math.max(max, own == 0 ? otherwise : own);
      }
    }
    return max == 0 ? otherwise : max;
  }

  private Decision decide(
      Function<AccessRule, List<PoolPattern>> pools, PoolHandle handle, String what) {
    if (isOpen) {
      return Decision.ALLOWED;
    }
    for (AccessRule rule : rules) {
      if (covers(pools.apply(rule), handle)) {
        return Decision.ALLOWED;
      }
    }
    return refused("no rule lets it " + what + " pool " + handle);
  }

  private Decision refused(String why) {
    return Decision.refused(denial.isEmpty() ? why : denial);
  }

  private static boolean coversId(AccessRule rule, ElementId elementId) {
    return rule.elementIds().isEmpty()
        || rule.elementIds().stream().anyMatch(range -> range.contains(elementId));
  }

  private static boolean covers(List<PoolPattern> patterns, PoolHandle handle) {
    for (PoolPattern pattern : patterns) {
      if (pattern.matches(handle)) {
        return true;
      }
    }
    return false;
  }
}

package io.rserpool.grpc;

import io.rserpool.engine.policy.PolicyRule;
import io.rserpool.engine.policy.PolicyRules;
import io.rserpool.engine.policy.Selection;
import io.rserpool.engine.policy.SelectionSettings;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.Profile;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Chooses among the connected elements of a pool by its policy, for each call (RFC 5356), with the
/// very rules that registrars use. For many threads: the rules know no locks, so one is held around
/// each choice, for less than a microsecond.
final class Choice {

  private static final PolicyRules RULES =
      PolicyRules.standard(SelectionSettings.forCache(Profile.STANDARD));
  private static final PolicyRule ROUND_ROBIN = RULES.find(Policy.RoundRobin.TYPE).orElseThrow();

  private final ReentrantLock lock = new ReentrantLock();
  private final RandomGenerator random;
  private final SequencedSet<Candidate> members = new LinkedHashSet<>();
  private PolicyRule rule = ROUND_ROBIN;
  private Selection<Candidate> selection = ROUND_ROBIN.newSelection();

  Choice(RandomGenerator random) {
    this.random = random;
  }

  /// The registrar has told the pool's policy and the present values of all elements. Accumulated
  /// degradation is void: it stands for what the registrar does not tell yet, and it has just told
  /// everything.
  ///
  /// @param candidates all elements, connected or not
  /// @param values the policy values of each
  void told(Policy poolPolicy, List<Candidate> candidates, List<Policy> values) {
    PolicyRule fitting =
        RULES
            .find(poolPolicy.type())
            .filter(known -> values.stream().allMatch(v -> fits(known, v)))
            .orElse(ROUND_ROBIN);
    lock.lock();
    try {
      boolean isSame = fitting.type() == rule.type();
      if (!isSame) {
        members.forEach(selection::remove);
      }
      for (int i = 0; i < candidates.size(); i++) {
        Candidate candidate = candidates.get(i);
        Policy before = candidate.policy();
        candidate.policy(values.get(i));
        if (isSame && members.contains(candidate)) {
          selection.renew(candidate, before);
        }
      }
      if (!isSame) {
        rule = fitting;
        selection = fitting.newSelection();
        members.forEach(selection::add);
      }
    } finally {
      lock.unlock();
    }
  }

  private static boolean fits(PolicyRule rule, Policy values) {
    return values.type() == rule.type() && rule.accepts(values);
  }

  /// An element is connected.
  void add(Candidate candidate) {
    lock.lock();
    try {
      if (members.add(candidate)) {
        selection.add(candidate);
      }
    } finally {
      lock.unlock();
    }
  }

  /// An element is not connected any more, or not in the pool.
  void remove(Candidate candidate) {
    lock.lock();
    try {
      if (members.remove(candidate)) {
        selection.remove(candidate);
      }
    } finally {
      lock.unlock();
    }
  }

  boolean isEmpty() {
    lock.lock();
    try {
      return members.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /// The element for one call; nothing if none is connected, or none serves (weight 0).
  ///
  /// @param triedBefore not these if there is another one
  @Nullable Candidate next(List<Candidate> triedBefore) {
    lock.lock();
    try {
      List<Candidate> chosen = selection.select(1, random);
      if (chosen.isEmpty() || !triedBefore.contains(chosen.getFirst())) {
        return chosen.isEmpty() ? null : chosen.getFirst();
      }
      return selection.preview(members.size(), random).stream()
          .filter(candidate -> !triedBefore.contains(candidate))
          .findFirst()
          .orElse(chosen.getFirst());
    } finally {
      lock.unlock();
    }
  }
}

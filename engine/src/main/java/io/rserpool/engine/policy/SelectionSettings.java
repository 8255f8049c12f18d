package io.rserpool.engine.policy;

import io.rserpool.protocol.Policy;
import io.rserpool.protocol.Profile;

/// How far one answer moves the state of a pool on, where RFC 5356 and rsplib differ.
///
/// The three step limits say how many elements of an answer, from the first on, count as used: only
/// these go behind their equals, use up a turn, or gain degradation.
///
/// @param turnSteps for round robin and weighted round robin: 1, so that the head moves on by one
///     element per answer (RFC 5356 section 4.1.2)
/// @param rankSteps for priority, least used, priority least used and most used
/// @param degradationSteps for every policy with accumulated degradation: all elements returned
///     (RFC 5356 section 5.2.2), in profile `rsplib` the first only
/// @param leastUsedWeightMin the smallest weight of an element in the randomized least used
///     policies: 0 at full load (RFC 5356 section 5.4.2), in profile `rsplib` 1
public record SelectionSettings(
    int turnSteps, int rankSteps, int degradationSteps, long leastUsedWeightMin) {

  /// Every element of an answer counts as used.
  public static final int ALL = Integer.MAX_VALUE;

  public SelectionSettings {
    if (turnSteps < 0 || rankSteps < 0 || degradationSteps < 0) {
      throw new IllegalArgumentException(
          "step limits are 0 or more, but these are %d, %d and %d"
              .formatted(turnSteps, rankSteps, degradationSteps));
    }
    if (leastUsedWeightMin < 0 || leastUsedWeightMin > Policy.FULL) {
      throw new IllegalArgumentException(
          "a weight is 0 to 4294967295, but the smallest one is to be " + leastUsedWeightMin);
    }
  }

  /// What a registrar of the given profile does.
  public static SelectionSettings forProfile(Profile profile) {
    return switch (profile) {
      case STANDARD, RFC -> new SelectionSettings(1, 1, ALL, 0);
      case RSPLIB -> new SelectionSettings(1, 1, 1, 1);
    };
  }

  /// What the cache of a pool user does, which asks itself for as many elements as it uses.
  public static SelectionSettings forCache(Profile profile) {
    return new SelectionSettings(ALL, ALL, ALL, forProfile(profile).leastUsedWeightMin());
  }
}

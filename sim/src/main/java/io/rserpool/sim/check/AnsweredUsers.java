package io.rserpool.sim.check;

/// In a secured scope users that are left in peace, as all registrars are, get answers, whatever others
/// ask for at the same time.
final class AnsweredUsers extends Invariant {

  AnsweredUsers(Truth truth) {
    super("answered-users", truth);
  }

  @Override
  void observe(Observation observation) {
    if (observation instanceof Observation.Asked(UserFacts user, var answer, long askedNs)) {
      long calmNs = askedNs - bounds().settleNs();
      boolean isInPeace =
          user.quiet().isSince(calmNs)
              && truth().registrarsQuietSince(calmNs)
              && !truth().running().isEmpty();
      long tookNs = truth().nowNs() - askedNs;
      check(
          !isInPeace || (answer.isEmpty() && tookNs <= bounds().userRecoveryNs()),
          user.name(),
          () -> "an answer within " + bounds().userRecoveryNs() / 1_000_000 + " ms",
          () -> answer + " after " + tookNs / 1_000_000 + " ms");
    }
  }
}

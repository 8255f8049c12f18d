package io.rserpool.bench.replication;

/// What was sent, by what it is for. Presences and keep-alives that live processes get are none of
/// it: they come all the time.
///
/// @param peers among registrars (ENRP) about elements, takeovers and tables
/// @param members between registrars and elements (ASAP): registrations, deregistrations, reports
/// @param toTheDead whatever was sent to a process that had failed: keep-alives, probes, questions
record Account(Cost peers, Cost members, Cost toTheDead) {

  static final Account EMPTY = new Account(Cost.NOTHING, Cost.NOTHING, Cost.NOTHING);

  Account plus(Account other) {
    return new Account(
        peers.plus(other.peers), members.plus(other.members), toTheDead.plus(other.toTheDead));
  }

  Account minus(Account other) {
    return new Account(
        peers.minus(other.peers), members.minus(other.members), toTheDead.minus(other.toTheDead));
  }

  Account dividedBy(double count) {
    return new Account(
        peers.dividedBy(count), members.dividedBy(count), toTheDead.dividedBy(count));
  }
}

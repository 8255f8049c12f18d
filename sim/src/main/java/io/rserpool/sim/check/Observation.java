package io.rserpool.sim.check;

import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.ServerId;
import io.rserpool.sim.session.SessionDeed;
import java.util.List;

/// Something that happened and that invariants may want to look at.
public sealed interface Observation {

  /// A registrar's handlespace has changed.
  ///
  /// @param gone what it does not know any more
  record HandlespaceChanged(RegistrarFacts registrar, List<Gone> gone) implements Observation {}

  /// An element that a registrar does not know any more.
  ///
  /// @param home its last home there
  record Gone(Identity identity, ServerId home) {}

  /// A registrar of a secured scope has changed its handlespace, because of somebody.
  record Changed(RegistrarFacts registrar, Cause cause) implements Observation {}

  /// A registrar judges by another charter.
  record Governed(RegistrarFacts registrar) implements Observation {}

  /// A member of a secured scope has said something to an adversary.
  ///
  /// @param what for people
  record Believed(String process, String what) implements Observation {}

  /// An element takes somebody for its home.
  record MovesTo(String element, ServerId home) implements Observation {}

  /// A user of a secured scope was told of elements.
  record Shown(UserFacts user, PoolHandle handle, List<PoolElementParameter> elements)
      implements Observation {}

  /// A user of a secured scope has asked, and it is over.
  ///
  /// @param refusal why it has got no answer; empty if it has one
  /// @param askedNs when it asked
  record Asked(UserFacts user, String refusal, long askedNs) implements Observation {}

  /// A registrar begins to serve, or to serve again.
  record BeginsToServe(RegistrarFacts registrar) implements Observation {}

  /// A user has an answer.
  ///
  /// @param ageNs how old it says that it is
  /// @param pushed whether the registrar keeps it up to date
  record Resolved(
      UserFacts user, PoolHandle handle, List<ElementId> elements, long ageNs, boolean pushed)
      implements Observation {}

  /// An element has died, or has left.
  record Ended(ElementFacts element) implements Observation {}

  /// One life of a registrar has ended.
  record RegistrarDied(RegistrarFacts registrar, ServerId id) implements Observation {}

  /// A registrar takes another one over.
  record TakeoverWon(RegistrarFacts winner, ServerId target) implements Observation {}

  /// What was sent from one settling to the next.
  ///
  /// @param ns the time
  /// @param operations what the workload asked for
  /// @param faults how many were injected
  /// @param elements processes
  record Carried(long ns, long messages, long operations, long faults, int elements)
      implements Observation {}

  /// Something happened in a session.
  record InSession(SessionDeed deed) implements Observation {}

  /// All faults are healed, nobody joins or leaves, and the settling time has passed.
  record Settled() implements Observation {}
}

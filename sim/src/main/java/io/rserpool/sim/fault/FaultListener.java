package io.rserpool.sim.fault;

import io.rserpool.sim.network.Node;
import io.rserpool.sim.scope.Participant;

/// Hears what is disturbed, so that nobody is blamed for it.
public interface FaultListener {

  /// Something that lasts disturbs a machine from now on.
  void begins(Node node);

  /// It is over.
  void ends(Node node);

  /// Something disturbs a machine now.
  void touched(Node node);

  /// Some registrars do not reach each other from now on.
  void partitionBegins();

  /// It is over.
  void partitionEnds();

  /// A process is about to end.
  ///
  /// @param silently whether its machine cannot tell the peers
  void dies(Participant participant, boolean silently);

  /// A process is about to begin a new life.
  void starts(Participant participant);

  /// A pause of a process disturbs a machine from now on.
  void pauseBegins(Node node);

  /// It is over.
  void pauseEnds(Node node);

  /// A process pauses, or goes on.
  void paused(Participant participant, boolean isPaused);

  /// A machine is cut off, so that its associations may break without notice.
  void cutOff(Node node);
}

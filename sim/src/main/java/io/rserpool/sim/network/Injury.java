package io.rserpool.sim.network;

import java.util.random.RandomGenerator;

/// Waits for a message to damage it.
public final class Injury {

  /// Hears that a message is damaged.
  @FunctionalInterface
  public interface Listener {
    /// It was sent by one machine and has come to the other.
    void damaged(Node from, Node to);
  }

  private final RandomGenerator random;
  private final Listener listener;
  private boolean isOver;

  /// An injury that strikes once.
  public Injury(RandomGenerator random, Listener listener) {
    this.random = random;
    this.listener = listener;
  }

  /// It does not strike any more.
  public void end() {
    isOver = true;
  }

  boolean isOver() {
    return isOver;
  }

  RandomGenerator strike(Node from, Node to) {
    isOver = true;
    listener.damaged(from, to);
    return random;
  }
}

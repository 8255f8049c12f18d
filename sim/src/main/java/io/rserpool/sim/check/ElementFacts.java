package io.rserpool.sim.check;

/// What is really the case with one element.
public final class ElementFacts {

  /// Where it stands.
  public enum State {
    /// It wants to join, or to come back; nothing is acknowledged yet.
    JOINING,
    /// Its registration was acknowledged, and it lives.
    IN,
    /// It wants to leave.
    LEAVING,
    /// It has left; if it and the registrars were left in peace, one of them has confirmed it.
    LEFT,
    /// It is dead.
    DEAD
  }

  private final String name;
  private final Identity identity;
  private final boolean isCallable;
  private final Quiet quiet;
  private State state = State.JOINING;
  private long sinceNs;

  /// An element that wants to join.
  ///
  /// @param name of its process
  /// @param quiet of its machine
  public ElementFacts(String name, Identity identity, boolean isCallable, Quiet quiet) {
    this.name = name;
    this.identity = identity;
    this.isCallable = isCallable;
    this.quiet = quiet;
  }

  /// The name of its process.
  public String name() {
    return name;
  }

  /// Its identity.
  public Identity identity() {
    return identity;
  }

  /// Whether registrars can call it.
  public boolean isCallable() {
    return isCallable;
  }

  /// Since when its machine is left in peace.
  public Quiet quiet() {
    return quiet;
  }

  /// Where it stands.
  public State state() {
    return state;
  }

  /// Since when.
  public long sinceNs() {
    return sinceNs;
  }

  /// It stands somewhere else now.
  public void is(State newState, long nowNs) {
    state = newState;
    sinceNs = nowNs;
  }

  @Override
  public String toString() {
    return identity + " (" + name + ", " + state + ")";
  }
}

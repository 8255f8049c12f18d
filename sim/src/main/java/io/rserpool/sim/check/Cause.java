package io.rserpool.sim.check;

/// Who has made a registrar do what it has just done.
///
/// @param process who said something; empty if it was nobody but the registrar itself
/// @param name the certified name of that process, as its certificate has it; empty for none
/// @param isHostile whether it means harm
/// @param what it said, for people
public record Cause(String process, String name, boolean isHostile, String what) {

  /// The registrar's own deadlines, or its operator.
  public static final Cause ITSELF = new Cause("", "", false, "");

  /// Whether nobody else was involved.
  boolean isItself() {
    return process.isEmpty();
  }

  @Override
  public String toString() {
    return isItself() ? "the registrar itself" : process + " ('" + name + "')" + what;
  }
}

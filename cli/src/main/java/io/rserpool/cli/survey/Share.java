package io.rserpool.cli.survey;

import io.rserpool.protocol.ServerId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// One registrar's share of the handlespace: what the registrar that was asked believes of it, and
/// what it says itself.
///
/// @param owner whose share it is
/// @param addresses where it can be called, as `tcp://host:port`; empty if that is not known
/// @param believed the elements with this home in the handlespace of the registrar that was asked
/// @param statement what the owner says
public record Share(
    ServerId owner, List<String> addresses, List<ElementName> believed, Statement statement) {

  /// How far two copies are the same.
  public enum State {
    /// The owner's checksum is that of the copy.
    IN_STEP,
    /// It is another one: an update is under way, or was lost.
    DIFFERS,
    /// The owner did not say.
    UNKNOWN
  }

  public Share {
    addresses = List.copyOf(addresses);
    believed = List.copyOf(believed);
  }

  /// The checksum over what is believed.
  public int checksum() {
    return ElementName.checksum(believed);
  }

  /// How far the copy is the owner's own.
  public State state() {
    return switch (statement) {
      case Statement.Told told ->
          ElementName.isSame(told.checksum(), checksum()) ? State.IN_STEP : State.DIFFERS;
      case Statement.Silent _ -> State.UNKNOWN;
    };
  }

  /// The elements that the owner does not have, if it said so.
  public List<ElementName> onlyBelieved() {
    return statement instanceof Statement.Told told
        ? without(believed, told.elements())
        : List.of();
  }

  /// The elements that only the owner has.
  public List<ElementName> onlyOwned() {
    return statement instanceof Statement.Told told
        ? without(told.elements(), believed)
        : List.of();
  }

  private static List<ElementName> without(List<ElementName> all, List<ElementName> others) {
    Set<ElementName> rest = new LinkedHashSet<>(all);
    others.forEach(rest::remove);
    return List.copyOf(rest);
  }
}

package io.rserpool.cli.survey;

import java.time.Duration;
import java.util.List;

/// What a registrar said when it was asked for the elements whose home it is.
public sealed interface Statement {

  /// It has answered.
  ///
  /// @param checksum over its own elements, as its presence tells it to its peers
  /// @param elements its own ones
  /// @param took from the call to the last answer
  record Told(int checksum, List<ElementName> elements, Duration took) implements Statement {
    public Told {
      elements = List.copyOf(elements);
    }
  }

  /// It has not.
  ///
  /// @param why in words for people
  record Silent(String why) implements Statement {}
}

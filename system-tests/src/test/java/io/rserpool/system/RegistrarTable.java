package io.rserpool.system;

import io.rserpool.cli.survey.Share;
import io.rserpool.cli.survey.Survey;
import io.rserpool.engine.Endpoint;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.ServerInformation;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What a registrar holds.
///
/// @param registrar its identifier; a reason instead, if it did not answer
/// @param peers the other registrars that it knows
/// @param outOfStep the registrars whose own checksum is not that of this one's copy, or is unknown
/// @param homes the home of each element
record RegistrarTable(
    String registrar,
    SortedSet<String> peers,
    SortedSet<String> outOfStep,
    SortedMap<String, String> homes) {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  /// Asks a registrar at its ENRP address.
  static RegistrarTable ask(String enrp) {
    try {
      Survey survey = Survey.take(Endpoint.parse(enrp, 9_901), Profile.STANDARD, LIMIT);
      TreeMap<String, String> homes = new TreeMap<>();
      survey.view().pools().stream()
          .flatMap(pool -> pool.elements().stream())
          .forEach(element -> homes.put(id(element), element.homeId().toString()));
      return new RegistrarTable(
          survey.view().id().toString(),
          survey.view().peers().stream()
              .map(ServerInformation::serverId)
              .map(Object::toString)
              .collect(Collectors.toCollection(TreeSet::new)),
          survey.shares().stream()
              .filter(share -> share.state() != Share.State.IN_STEP)
              .map(share -> share.owner().toString())
              .collect(Collectors.toCollection(TreeSet::new)),
          homes);
    } catch (IOException e) {
      String reason = String.valueOf(e.getMessage()).replaceAll("\\s+", "_");
      return new RegistrarTable(reason, new TreeSet<>(), new TreeSet<>(), new TreeMap<>());
    }
  }

  private static String id(PoolElementParameter element) {
    return element.elementId().toString();
  }

  /// Reads [#toString].
  static RegistrarTable parse(String text) {
    String[] words = text.split(" ", -1);
    TreeMap<String, String> homes = new TreeMap<>();
    for (String pair : list(words[7])) {
      homes.put(pair.substring(0, pair.indexOf('@')), pair.substring(pair.indexOf('@') + 1));
    }
    return new RegistrarTable(
        words[1], new TreeSet<>(list(words[3])), new TreeSet<>(list(words[5])), homes);
  }

  private static List<String> list(String word) {
    return word.isEmpty() ? List.of() : List.of(word.split(","));
  }

  @Override
  public String toString() {
    return "table %s peers %s outOfStep %s homes %s"
        .formatted(
            registrar,
            String.join(",", peers),
            String.join(",", outOfStep),
            homes.entrySet().stream()
                .map(entry -> entry.getKey() + "@" + entry.getValue())
                .collect(Collectors.joining(",")));
  }
}

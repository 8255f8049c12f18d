package io.rserpool.bench.takeover;

import io.rserpool.protocol.ServerId;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// What somebody knows of all elements.
///
/// @param isComplete whether it is sure of that: a registrar that serves
/// @param elements how many
/// @param homes how many of them each registrar has; a registrar without any may be there, too
record View(boolean isComplete, int elements, SortedMap<ServerId, Integer> homes) {

  /// Reads what [ObservedRegistrar] prints.
  ///
  /// @param words whether it serves, the number of elements, and then the homes
  static View parse(List<String> words) {
    SortedMap<ServerId, Integer> homes = new TreeMap<>();
    for (String home : words.subList(2, words.size())) {
      int mark = home.indexOf('=');
      homes.put(serverId(home.substring(0, mark)), Integer.valueOf(home.substring(mark + 1)));
    }
    return new View(Boolean.parseBoolean(words.getFirst()), Integer.parseInt(words.get(1)), homes);
  }

  /// Reads an identifier such as `0x12345678`.
  static ServerId serverId(String text) {
    return ServerId.of(Integer.parseUnsignedInt(text.substring(2), 16));
  }

  /// Whether there are so many elements, and all of them have one of these homes.
  boolean hasAllWith(Collection<ServerId> living, int count) {
    int there = 0;
    for (ServerId home : living) {
      there += homes.getOrDefault(home, 0);
    }
    return isComplete && elements == count && there == count;
  }
}

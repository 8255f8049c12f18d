package io.rserpool.bench.session;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// A line of `name=number` words, by which processes tell each other figures.
final class Words {

  private Words() {}

  static String write(Map<String, Long> figures) {
    StringBuilder line = new StringBuilder();
    figures.forEach((name, value) -> line.append(name).append('=').append(value).append(' '));
    return line.toString();
  }

  static SortedMap<String, Long> read(String line) {
    TreeMap<String, Long> figures = new TreeMap<>();
    for (String word : line.strip().split(" ", -1)) {
      int mark = word.indexOf('=');
      if (mark > 0) {
        figures.put(word.substring(0, mark), Long.valueOf(word.substring(mark + 1)));
      }
    }
    return figures;
  }
}

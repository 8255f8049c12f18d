package io.rserpool.registrar;

import java.util.Comparator;
import java.util.Optional;
import java.util.SequencedCollection;

/// Finds what somebody meant who has mistyped a word.
final class Spelling {

  private Spelling() {}

  /// The known word that is nearest to the given one, if it is near enough: a third of its letters
  /// may
  /// be wrong. Of words with dots only the last part counts, since the others are the same.
  static Optional<String> nearest(String given, SequencedCollection<String> known) {
    String plain = lastPart(given).replace('_', '-');
    return known.stream()
        .filter(word -> distance(plain, lastPart(word)) <= Math.max(1, lastPart(word).length() / 3))
        .min(Comparator.comparingInt(word -> distance(plain, lastPart(word))));
  }

  private static String lastPart(String key) {
    return key.substring(key.lastIndexOf('.') + 1);
  }

  /// Letters to insert, remove or change to make one word of the other.
  static int distance(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int change = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[to.length()];
  }
}

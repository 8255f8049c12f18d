package io.rserpool.engine.access;

import io.rserpool.protocol.Octets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Bytes of which some are unknown: `*` stands for any run of bytes, an empty one included. Matching
/// takes time in proportion to the sum of both lengths, whatever is in them, since each piece between
/// two stars is sought with its own table of repetitions (Knuth, Morris, Pratt) and never backwards.
final class Wildcard {

  /// What stands between two stars.
  ///
  /// @param repeats for each position, how much of the beginning of the piece ends there
  private record Piece(byte[] bytes, int[] repeats) {

    static Piece of(byte[] bytes) {
      int[] repeats = new int[bytes.length];
      int length = 0;
      for (int i = 1; i < bytes.length; i++) {
        while (length > 0 && bytes[i] != bytes[length]) {
          length = repeats[length - 1];
        }
        length += bytes[i] == bytes[length] ? 1 : 0;
        repeats[i] = length;
      }
      return new Piece(bytes, repeats);
    }

    boolean isAt(Octets text, int at) {
      for (int i = 0; i < bytes.length; i++) {
        if ((bytes[i] & 0xff) != text.unsignedByteAt(at + i)) {
          return false;
        }
      }
      return true;
    }

    /// Where the first occurrence between two positions ends, or -1.
    int endOfFirst(Octets text, int from, int to) {
      int length = 0;
      for (int i = from; i < to; i++) {
        int seen = text.unsignedByteAt(i);
        while (length > 0 && (bytes[length] & 0xff) != seen) {
          length = repeats[length - 1];
        }
        length += (bytes[length] & 0xff) == seen ? 1 : 0;
        if (length == bytes.length) {
          return i + 1;
        }
      }
      return -1;
    }
  }

  private final Piece first;
  private final List<Piece> middle;
  private final Piece last;
  private final boolean hasStar;

  private Wildcard(Piece first, List<Piece> middle, Piece last, boolean hasStar) {
    this.first = first;
    this.middle = middle;
    this.last = last;
    this.hasStar = hasStar;
  }

  static Wildcard of(Octets pattern) {
    List<Piece> pieces = new ArrayList<>();
    byte[] bytes = pattern.toBytes();
    int from = 0;
    for (int i = 0; i <= bytes.length; i++) {
      if (i == bytes.length || bytes[i] == '*') {
        pieces.add(Piece.of(Arrays.copyOfRange(bytes, from, i)));
        from = i + 1;
      }
    }
    List<Piece> middle =
        pieces.stream()
            .limit(pieces.size() - 1L)
            .skip(1)
            .filter(piece -> piece.bytes().length > 0)
            .toList();
    return new Wildcard(pieces.getFirst(), middle, pieces.getLast(), pieces.size() > 1);
  }

  /// Whether there is nothing in it but stars.
  boolean isAnything() {
    return hasStar && first.bytes().length == 0 && middle.isEmpty() && last.bytes().length == 0;
  }

  /// Whether it ends with a star.
  boolean isOpen() {
    return hasStar && last.bytes().length == 0;
  }

  boolean matches(Octets text) {
    if (!hasStar) {
      return text.size() == first.bytes().length && first.isAt(text, 0);
    }
    int at = first.bytes().length;
    int end = text.size() - last.bytes().length;
    if (at > end || !first.isAt(text, 0) || !last.isAt(text, end)) {
      return false;
    }
    for (Piece piece : middle) {
      at = piece.endOfFirst(text, at, end);
      if (at < 0) {
        return false;
      }
    }
    return true;
  }
}

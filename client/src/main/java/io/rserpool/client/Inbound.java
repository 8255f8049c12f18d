package io.rserpool.client;

import io.rserpool.protocol.ElementId;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/// What came and nobody has read yet, in order, with its sender. Guarded by the session's lock.
final class Inbound {

  /// Read ahead of the application; then TCP holds the element back.
  private static final int UNREAD_BYTES_MAX = 256 * 1024;

  private static final class Chunk {
    private final Link link;
    private final byte[] bytes;
    private int start;

    private Chunk(Link link, byte[] bytes) {
      this.link = link;
      this.bytes = bytes;
    }
  }

  private final Deque<Chunk> chunks = new ArrayDeque<>();
  private ElementId sender = ElementId.NONE;

  void add(Link link, byte[] buffer, int count) {
    chunks.addLast(new Chunk(link, Arrays.copyOf(buffer, count)));
  }

  /// Whether more may be read from this link: what older ones have left does not count.
  boolean hasRoom(Link link) {
    long unread = 0;
    for (Chunk chunk : chunks) {
      unread += chunk.link == link ? chunk.bytes.length - chunk.start : 0;
    }
    return unread < UNREAD_BYTES_MAX;
  }

  /// Whether the oldest bytes are those of this link.
  boolean startsWith(@Nullable Link link) {
    return !chunks.isEmpty() && chunks.getFirst().link == link;
  }

  /// Takes bytes of the oldest link that has some, never of two links at once.
  ///
  /// @return how many, 0 if there are none
  int take(byte[] target, int offset, int length) {
    return chunks.isEmpty() ? 0 : take(chunks.getFirst().link, target, offset, length);
  }

  /// Takes bytes of one link.
  int take(Link link, byte[] target, int offset, int length) {
    int taken = 0;
    Iterator<Chunk> rest = chunks.iterator();
    while (rest.hasNext() && taken < length) {
      Chunk chunk = rest.next();
      if (chunk.link != link) {
        if (taken > 0) {
          break;
        }
        continue;
      }
      int count = Math.min(length - taken, chunk.bytes.length - chunk.start);
      System.arraycopy(chunk.bytes, chunk.start, target, offset + taken, count);
      chunk.start += count;
      taken += count;
      if (chunk.start == chunk.bytes.length) {
        rest.remove();
      }
      sender = link.element().elementId();
    }
    return taken;
  }

  /// Drops what came from any link, or from any but this one.
  void discardOthers(@Nullable Link link) {
    chunks.removeIf(chunk -> chunk.link != link);
  }

  /// Who sent what was taken last.
  ElementId sender() {
    return sender;
  }
}

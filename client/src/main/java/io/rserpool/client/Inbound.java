package io.rserpool.client;

import io.rserpool.client.channel.UserMessage;
import io.rserpool.protocol.ElementId;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// What came and nobody has read yet, in order, with its sender. Guarded by the session's lock.
final class Inbound {

  /// Read ahead of the application; then the transport holds the element back.
  private static final int UNREAD_BYTES_MAX = 256 * 1024;

  private static final class Chunk {
    private final Link link;
    private final UserMessage message;
    private int start;

    private Chunk(Link link, UserMessage message) {
      this.link = link;
      this.message = message;
    }

    private UserMessage rest() {
      return start == 0
          ? message
          : new UserMessage(
              Arrays.copyOfRange(message.bytes(), start, message.bytes().length),
              message.payloadProtocolId(),
              message.stream());
    }

    private int left() {
      return message.bytes().length - start;
    }
  }

  private final Deque<Chunk> chunks = new ArrayDeque<>();
  private ElementId sender = ElementId.NONE;

  void add(Link link, UserMessage message) {
    chunks.addLast(new Chunk(link, message));
  }

  /// Whether more may be read from this link: what older ones have left does not count.
  boolean hasRoom(Link link) {
    long unread = 0;
    for (Chunk chunk : chunks) {
      unread += chunk.link == link ? chunk.left() : 0;
    }
    return unread < UNREAD_BYTES_MAX;
  }

  /// The link whose input is the oldest, or null if there is none.
  @Nullable Link oldest() {
    return chunks.isEmpty() ? null : chunks.getFirst().link;
  }

  /// Whether anything of this link is there.
  boolean has(Link link) {
    return chunks.stream().anyMatch(chunk -> chunk.link == link);
  }

  /// Takes bytes of one link, over the bounds of messages, but not over what came of another link.
  ///
  /// @return how many, 0 if there are none
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
      int count = Math.min(length - taken, chunk.left());
      System.arraycopy(chunk.message.bytes(), chunk.start, target, offset + taken, count);
      chunk.start += count;
      taken += count;
      if (chunk.left() == 0) {
        rest.remove();
      }
      sender = link.element().elementId();
    }
    return taken;
  }

  /// Takes the next message of one link, or what was not taken of it yet.
  ///
  /// @throws NoSuchElementException if there is none
  UserMessage takeMessage(Link link) {
    Chunk first = chunks.stream().filter(chunk -> chunk.link == link).findFirst().orElseThrow();
    chunks.remove(first);
    sender = link.element().elementId();
    return first.rest();
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

package io.rserpool.wire.capture;

import io.rserpool.protocol.Octets;
import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Puts the user messages of one direction of an association together (RFC 9260 section 6.9): the
/// first fragment has the B bit, the last one the E bit, and their TSNs follow each other.
/// Retransmitted chunks are told by their TSN.
final class SctpReassembly {

  private static final int END = 0x01;
  private static final int BEGIN = 0x02;

  /// How many TSNs are remembered, to tell retransmissions.
  private static final int MAX_SEEN = 1024;

  /// How many fragments may wait: 64 KiB in pieces of a small packet.
  private static final int MAX_FRAGMENTS = 256;

  private record Fragment(int flags, Slice bytes) {}

  private final Notes notes;
  private final Set<Integer> seen = new LinkedHashSet<>();
  private final Map<Integer, Fragment> waiting = new LinkedHashMap<>();

  SctpReassembly(Notes notes) {
    this.notes = notes;
  }

  /// Takes a chunk; returns the message that it completes.
  Optional<Octets> chunk(int frame, int tsn, int flags, Slice bytes) {
    if (!seen.add(tsn)) {
      return Optional.empty();
    }
    if (seen.size() > MAX_SEEN) {
      seen.remove(seen.iterator().next());
    }
    if ((flags & BEGIN) != 0 && (flags & END) != 0) {
      return Optional.of(bytes.octets());
    }
    if (waiting.size() == MAX_FRAGMENTS) {
      waiting.clear();
      notes.add(frame, "more than " + MAX_FRAGMENTS + " SCTP fragments wait for others; given up");
    }
    waiting.put(tsn, new Fragment(flags, bytes));
    return complete(tsn);
  }

  /// Whether fragments wait for others.
  boolean isPending() {
    return !waiting.isEmpty();
  }

  private Optional<Octets> complete(int tsn) {
    int first = tsn;
    while ((flagsOf(first) & BEGIN) == 0) {
      first--;
      if (!waiting.containsKey(first)) {
        return Optional.empty();
      }
    }
    int last = first;
    while ((flagsOf(last) & END) == 0) {
      last++;
      if (!waiting.containsKey(last)) {
        return Optional.empty();
      }
    }
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    for (int each = first; each != last + 1; each++) {
      Fragment fragment = waiting.remove(each);
      if (fragment != null) {
        Slice bytes = fragment.bytes;
        message.write(bytes.bytes(), bytes.from(), bytes.size());
      }
    }
    return Optional.of(Octets.of(message.toByteArray()));
  }

  private int flagsOf(int tsn) {
    Fragment fragment = waiting.get(tsn);
    return fragment == null ? 0 : fragment.flags;
  }
}

package io.rserpool.client;

import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The lines of a messenger, as many as it may have, the one that was used longest ago first.
final class MessengerLines {

  private final int linesMax;
  private final Duration idleAfter;
  private final MessengerLine.Owner owner;
  private final Map<MessengerLine.Key, MessengerLine> lines = new LinkedHashMap<>(16, 0.75f, true);
  private boolean isClosed;

  MessengerLines(int linesMax, Duration idleAfter, MessengerLine.Owner owner) {
    this.linesMax = linesMax;
    this.idleAfter = idleAfter;
    this.owner = owner;
  }

  /// The element of a line that is there.
  synchronized Optional<PoolElementParameter> element(MessengerLine.Key key) {
    return Optional.ofNullable(lines.get(key)).map(MessengerLine::element);
  }

  /// Gives an element a piece, over its line, or a new one.
  ///
  /// @throws SessionFailedException if it cannot be reached; it was not given the piece
  void send(PoolHandle pool, PoolElementParameter element, Piece piece) {
    MessengerLine line = acquire(pool, element);
    try {
      line.send(piece);
    } finally {
      release(line);
    }
  }

  private synchronized MessengerLine acquire(PoolHandle pool, PoolElementParameter element) {
    if (isClosed) {
      throw new ClosedException("messenger");
    }
    MessengerLine.Key key = new MessengerLine.Key(pool, element.elementId());
    MessengerLine line = lines.get(key);
    if (line == null) {
      makeRoom();
      line = new MessengerLine(key, element, owner, idleAfter);
      lines.put(key, line);
      line.start();
    }
    line.acquire();
    return line;
  }

  /// Ends the lines that were used longest ago, except those that somebody uses just now.
  private void makeRoom() {
    List<MessengerLine> unused =
        lines.values().stream()
            .filter(MessengerLine::isUnused)
            .limit(Math.max(0, lines.size() - linesMax + 1))
            .toList();
    unused.forEach(line -> {
      lines.remove(line.key());
      line.close();
    });
  }

  private synchronized void release(MessengerLine line) {
    line.release();
  }

  /// Forgets a line.
  synchronized void ended(MessengerLine line) {
    lines.remove(line.key(), line);
  }

  /// Forgets a line if it is idle.
  synchronized boolean retires(MessengerLine line) {
    return line.isIdle() && lines.remove(line.key(), line);
  }

  /// How many lines there are.
  synchronized int size() {
    return lines.size();
  }

  /// Ends all lines.
  void close() {
    List<MessengerLine> all;
    synchronized (this) {
      isClosed = true;
      all = new ArrayList<>(lines.values());
      lines.clear();
    }
    all.forEach(MessengerLine::close);
  }
}

package io.rserpool.system;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The lines that a process prints, as they come; several threads may wait for them.
final class Transcript {
  private final String name;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition more = lock.newCondition();
  private final List<String> lines = new ArrayList<>();
  private boolean hasEnded;

  private Transcript(String name) {
    this.name = name;
  }

  /// Follows a stream to its end.
  static Transcript of(String name, InputStream stream) {
    Transcript transcript = new Transcript(name);
    Thread.ofPlatform().daemon().name(name).start(() -> transcript.follow(stream));
    return transcript;
  }

  /// Waits for a line in which the pattern is found, among all lines since the start.
  MatchResult await(String pattern, Duration limit) {
    return await(pattern, 0, limit);
  }

  /// Waits for a line in which the pattern is found.
  ///
  /// @param from how many lines from the start are left out, see [#size]
  /// @throws AssertionError with all that was printed, if it does not come in time
  MatchResult await(String pattern, int from, Duration limit) {
    Pattern wanted = Pattern.compile(pattern);
    long leftNs = limit.toNanos();
    lock.lock();
    try {
      int next = from;
      while (true) {
        for (; next < lines.size(); next++) {
          Matcher matcher = wanted.matcher(lines.get(next));
          if (matcher.find()) {
            return matcher.toMatchResult();
          }
        }
        if (hasEnded || leftNs <= 0) {
          throw new AssertionError(
              name
                  + (hasEnded ? " ended" : " went on for " + limit)
                  + " without a line like '"
                  + pattern
                  + "':\n"
                  + String.join("\n", lines));
        }
        leftNs = more.awaitNanos(leftNs);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    } finally {
      lock.unlock();
    }
  }

  /// The number of the line after the first one from `from` on that has this text.
  int indexAfter(String text, int from) {
    lock.lock();
    try {
      int next = from;
      while (!lines.get(next).contains(text)) {
        next++;
      }
      return next + 1;
    } finally {
      lock.unlock();
    }
  }

  /// How many lines have come.
  int size() {
    lock.lock();
    try {
      return lines.size();
    } finally {
      lock.unlock();
    }
  }

  /// All lines so far.
  String text() {
    lock.lock();
    try {
      return String.join("\n", lines);
    } finally {
      lock.unlock();
    }
  }

  /// Waits until the stream has ended.
  String awaitEnd(Duration limit) {
    long leftNs = limit.toNanos();
    lock.lock();
    try {
      while (!hasEnded) {
        if (leftNs <= 0) {
          throw new AssertionError(name + " has not ended:\n" + String.join("\n", lines));
        }
        leftNs = more.awaitNanos(leftNs);
      }
      return String.join("\n", lines);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    } finally {
      lock.unlock();
    }
  }

  private void follow(InputStream stream) {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        add(line, false);
      }
    } catch (IOException _) {
      // The process is gone; what it printed is kept.
    } finally {
      add("", true);
    }
  }

  private void add(String line, boolean end) {
    lock.lock();
    try {
      if (end) {
        hasEnded = true;
      } else {
        lines.add(line);
      }
      more.signalAll();
    } finally {
      lock.unlock();
    }
  }
}

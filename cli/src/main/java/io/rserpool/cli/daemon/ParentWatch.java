package io.rserpool.cli.daemon;

import java.io.IOException;
import java.io.InputStream;

/// Ends this process when the one that started it is gone, which shows as the end of standard
/// input. The demonstration starts its processes like this, so that none outlives it, however it
/// dies.
final class ParentWatch {
  private ParentWatch() {}

  static void start() {
    Thread.ofPlatform().daemon().name("parent-watch").start(() -> endWith(System.in));
  }

  private static void endWith(InputStream parent) {
    try {
      parent.transferTo(java.io.OutputStream.nullOutputStream());
    } catch (IOException _) {
      // A broken pipe is an end like any other.
    }
    Runtime.getRuntime().halt(0);
  }
}

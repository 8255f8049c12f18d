package io.rserpool.bench.session;

import java.io.IOException;

/// A conversation with a server, over a bare socket or by a session. What differs between the two, and
/// nothing else, is behind this.
interface Line extends AutoCloseable {

  /// How one is opened.
  @FunctionalInterface
  interface Opener {
    Line open() throws IOException;
  }

  /// Sends a message.
  void send(byte[] message) throws IOException;

  /// Waits for something.
  ///
  /// @return how many bytes came; less than 1 at the end
  int receive(byte[] buffer) throws IOException;

  /// Sends no more.
  void end() throws IOException;

  @Override
  void close();
}

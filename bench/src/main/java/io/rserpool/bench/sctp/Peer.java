package io.rserpool.bench.sctp;

import java.util.function.Consumer;

/// An association, or connection, with a server. What comes is told on one thread.
interface Peer extends AutoCloseable {

  /// How a peer is called.
  interface Caller {
    /// @param taker is given each message that comes
    Peer call(int port, Consumer<byte[]> taker) throws Exception;
  }

  /// Sends one; there is always room for the few that a closed loop has on their way.
  void send(byte[] message);

  /// Sends this over and over, as fast as it is taken, until the end.
  void flood(byte[] message);

  @Override
  void close();
}

package io.rserpool.client.channel;

import io.rserpool.protocol.AsapTransport;
import java.io.IOException;

/// A port at which an element takes its users in.
public interface ServicePort extends AutoCloseable {

  /// {@return where users reach it, as it is registered}
  AsapTransport address();

  /// Waits for the next user.
  ///
  /// @return the channel
  /// @throws IOException when the port is closed
  Channel accept() throws IOException;

  /// Lets nobody in any more; channels that are open stay. Wakes whoever waits in [#accept].
  @Override
  void close();
}

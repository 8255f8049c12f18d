package io.rserpool.client.channel;

import io.rserpool.net.tls.TlsOptions;
import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.IpAddress;
import java.io.IOException;
import java.time.Duration;

/// A port at which users arrive who have to prove who they are before they are let in.
interface Door {

  /// A user who is there, and of whom nothing is known yet.
  interface Caller {

    /// Where he calls from.
    IpAddress host();

    /// Shakes hands with him.
    ///
    /// @throws IOException if that fails; he is still to be hung up on then
    Channel shake(TlsOptions tls, Duration limit) throws IOException;

    /// Hangs up after what was said to him.
    void close();

    /// Hangs up at once; ends [#shake].
    ///
    /// @param reason told to him, if the transport can do that
    void abort(String reason);
  }

  /// Where users reach it.
  AsapTransport address();

  /// Waits for the next user.
  Caller next() throws IOException;

  /// Nobody arrives any more; wakes whoever waits in [#next].
  void close();
}

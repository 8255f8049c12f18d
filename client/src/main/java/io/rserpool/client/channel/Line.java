package io.rserpool.client.channel;

import io.rserpool.engine.PeerIdentity;
import java.io.IOException;

/// A stream of bytes in each direction, for channels that frame their messages themselves. One thread
/// reads and one writes at a time; any thread closes. Its text is the peer's address, for people.
interface Line {

  /// Reads what is there, waiting for something.
  ///
  /// @param limitNs a millisecond at least
  /// @return how many bytes, 0 if none came in time, -1 at the end
  int read(byte[] buffer, long limitNs) throws IOException;

  /// Writes all of it, waiting while none is taken.
  void write(byte[] bytes) throws IOException;

  /// Tells the peer that no more is written.
  void endOutput() throws IOException;

  /// Who is at the other end.
  PeerIdentity identity();

  /// Ends it; wakes whoever reads or writes.
  void close();

  /// Breaks it at once.
  void abort();
}

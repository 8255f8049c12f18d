package io.rserpool.client;

import java.io.IOException;

/// One connection to one element: what a session needs of a transport. TCP is the only one yet;
/// others (SCTP with its streams, a control channel beside the data) come in here.
///
/// One thread reads and one writes; any thread ends it.
interface ElementConnection {

  /// Reads what is there.
  ///
  /// @return how many bytes, at least 1, or -1 at the end of the stream
  int read(byte[] buffer) throws IOException;

  /// Hands bytes to the transport; blocks while it takes none.
  void write(byte[] bytes) throws IOException;

  /// Tells the element that no more bytes come.
  void endOutput() throws IOException;

  /// Ends the connection in order; wakes whoever is blocked in it.
  void close();

  /// Breaks the connection, so that a peer that was frozen learns it when it wakes; wakes whoever
  /// is blocked in it.
  void abort();
}

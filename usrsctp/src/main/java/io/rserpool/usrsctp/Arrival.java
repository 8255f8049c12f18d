package io.rserpool.usrsctp;

/// What a thread of the library has brought to a socket.
sealed interface Arrival {

  /// The library's number of the association.
  int association();

  /// A message, or a piece of one.
  ///
  /// @param isEnd whether the message ends here
  record Piece(int association, byte[] bytes, boolean isEnd, int stream, int payloadProtocolId)
      implements Arrival {}

  /// A notification.
  ///
  /// @param from the peer's address as C has it
  record Notice(int association, byte[] bytes, byte[] from) implements Arrival {}

  /// A piece had to be thrown away, since there was no room for it.
  record Overrun(int association) implements Arrival {}

  /// Not from the library: an association is not paused any more.
  record Resumed(int association) implements Arrival {}
}

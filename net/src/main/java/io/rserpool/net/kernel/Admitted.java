package io.rserpool.net.kernel;

/// An association of a socket, from when its user is told of it until it is gone for the user, too.
sealed interface Admitted permits KernelAssociation, EndedAssociation {

  long number();

  int outgoingStreams();

  /// From any thread.
  boolean send(byte[] message, int stream, int payloadProtocolId, boolean isUnordered);

  /// From any thread.
  void pause();

  /// From any thread.
  void resume();

  /// Asks for an end in order.
  void shutdown();

  /// From any thread: nothing is told or taken from now on.
  void mute();

  /// Ends it at once, without a word to the user.
  void abort(String why);

  /// From any thread: gives back what it holds, without a word to the user.
  void close();
}

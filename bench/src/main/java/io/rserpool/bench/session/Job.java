package io.rserpool.bench.session;

/// What a server does with a connection.
enum Job {
  /// Sends back what comes.
  ECHO,
  /// Counts bytes until no more come, and then sends their number.
  SINK,
  /// Sends pieces of the size that it is sent, for ever.
  SOURCE;

  /// The bytes of a number: the size of a piece, or how many came.
  static final int NUMBER_SIZE = 8;

  /// The pool of such servers.
  ///
  /// @param kind of server
  String pool(String kind) {
    return kind + "-" + name();
  }
}

package io.rserpool.cli.demo;

import io.rserpool.protocol.ElementId;

/// One of the servers.
///
/// @param number 1 and up, as people call it
/// @param id its identifier in the pool
/// @param child its process
record Server(int number, ElementId id, Child child) {

  /// `server 2 (0x27ea9c10)`.
  @Override
  public String toString() {
    return "server " + number + " (" + id + ")";
  }
}

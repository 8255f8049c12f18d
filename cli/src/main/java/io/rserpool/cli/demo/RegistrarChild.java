package io.rserpool.cli.demo;

import io.rserpool.protocol.ServerId;

/// One of the registrars.
///
/// @param number 1 and up, as people call it
/// @param id its identifier
/// @param address where clients reach it
/// @param child its process
record RegistrarChild(int number, ServerId id, String address, Child child) {

  /// `registrar 2 (0x27ea9c10)`.
  @Override
  public String toString() {
    return "registrar " + number + " (" + id + ")";
  }
}

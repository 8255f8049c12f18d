package io.rserpool.client;

/// Whether registrars can call an element by TCP. One that can be called is found by the registrar
/// that takes over from a dead one; the others look for it by themselves.
public enum RegistrarCalls {
  /// Possible where the call cannot come from outside: while the element's own address is a
  /// loopback address. Calls without TLS prove nothing of the caller, so more needs a decision.
  AUTOMATIC,
  /// Possible at the element's own address, whatever it is.
  ALLOWED,
  /// Impossible, as behind a network address translator or a firewall.
  OFF
}

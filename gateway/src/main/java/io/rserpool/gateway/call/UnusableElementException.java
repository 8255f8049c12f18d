package io.rserpool.gateway.call;

import java.io.IOException;

/// The elements of the pool are not of a kind whose bytes can be forwarded; no other element will
/// do either.
public final class UnusableElementException extends IOException {
  UnusableElementException(String message) {
    super(message);
  }
}

package io.rserpool.registrar;

/// A registrar cannot start: mostly, an address is taken. The message says which and what to do.
public final class StartException extends RegistrarException {

  StartException(String message) {
    super(message);
  }

  StartException(String message, Throwable cause) {
    super(message, cause);
  }
}

package io.rserpool.registrar;

/// What the operator asked of a registrar cannot be done. A retry makes sense only after what the
/// message says was mended.
public sealed class RegistrarException extends RuntimeException
    permits ConfigException, StartException {

  RegistrarException(String message) {
    super(message);
  }

  RegistrarException(String message, Throwable cause) {
    super(message, cause);
  }
}

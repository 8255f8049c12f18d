package io.rserpool.pki;

/// A file of an authority or of credentials cannot be read or written, is not what it should be, or
/// stands where nothing may be overwritten. The message says which file, what was expected and what
/// was seen; never a key. A retry makes sense only after that was corrected.
public final class PkiException extends RuntimeException {

  PkiException(String message) {
    super(message);
  }

  PkiException(String message, Throwable cause) {
    super(message, cause);
  }
}

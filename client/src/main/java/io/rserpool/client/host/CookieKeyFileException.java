package io.rserpool.client.host;

/// A file of cookie keys cannot be read or written, others can read it, or it does not say what it
/// should. The message says which file, and what to do; never a key. A retry makes sense only after
/// that was corrected.
public final class CookieKeyFileException extends RuntimeException {

  CookieKeyFileException(String message) {
    super(message);
  }

  CookieKeyFileException(String message, Throwable cause) {
    super(message, cause);
  }
}

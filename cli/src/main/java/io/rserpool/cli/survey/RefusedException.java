package io.rserpool.cli.survey;

import java.io.IOException;

/// A registrar is not ready, or does not want to.
public final class RefusedException extends IOException {
  RefusedException(String message) {
    super(message);
  }
}

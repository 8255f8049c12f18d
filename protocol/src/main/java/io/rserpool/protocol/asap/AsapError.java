package io.rserpool.protocol.asap;

import io.rserpool.protocol.ErrorCause;
import java.util.List;

/// Something in an earlier message was not understood (RFC 5352 section 2.2.14). Never answered by
/// another error.
///
/// @param causes at least one
public record AsapError(List<ErrorCause> causes) implements AsapMessage {

  public AsapError {
    causes = List.copyOf(causes);
    if (causes.isEmpty()) {
      throw new IllegalArgumentException("an error gives one cause or more");
    }
  }

  @Override
  public AsapType type() {
    return AsapType.ERROR;
  }
}

package io.rserpool.protocol.enrp;

import io.rserpool.protocol.ErrorCause;
import io.rserpool.protocol.ServerId;
import java.util.List;

/// Something in an earlier message was not understood (RFC 5353 section 2.10).
///
/// @param sender who reports; [ServerId#NONE] from rsplib if it failed early
/// @param receiver who sent the bad message
/// @param causes at least one
public record EnrpError(ServerId sender, ServerId receiver, List<ErrorCause> causes)
    implements EnrpMessage {

  public EnrpError {
    causes = List.copyOf(causes);
    if (causes.isEmpty()) {
      throw new IllegalArgumentException("an error gives one cause or more");
    }
  }

  @Override
  public EnrpType type() {
    return EnrpType.ERROR;
  }
}

package io.rserpool.protocol.enrp;

import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.ServerInformation;

/// I am here (RFC 5353 section 2.1).
///
/// @param sender the sending registrar
/// @param receiver the registrar it is for, or [ServerId#NONE]
/// @param replyRequired the receiver is to answer with its own presence
/// @param checksum the ownership checksum of the sender's elements, 0 to 0xffff (section 3.6.2)
/// @param serverInformation where the sender is reached, or [ServerInformation#NONE]
public record EnrpPresence(
    ServerId sender,
    ServerId receiver,
    boolean replyRequired,
    int checksum,
    ServerInformation serverInformation)
    implements EnrpMessage {

  public EnrpPresence {
    if (checksum < 0 || checksum > 0xffff) {
      throw new IllegalArgumentException("a checksum is 0 to 65535, but this is " + checksum);
    }
  }

  @Override
  public EnrpType type() {
    return EnrpType.PRESENCE;
  }
}

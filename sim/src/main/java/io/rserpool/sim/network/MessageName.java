package io.rserpool.sim.network;

import io.rserpool.engine.AssociationKind;
import io.rserpool.protocol.asap.AsapType;
import io.rserpool.protocol.enrp.EnrpType;

/// Names messages for people, by their first byte.
final class MessageName {

  private MessageName() {}

  static String of(AssociationKind kind, byte[] message) {
    int code = message.length == 0 ? 0 : message[0] & 0xff;
    switch (kind) {
      case ASAP -> {
        for (AsapType type : AsapType.values()) {
          if (type.code() == code) {
            return type.rfcName();
          }
        }
      }
      case ENRP -> {
        for (EnrpType type : EnrpType.values()) {
          if (type.code() == code) {
            return type.rfcName();
          }
        }
      }
    }
    return "type " + code;
  }
}

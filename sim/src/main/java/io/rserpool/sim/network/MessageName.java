package io.rserpool.sim.network;

import io.rserpool.protocol.asap.AsapType;
import io.rserpool.protocol.enrp.EnrpType;

/// Names messages for people, by their first byte.
final class MessageName {

  private MessageName() {}

  static String of(Speech speech, byte[] message) {
    return switch (speech) {
      case ASAP -> asap(message, 0);
      case ENRP -> enrp(message);
      case SESSION -> Link.isControl(message) ? asap(message, Link.HEADER_SIZE) : "data";
    };
  }

  private static String asap(byte[] message, int at) {
    int code = codeAt(message, at);
    for (AsapType type : AsapType.values()) {
      if (type.code() == code) {
        return type.rfcName();
      }
    }
    return "type " + code;
  }

  private static String enrp(byte[] message) {
    int code = codeAt(message, 0);
    for (EnrpType type : EnrpType.values()) {
      if (type.code() == code) {
        return type.rfcName();
      }
    }
    return "type " + code;
  }

  private static int codeAt(byte[] message, int at) {
    return message.length <= at ? 0 : message[at] & 0xff;
  }
}

package io.rserpool.cli.decode;

import io.rserpool.protocol.Octets;
import io.rserpool.protocol.asap.AsapType;
import io.rserpool.protocol.enrp.EnrpType;
import io.rserpool.protocol.enrp.UpdateAction;
import io.rserpool.wire.Protocol;
import io.rserpool.wire.RawMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Describes messages: their header, flags and fixed fields (RFC 5352 section 2.2, RFC 5353 section
/// 2).
final class MessageNodes {

  private MessageNodes() {}

  static Node message(RawMessage raw) {
    Node.Fields fields = new Node.Fields().put("type", raw.type()).put("flags", flags(raw));
    fixedFields(raw, fields);
    if (!raw.rest().isEmpty()) {
      fields.put("notParameters", raw.rest().toHex());
    }
    return new Node(0, name(raw), fields.all(), ParameterNodes.all(raw.parameters()));
  }

  private static String name(RawMessage raw) {
    Stream<String> names =
        switch (raw.protocol()) {
          case ASAP ->
              Stream.of(AsapType.values())
                  .filter(type -> type.code() == raw.type())
                  .map(AsapType::rfcName);
          case ENRP ->
              Stream.of(EnrpType.values())
                  .filter(type -> type.code() == raw.type())
                  .map(EnrpType::rfcName);
        };
    return names.findFirst().orElse("unknown message 0x%02x".formatted(raw.type()));
  }

  private static String flags(RawMessage raw) {
    List<String> names = new ArrayList<>();
    for (int bit = 0; bit < 8; bit++) {
      if ((raw.flags() & (1 << bit)) != 0) {
        names.add(flag(raw.protocol(), raw.type(), 1 << bit));
      }
    }
    return names.isEmpty() ? "none" : String.join(" ", names);
  }

  private static String flag(Protocol protocol, int type, int mask) {
    return switch (protocol) {
      case ASAP ->
          switch ((type << 8) | mask) {
            case 0x0301 -> "R(rejected)";
            case 0x0501 -> "S(send-updates)";
            case 0x0601 -> "A(updates-accepted)";
            case 0x0701 -> "H(home)";
            default -> "0x%02x".formatted(mask);
          };
      case ENRP ->
          switch ((type << 8) | mask) {
            case 0x0101 -> "R(reply-required)";
            case 0x0201 -> "W(own-children-only)";
            case 0x0301, 0x0601 -> "R(rejected)";
            case 0x0302 -> "M(more-to-send)";
            case 0x0401 -> "T(takeover-suggested)";
            default -> "0x%02x".formatted(mask);
          };
    };
  }

  private static void fixedFields(RawMessage raw, Node.Fields fields) {
    Octets fixed = raw.fields();
    switch (raw.protocol()) {
      case ASAP -> {
        if (fixed.size() == 4) {
          fields.putId("serverId", Bytes.i32(fixed, 0));
        }
      }
      case ENRP -> {
        fields.putId("sender", Bytes.i32(fixed, 0)).putId("receiver", Bytes.i32(fixed, 4));
        if (raw.type() == EnrpType.HANDLE_UPDATE.code()) {
          fields.put("action", action(Bytes.u16(fixed, 8)));
        } else if (fixed.size() == 12) {
          fields.putId("target", Bytes.i32(fixed, 8));
        }
      }
    }
  }

  private static String action(int code) {
    return Stream.of(UpdateAction.values())
        .filter(action -> action.code() == code)
        .map(UpdateAction::toString)
        .findFirst()
        .orElse("undefined 0x%04x".formatted(code));
  }
}

package io.rserpool.wire;

import io.rserpool.protocol.Octets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads and writes trees of parameters: which types contain others, and behind how many bytes of
/// fixed fields, is all that it knows (RFC 5354 section 3).
final class RawCodec {

  /// Message, pool element, transport, address: no defined parameter nests deeper. What does is
  /// left as bytes, so hostile nesting costs no stack.
  private static final int MAX_DEPTH = 4;

  /// Says that a value contains no parameters.
  private static final int NO_INNER = -1;

  private RawCodec() {}

  static Decoded<RawMessage> decode(Protocol protocol, byte[] bytes, int offset, int length) {
    if (length < WireReader.HEADER_SIZE) {
      return fault(
          FaultKind.TRUNCATED,
          Octets.copyOf(bytes, offset, length),
          "a message has 4 bytes or more, but this has " + length);
    }
    int type = bytes[offset] & 0xff;
    int end = u16(bytes, offset + 2);
    int fieldsEnd = WireReader.HEADER_SIZE + fieldsSize(protocol, type);
    if (end < fieldsEnd || end > length) {
      return fault(
          end > length ? FaultKind.TRUNCATED : FaultKind.BAD_LENGTH,
          Octets.copyOf(bytes, offset, length),
          "Message Length is %d, but %d to %d fit".formatted(end, fieldsEnd, length));
    }
    Region region = new Region(bytes, offset, offset + fieldsEnd, offset + end);
    List<RawParameter> parameters = region.parameters(1);
    RawMessage message =
        new RawMessage(
            protocol,
            type,
            bytes[offset + 1] & 0xff,
            Octets.copyOf(
                bytes, offset + WireReader.HEADER_SIZE, fieldsEnd - WireReader.HEADER_SIZE),
            parameters,
            region.rest());
    return new Decoded.Message<>(message, List.of(), List.of());
  }

  /// Reads bytes that should be one parameter, apart from its padding.
  static Optional<RawParameter> parse(byte[] bytes, int offset) {
    Region region = new Region(bytes, -offset, 0, bytes.length);
    List<RawParameter> parameters = region.parameters(2);
    return parameters.size() == 1 && region.rest().isEmpty()
        ? Optional.of(parameters.getFirst())
        : Optional.empty();
  }

  static byte[] encode(RawMessage message, LengthForm lengthForm) {
    WireWriter out = new WireWriter(WireForm.RFC.withLengthForm(lengthForm), "raw message");
    out.openMessage(message.type(), message.flags());
    out.octets(message.fields());
    write(out, message.parameters());
    out.octets(message.rest());
    return out.closeMessage();
  }

  private static void write(WireWriter out, List<RawParameter> parameters) {
    for (RawParameter parameter : parameters) {
      int mark = out.open(parameter.type());
      out.octets(parameter.fields());
      write(out, parameter.inner());
      out.close(mark);
    }
  }

  private static <M> Decoded<M> fault(FaultKind kind, Octets offending, String text) {
    return new Decoded.Fault<>(kind, 0, text, offending, List.of());
  }

  /// How many bytes of fixed fields a message has between header and parameters.
  private static int fieldsSize(Protocol protocol, int type) {
    return switch (protocol) {
      case ASAP -> type == 0x07 || type == 0x0a ? 4 : 0;
      case ENRP ->
          switch (type) {
            case 0x04, 0x07, 0x08, 0x09 -> 12;
            default -> 8;
          };
    };
  }

  /// How many bytes of fixed fields a parameter has before those within it.
  private static int innerOffset(int type) {
    return switch (type) {
      case TypeCodes.SCTP_TRANSPORT,
          TypeCodes.TCP_TRANSPORT,
          TypeCodes.UDP_TRANSPORT,
          TypeCodes.UDP_LITE_TRANSPORT,
          TypeCodes.SERVER_INFORMATION ->
          4;
      case TypeCodes.DCCP_TRANSPORT -> 8;
      case TypeCodes.POOL_ELEMENT -> 12;
      case TypeCodes.OPERATION_ERROR -> 0;
      default -> NO_INNER;
    };
  }

  private static int u16(byte[] bytes, int at) {
    return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
  }

  /// A stretch of bytes that should be parameters.
  private static final class Region {

    private final byte[] bytes;
    private final int base;
    private final int end;
    private int position;

    Region(byte[] bytes, int base, int from, int end) {
      this.bytes = bytes;
      this.base = base;
      this.end = end;
      position = from;
    }

    /// All parameters up to the end, or up to the first that is broken.
    List<RawParameter> parameters(int depth) {
      return read(depth, false);
    }

    /// What is left behind the last parameter, apart from padding.
    Octets rest() {
      return end - position < WireReader.HEADER_SIZE
          ? Octets.EMPTY
          : Octets.copyOf(bytes, position, end - position);
    }

    private List<RawParameter> read(int depth, boolean causes) {
      List<RawParameter> parameters = new ArrayList<>();
      while (end - position >= WireReader.HEADER_SIZE) {
        int type = u16(bytes, position);
        int length = u16(bytes, position + 2);
        if (length < WireReader.HEADER_SIZE || length > end - position) {
          break;
        }
        parameters.add(
            causes ? leaf(type, position, length) : parameter(type, position, length, depth));
        int next = position + length;
        position = Math.min(next + (base - next & 3), end);
      }
      return parameters;
    }

    private RawParameter leaf(int type, int from, int length) {
      int valueFrom = from + WireReader.HEADER_SIZE;
      Octets value = Octets.copyOf(bytes, valueFrom, from + length - valueFrom);
      return new RawParameter(from - base, type, value);
    }

    private RawParameter parameter(int type, int from, int length, int depth) {
      int valueFrom = from + WireReader.HEADER_SIZE;
      int innerOffset = innerOffset(type);
      int valueTo = from + length;
      if (innerOffset == NO_INNER || innerOffset > valueTo - valueFrom || depth == MAX_DEPTH) {
        return leaf(type, from, length);
      }
      Region region = new Region(bytes, base, valueFrom + innerOffset, valueTo);
      List<RawParameter> inner = region.read(depth + 1, type == TypeCodes.OPERATION_ERROR);
      return region.rest().isEmpty()
          ? new RawParameter(from - base, type, Octets.copyOf(bytes, valueFrom, innerOffset), inner)
          : leaf(type, from, length);
    }
  }
}

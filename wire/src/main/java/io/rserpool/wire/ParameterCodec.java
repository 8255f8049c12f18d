package io.rserpool.wire;

import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.LeaveRequest;
import io.rserpool.protocol.Octets;
import io.rserpool.protocol.PoolHandle;

/// The parameters whose value is one field: bytes (Pool Handle, Cookie), a number of 32 bits (PE
/// Identifier, Handle Resolution Option, Leave Request) or of 16 bits (PE Checksum).
///
///     0                   1                   2                   3
///     0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///    +-------------------------------+-------------------------------+
///    |             Type              |            Length             |
///    +-------------------------------+-------------------------------+
///    :                             Value                             :
///    +---------------------------------------------------------------+
///
/// RFC 5354 sections 3.9 (handle), 3.13 (cookie), 3.14 (identifier) and 3.15 (checksum).
final class ParameterCodec {

  private ParameterCodec() {}

  static PoolHandle readHandle(WireReader in) {
    return new PoolHandle(readBytes(in, TypeCodes.POOL_HANDLE));
  }

  static void writeHandle(WireWriter out, PoolHandle handle) {
    writeBytes(out, TypeCodes.POOL_HANDLE, handle.octets());
  }

  static Octets readCookie(WireReader in) {
    return readBytes(in, TypeCodes.COOKIE);
  }

  static void writeCookie(WireWriter out, Octets cookie) {
    if (cookie.isEmpty()) {
      throw out.unencodable("a cookie has 1 byte or more, but this one has none");
    }
    writeBytes(out, TypeCodes.COOKIE, cookie);
  }

  static ElementId readElementId(WireReader in) {
    return ElementId.of(readNumber(in, TypeCodes.ELEMENT_ID));
  }

  static void writeElementId(WireWriter out, ElementId elementId) {
    writeNumber(out, TypeCodes.ELEMENT_ID, elementId.value());
  }

  /// [ElementId#NONE] if the parameter is absent.
  static ElementId readOptionalElementId(WireReader in) {
    return in.peek() == TypeCodes.ELEMENT_ID ? readElementId(in) : ElementId.NONE;
  }

  static void writeOptionalElementId(WireWriter out, ElementId elementId) {
    if (!elementId.isNone()) {
      writeElementId(out, elementId);
    }
  }

  /// The items of the Handle Resolution Option, 0 if it is absent.
  static long readItems(WireReader in) {
    return in.peek() == TypeCodes.HANDLE_RESOLUTION_OPTION
        ? Integer.toUnsignedLong(readNumber(in, TypeCodes.HANDLE_RESOLUTION_OPTION))
        : 0;
  }

  static void writeItems(WireWriter out, long items) {
    if (items != 0) {
      writeNumber(out, TypeCodes.HANDLE_RESOLUTION_OPTION, (int) items);
    }
  }

  /// [LeaveRequest#NONE] if the parameter is absent.
  static LeaveRequest readLeave(WireReader in) {
    return in.peek() == TypeCodes.LEAVE_REQUEST
        ? LeaveRequest.ofCode(Integer.toUnsignedLong(readNumber(in, TypeCodes.LEAVE_REQUEST)))
        : LeaveRequest.NONE;
  }

  static void writeLeave(WireWriter out, LeaveRequest leave) {
    if (leave != LeaveRequest.NONE && out.form().ownParameters()) {
      writeNumber(out, TypeCodes.LEAVE_REQUEST, leave.code());
    }
  }

  static int readChecksum(WireReader in) {
    long mark = in.open(TypeCodes.CHECKSUM);
    int checksum = in.u16();
    in.close(mark);
    return checksum;
  }

  static void writeChecksum(WireWriter out, int checksum) {
    int mark = out.open(TypeCodes.CHECKSUM);
    out.u16(checksum);
    out.close(mark);
  }

  private static Octets readBytes(WireReader in, int type) {
    long mark = in.open(type);
    if (in.remaining() == 0) {
      throw in.invalid(ParameterType.textOf(type) + " has 1 byte or more, but this one has none");
    }
    Octets value = in.octets(in.remaining());
    in.close(mark);
    return value;
  }

  private static void writeBytes(WireWriter out, int type, Octets value) {
    int mark = out.open(type);
    out.octets(value);
    out.close(mark);
  }

  private static int readNumber(WireReader in, int type) {
    long mark = in.open(type);
    int value = in.i32();
    in.close(mark);
    return value;
  }

  private static void writeNumber(WireWriter out, int type, int value) {
    int mark = out.open(type);
    out.i32(value);
    out.close(mark);
  }
}

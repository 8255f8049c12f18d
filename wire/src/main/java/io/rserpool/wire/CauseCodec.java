package io.rserpool.wire;

import io.rserpool.protocol.CauseCode;
import io.rserpool.protocol.ErrorCause;
import java.util.ArrayList;
import java.util.List;

/// The Operation Error parameter and the causes in it (RFC 5354 section 3.12).
///
///     0                   1                   2                   3
///     0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///    +-------------------------------+-------------------------------+
///    |           Type = 12           |            Length             |
///    +-------------------------------+-------------------------------+  --+
///    |          Cause Code           |         Cause Length          |    | one or
///    +-------------------------------+-------------------------------+    | more
///    :                   Cause-specific Information                  :    |
///    +---------------------------------------------------------------+  --+
///
/// Each cause is padded to a multiple of 4. The information stays bytes: a reported parameter may
/// itself be the broken one, with a Length that lies.
final class CauseCodec {

  private CauseCodec() {}

  /// Reads the parameter if it comes next, and gives no causes otherwise.
  static List<ErrorCause> readOptional(WireReader in) {
    return in.peek() == TypeCodes.OPERATION_ERROR ? read(in) : List.of();
  }

  /// Reads one cause or more.
  static List<ErrorCause> read(WireReader in) {
    long mark = in.open(TypeCodes.OPERATION_ERROR);
    List<ErrorCause> causes = new ArrayList<>(1);
    while (in.remaining() >= WireReader.HEADER_SIZE) {
      int code = in.u16();
      int length = in.u16();
      int size = length - WireReader.HEADER_SIZE;
      if (size < 0 || size > in.remaining()) {
        throw in.badCause(length);
      }
      causes.add(new ErrorCause(meaning(in, code), in.octets(size)));
      in.octets(Math.min(-size & 3, in.remaining()));
    }
    if (causes.isEmpty()) {
      throw in.missing("a cause");
    }
    in.close(mark);
    return causes;
  }

  /// Writes the parameter, or nothing if there are no causes.
  static void writeOptional(WireWriter out, List<ErrorCause> causes) {
    if (!causes.isEmpty()) {
      write(out, causes);
    }
  }

  static void write(WireWriter out, List<ErrorCause> causes) {
    int mark = out.open(TypeCodes.OPERATION_ERROR);
    for (ErrorCause cause : causes) {
      int causeMark = out.open(cause.code());
      out.octets(cause.information());
      out.close(causeMark);
    }
    out.close(mark);
  }

  /// rsplib sends its own error numbers. In its profile those that mean the same as a cause of RFC
  /// 5354 are read as that cause; the others stay what they are, which counts as unspecified.
  private static int meaning(WireReader in, int code) {
    if (!in.form().rsplibCauseCodes()) {
      return code;
    }
    return switch (code) {
      case 0x0011, 0xf000, 0xf003, 0xf004, 0xf005, 0xf006 -> CauseCode.INVALID_VALUES.code();
      case 0x100a -> CauseCode.INCONSISTENT_TRANSPORT.code();
      case 0xf002 -> CauseCode.NON_UNIQUE_ELEMENT_ID.code();
      default -> code;
    };
  }
}

package io.rserpool.wire;

import static java.lang.invoke.MethodHandles.byteArrayViewVarHandle;
import static java.nio.ByteOrder.BIG_ENDIAN;

import io.rserpool.protocol.CauseCode;
import io.rserpool.protocol.Octets;
import java.lang.invoke.VarHandle;

/// The cursor that reads one message. It always stands within a region: the message itself, or the
/// value of the parameter that was opened last. Every read is checked once against the end of the
/// region; what does not fit ends in a [Rejection].
///
///     0                   1                   2                   3
///     0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///    +-------------------------------+-------------------------------+
///    |        Parameter Type         |       Parameter Length        |
///    +-------------------------------+-------------------------------+
///    :                        Parameter Value                        :
///    +                               +-------------------------------+
///    :                               :            Padding            :
///    +-------------------------------+-------------------------------+
///
/// Both forms of Length are accepted: a rest of fewer than 4 bytes in a region is padding, and so
/// is what lies between the end of a value and the next multiple of 4 (RFC 5354 sections 2 and 3).
final class WireReader {

  /// The size of a message or parameter header.
  static final int HEADER_SIZE = 4;

  private static final VarHandle U16 = byteArrayViewVarHandle(short[].class, BIG_ENDIAN);
  private static final VarHandle I32 = byteArrayViewVarHandle(int[].class, BIG_ENDIAN);
  private static final VarHandle I64 = byteArrayViewVarHandle(long[].class, BIG_ENDIAN);

  private final byte[] bytes;
  private final int base;
  private final int received;
  private final WireForm form;
  private final Findings findings = new Findings();

  private int start;
  private int position;
  private int end;

  /// A reader over `length` received bytes, of which the first is the first of the message.
  WireReader(byte[] bytes, int offset, int length, WireForm form) {
    this.bytes = bytes;
    this.base = offset;
    this.received = length;
    this.form = form;
    start = offset;
    position = offset;
    end = offset + length;
  }

  /// How the sender's profile writes messages.
  WireForm form() {
    return form;
  }

  /// What there is to tell besides the message.
  Findings findings() {
    return findings;
  }

  /// Reads the header and makes the message the region. Faults in an ERROR message or in one of an
  /// undefined type are not reported, unless the type asks for it (RFC 5354 section 4).
  ///
  /// @param typeMax the highest defined type, which is the ERROR message in both protocols
  /// @return the message type, 1 to `typeMax`
  int openMessage(int typeMax) {
    if (received < HEADER_SIZE) {
      findings.silence();
      throw reject(
          FaultKind.TRUNCATED,
          base,
          end,
          "a message has 4 bytes or more, but this has " + received);
    }
    int type = bytes[base] & 0xff;
    boolean known = type >= 1 && type <= typeMax;
    if (!known || type == typeMax) {
      findings.silence();
    }
    int length = u16At(base + 2);
    if (length < HEADER_SIZE) {
      throw reject(
          FaultKind.BAD_LENGTH, base, end, "a Message Length is 4 or more, but this is " + length);
    }
    if (length > received) {
      throw reject(
          FaultKind.TRUNCATED,
          base,
          end,
          "Message Length is " + length + ", but there are " + received + " bytes");
    }
    end = base + length;
    if (!known) {
      throw unknownMessage(type);
    }
    position = base + HEADER_SIZE;
    return type;
  }

  /// The flags of the message header.
  int flags() {
    return bytes[base + 1] & 0xff;
  }

  /// Whether the given flag bit of the message header is set.
  boolean flag(int mask) {
    return (flags() & mask) != 0;
  }

  /// The type of the next parameter that we know, or [TypeCodes#NONE] at the end of the region.
  /// Unknown ones before it are skipped, or end the message, as their high bits demand.
  int peek() {
    while (end - position >= HEADER_SIZE) {
      int type = u16At(position);
      if (TypeCodes.isKnown(type)) {
        return type;
      }
      passUnknown(type);
    }
    return TypeCodes.NONE;
  }

  /// Makes the value of the next known parameter, which has to be of the given type, the region.
  ///
  /// @return a mark for [#close]
  long open(int type) {
    int seen = peek();
    if (seen != type) {
      throw notThe(type, seen);
    }
    return openAny();
  }

  /// As [#open], for a parameter at which [#peek] has just looked.
  long openAny() {
    int length = parameterLength();
    long mark = (long) start << 32 | end;
    start = position;
    end = position + length;
    position += HEADER_SIZE;
    return mark;
  }

  /// Steps behind the parameter whose value is the region, and back into what contains it. Bytes
  /// after the fields that we know are ignored.
  void close(long mark) {
    int outerEnd = (int) mark;
    position = Math.min(end + (base - end & 3), outerEnd);
    start = (int) (mark >>> 32);
    end = outerEnd;
  }

  /// Passes over unknown parameters up to the end of the region; a known one does not belong there.
  void finish() {
    int type = peek();
    if (type != TypeCodes.NONE) {
      throw unexpected(type);
    }
  }

  /// The bytes left in the region.
  int remaining() {
    return end - position;
  }

  int u16() {
    require(2);
    int value = u16At(position);
    position += 2;
    return value;
  }

  int i32() {
    require(4);
    int value = (int) I32.get(bytes, position);
    position += 4;
    return value;
  }

  long u32() {
    return i32() & 0xffff_ffffL;
  }

  long i64() {
    require(8);
    long value = (long) I64.get(bytes, position);
    position += 8;
    return value;
  }

  Octets octets(int size) {
    require(size);
    Octets octets = Octets.copyOf(bytes, position, size);
    position += size;
    return octets;
  }

  /// A field of the parameter or message that is the region excludes its value.
  Rejection invalid(String text) {
    return reject(FaultKind.INVALID_VALUE, start, end, text);
  }

  /// A cause in the Operation Error that is the region has a bad Length.
  Rejection badCause(int length) {
    return reject(
        FaultKind.BAD_LENGTH,
        start,
        end,
        "a cause has Length " + length + ", but 4 to " + (remaining() + HEADER_SIZE) + " fit");
  }

  /// The parameter that comes next does not belong here.
  Rejection unexpected(int type) {
    return reject(
        FaultKind.UNEXPECTED_PARAMETER,
        position,
        position + parameterLength(),
        ParameterType.textOf(type) + " does not belong here in " + regionName());
  }

  /// Another parameter, or none, comes where one of type `wanted` has to be.
  Rejection notThe(int wanted, int seen) {
    return seen == TypeCodes.NONE
        ? missing(ParameterType.textOf(wanted))
        : reject(
            FaultKind.UNEXPECTED_PARAMETER,
            position,
            position + parameterLength(),
            ParameterType.textOf(wanted) + " expected, but there is " + ParameterType.textOf(seen));
  }

  /// A mandatory parameter is not there.
  Rejection missing(String what) {
    return reject(FaultKind.MISSING_PARAMETER, start, end, what + " is missing in " + regionName());
  }

  private int u16At(int at) {
    return (short) U16.get(bytes, at) & 0xffff;
  }

  private void require(int size) {
    if (end - position < size) {
      String text =
          "%d bytes expected at offset %d, but %s ends at %d"
              .formatted(size, position - base, regionName(), end - base);
      throw reject(FaultKind.BAD_LENGTH, start, end, text);
    }
  }

  /// The Length of the parameter at the cursor, once it is known to lie within the region.
  private int parameterLength() {
    int length = u16At(position + 2);
    if (length < HEADER_SIZE || length > end - position) {
      throw reject(
          FaultKind.BAD_LENGTH,
          position,
          end,
          "%s has Length %d, but 4 to %d fit"
              .formatted(ParameterType.textOf(u16At(position)), length, end - position));
    }
    return length;
  }

  private void passUnknown(int type) {
    int from = position;
    int to = from + parameterLength();
    findings.unknownParameter(from - base, type, Octets.copyOf(bytes, from, to - from));
    position = Math.min(to + (base - to & 3), end);
  }

  private Rejection unknownMessage(int type) {
    Octets whole = Octets.copyOf(bytes, base, end - base);
    if ((type & 0xc0) == 0x40) {
      findings.speakAgain();
      findings.report(CauseCode.UNRECOGNIZED_MESSAGE, whole);
    }
    return findings.reject(
        FaultKind.UNKNOWN_MESSAGE, 0, "message type 0x%02x is unknown".formatted(type), whole);
  }

  private Rejection reject(FaultKind kind, int from, int to, String text) {
    Octets offending = Octets.copyOf(bytes, from, to - from);
    findings.report(CauseCode.INVALID_VALUES, offending);
    return findings.reject(kind, from - base, text, offending);
  }

  private String regionName() {
    return start == base ? "the message" : ParameterType.textOf(u16At(start));
  }
}

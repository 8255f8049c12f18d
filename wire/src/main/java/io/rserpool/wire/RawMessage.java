package io.rserpool.wire;

import io.rserpool.protocol.Octets;
import java.util.List;
import java.util.Objects;

/// A message of any type, also an unknown one, as a tree of parameters without their meaning.
/// Unknown parameters are nodes like all others, so what was read is written again byte by byte, if
/// its padding is zero and its Lengths are of one form.
///
/// @param protocol which protocol's types these are
/// @param type the message type, 0 to 255
/// @param flags all eight flags
/// @param fields the fixed fields between header and first parameter
/// @param parameters the parameters, in order
/// @param rest what follows them and is no parameter: empty, unless the message is broken
public record RawMessage(
    Protocol protocol,
    int type,
    int flags,
    Octets fields,
    List<RawParameter> parameters,
    Octets rest) {

  public RawMessage {
    Objects.checkIndex(type, 0x100);
    Objects.checkIndex(flags, 0x100);
    parameters = List.copyOf(parameters);
  }

  /// Reads the tree from `length` bytes, of which the first is the first of the message. Only a
  /// broken header gives a fault; a parameter whose inside is broken is a node without inner ones.
  ///
  /// @throws IndexOutOfBoundsException if the range does not lie within `bytes`
  public static Decoded<RawMessage> decode(
      Protocol protocol, byte[] bytes, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    return RawCodec.decode(protocol, bytes, offset, length);
  }

  /// Writes the tree, with Lengths and zero padding of its own.
  ///
  /// @throws UnencodableException if the tree is larger than a message can be
  public byte[] encode(LengthForm lengthForm) {
    return RawCodec.encode(this, lengthForm);
  }
}

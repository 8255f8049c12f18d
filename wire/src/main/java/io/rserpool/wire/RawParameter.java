package io.rserpool.wire;

import io.rserpool.protocol.Octets;
import java.util.List;
import java.util.Optional;

/// One parameter, or one error cause, without its meaning: a node in the tree of a [RawMessage].
///
/// @param offset where it starts, counted from the start of the message; not used for writing
/// @param type the parameter type or, within an Operation Error, the cause code
/// @param fields the fixed fields of a parameter that contains others; of any other, its whole
///     value
/// @param inner the parameters or causes within it
public record RawParameter(int offset, int type, Octets fields, List<RawParameter> inner) {

  public RawParameter {
    inner = List.copyOf(inner);
  }

  /// A parameter without others in it.
  public RawParameter(int offset, int type, Octets value) {
    this(offset, type, value, List.of());
  }

  /// Reads one parameter that fills the given bytes, such as the information of an error cause.
  ///
  /// @param offset where it starts in the message
  /// @return nothing if the bytes are not exactly one parameter
  public static Optional<RawParameter> parse(Octets octets, int offset) {
    return RawCodec.parse(octets.toBytes(), offset);
  }
}

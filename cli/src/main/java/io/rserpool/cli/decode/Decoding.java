package io.rserpool.cli.decode;

import io.rserpool.protocol.asap.AsapMessage;
import io.rserpool.protocol.enrp.EnrpMessage;
import io.rserpool.wire.AsapCodec;
import io.rserpool.wire.Decoded;
import io.rserpool.wire.EnrpCodec;
import io.rserpool.wire.LengthForm;
import io.rserpool.wire.Protocol;
import io.rserpool.wire.RawMessage;
import io.rserpool.wire.UnencodableException;
import io.rserpool.wire.WireForm;
import java.util.Arrays;
import java.util.List;

/// All that there is to say about the bytes of one message.
///
/// @param size how many bytes there are
/// @param tree the message as it is shown; none if not even its header can be read
/// @param decoded what the codec makes of it
/// @param again what writing the message again gives
record Decoding(Protocol protocol, int size, List<Node> tree, Decoded<?> decoded, Again again) {

  /// How the bytes of a message compare with those that we would send.
  enum Again {
    SAME("the same bytes"),
    SAME_PADDING_COUNTED("the same bytes, if Lengths count the last padding"),
    DIFFERENT("other bytes"),
    NOTHING("nothing, since it is not acceptable");

    private final String text;

    Again(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  /// Reads one message.
  static Decoding of(Protocol protocol, byte[] bytes, WireForm form) {
    List<Node> tree =
        switch (RawMessage.decode(protocol, bytes, 0, bytes.length)) {
          case Decoded.Message<RawMessage>(RawMessage raw, _, _) ->
              List.of(MessageNodes.message(raw));
          case Decoded.Fault<RawMessage> _ -> List.of();
        };
    Decoded<?> decoded =
        switch (protocol) {
          case ASAP -> new AsapCodec(form).decode(bytes, 0, bytes.length);
          case ENRP -> new EnrpCodec(form).decode(bytes, 0, bytes.length);
        };
    return new Decoding(protocol, bytes.length, tree, decoded, again(decoded, bytes, form));
  }

  /// Whether the bytes are no acceptable message.
  boolean isFault() {
    return decoded instanceof Decoded.Fault<?>;
  }

  private static Again again(Decoded<?> decoded, byte[] bytes, WireForm form) {
    if (!(decoded instanceof Decoded.Message<?>(Object message, _, _))) {
      return Again.NOTHING;
    }
    if (isSame(message, bytes, form.withLengthForm(LengthForm.RFC))) {
      return Again.SAME;
    }
    return isSame(message, bytes, form.withLengthForm(LengthForm.PADDING_COUNTED))
        ? Again.SAME_PADDING_COUNTED
        : Again.DIFFERENT;
  }

  private static boolean isSame(Object message, byte[] bytes, WireForm form) {
    try {
      return switch (message) {
        case AsapMessage asap -> Arrays.equals(new AsapCodec(form).encode(asap), bytes);
        case EnrpMessage enrp -> Arrays.equals(new EnrpCodec(form).encode(enrp), bytes);
        default -> throw new IllegalStateException("neither ASAP nor ENRP: " + message);
      };
    } catch (UnencodableException e) {
      return false;
    }
  }
}

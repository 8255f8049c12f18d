package io.rserpool.wire.fuzz;

import io.rserpool.protocol.asap.AsapMessage;
import io.rserpool.wire.AsapCodec;
import io.rserpool.wire.Decoded;
import io.rserpool.wire.Protocol;
import io.rserpool.wire.WireForm;
import java.util.List;

/// Any bytes, read as an ASAP message in every form: nothing is thrown, and what was read can be
/// written and read again.
public final class AsapDecoderFuzz {

  private static final List<WireForm> FORMS =
      List.of(WireForm.STANDARD, WireForm.RFC, WireForm.RSPLIB);

  private AsapDecoderFuzz() {}

  /// One execution.
  public static void fuzzerTestOneInput(byte[] bytes) {
    for (WireForm form : FORMS) {
      AsapCodec codec = new AsapCodec(form);
      Decoded<AsapMessage> decoded = codec.decode(bytes, 0, bytes.length);
      Invariants.checkReports(Protocol.ASAP, bytes, decoded);
      if (decoded instanceof Decoded.Message<AsapMessage>(AsapMessage message, _, _)) {
        Invariants.checkAgain(
            message, Invariants.encoded(message, codec::encode, bytes), codec::decode, form);
      }
    }
    Invariants.checkRaw(Protocol.ASAP, bytes);
  }
}

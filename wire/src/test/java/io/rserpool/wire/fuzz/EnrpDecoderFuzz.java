package io.rserpool.wire.fuzz;

import io.rserpool.protocol.enrp.EnrpMessage;
import io.rserpool.wire.Decoded;
import io.rserpool.wire.EnrpCodec;
import io.rserpool.wire.Protocol;
import io.rserpool.wire.WireForm;
import java.util.List;

/// Any bytes, read as an ENRP message in every form: nothing is thrown, and what was read can be
/// written and read again.
public final class EnrpDecoderFuzz {

  private static final List<WireForm> FORMS =
      List.of(WireForm.STANDARD, WireForm.RFC, WireForm.RSPLIB);

  private EnrpDecoderFuzz() {}

  /// One execution.
  public static void fuzzerTestOneInput(byte[] bytes) {
    EnrpCodec.senderOf(bytes, 0, bytes.length);
    for (WireForm form : FORMS) {
      EnrpCodec codec = new EnrpCodec(form);
      Decoded<EnrpMessage> decoded = codec.decode(bytes, 0, bytes.length);
      Invariants.checkReports(Protocol.ENRP, bytes, decoded);
      if (decoded instanceof Decoded.Message<EnrpMessage>(EnrpMessage message, _, _)) {
        Invariants.checkAgain(
            message, Invariants.encoded(message, codec::encode, bytes), codec::decode, form);
      }
    }
    Invariants.checkRaw(Protocol.ENRP, bytes);
  }
}

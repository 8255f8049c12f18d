package io.rserpool.sim.network;

import io.rserpool.protocol.asap.AsapMessage;
import io.rserpool.wire.AsapCodec;
import io.rserpool.wire.Decoded;
import io.rserpool.wire.EnrpCodec;
import io.rserpool.wire.WireForm;
import java.util.random.RandomGenerator;

/// Flips bits of messages, so that they are no messages any more. Bytes that change and still mean
/// something are lies, not damage: no protocol without signatures sees those.
final class Damage {

  private static final int ATTEMPTS = 20;
  private static final int FLIPS_MAX = 4;

  private Damage() {}

  /// The message with some bits changed, so that it cannot be read; after many attempts in vain,
  /// with the type of a message that does not exist.
  static byte[] to(byte[] message, Speech speech, WireForm form, RandomGenerator random) {
    int start = speech == Speech.SESSION ? Link.HEADER_SIZE : 0;
    for (int i = 0; i < ATTEMPTS; i++) {
      byte[] changed = message.clone();
      int flips = 1 + random.nextInt(FLIPS_MAX);
      for (int flip = 0; flip < flips; flip++) {
        int at = start + random.nextInt(changed.length - start);
        changed[at] ^= (byte) (1 << random.nextInt(Byte.SIZE));
      }
      if (!isReadable(changed, speech, form)) {
        return changed;
      }
    }
    byte[] changed = message.clone();
    changed[start] = (byte) 0xff;
    return changed;
  }

  private static boolean isReadable(byte[] message, Speech speech, WireForm form) {
    return switch (speech) {
      case ASAP -> isAsap(message, 0, form);
      case ENRP ->
          new EnrpCodec(form).decode(message, 0, message.length) instanceof Decoded.Message<?>;
      case SESSION -> isAsap(message, Link.HEADER_SIZE, form);
    };
  }

  private static boolean isAsap(byte[] message, int start, WireForm form) {
    Decoded<AsapMessage> decoded =
        new AsapCodec(form).decode(message, start, message.length - start);
    return decoded instanceof Decoded.Message<?>;
  }
}

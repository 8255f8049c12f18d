package io.rserpool.registrar;

import io.rserpool.wire.AsapCodec;
import io.rserpool.wire.EnrpCodec;
import io.rserpool.wire.MessageGenerator;
import io.rserpool.wire.WireForm;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What nobody should say: messages that are changed, cut, joined and repeated, and bytes that never were
/// any, cut into records anywhere.
final class HostileBytes {

  private static final int MESSAGES_MAX = 30;
  private static final int CHANGES_MAX = 6;
  private static final int RECORDS_MAX = 12;
  private static final List<byte[]> EXAMPLES = examples();

  private final RandomGenerator random;
  private final MessageGenerator messages;
  private final List<byte[]> plausible;

  /// @param plausible messages that would do harm if they were believed
  HostileBytes(RandomGenerator random, List<byte[]> plausible) {
    this.random = random;
    this.messages = new MessageGenerator(random, WireForm.STANDARD);
    this.plausible = plausible;
  }

  /// The examples that the specification comes with.
  private static List<byte[]> examples() {
    try (InputStream in =
        Objects.requireNonNull(
            MessageGenerator.class.getResourceAsStream("vectors.json"), "vectors.json")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      Matcher hex = Pattern.compile("\"hex\"\\s*:\\s*\"([0-9a-fA-F]+)\"").matcher(text);
      return hex.results().map(found -> HexFormat.of().parseHex(found.group(1))).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// One conversation, record by record. Lengths mostly stay true for a while, since nothing is read any
  /// more after a wrong one.
  List<byte[]> records() {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    int count = 1 + random.nextInt(MESSAGES_MAX);
    for (int i = 0; i < count; i++) {
      said.writeBytes(framed());
    }
    said.writeBytes(last());
    return cut(said.toByteArray());
  }

  private byte[] framed() {
    byte[] message = message();
    return switch (random.nextInt(4)) {
      case 0 -> message;
      case 1 -> framedNoise();
      default -> withLength(changed(message));
    };
  }

  private byte[] last() {
    return switch (random.nextInt(4)) {
      case 0 -> noise(300);
      case 1 -> changed(joined(message(), message()));
      case 2 -> Arrays.copyOf(message(), 1 + random.nextInt(16));
      default -> message();
    };
  }

  private byte[] message() {
    return switch (random.nextInt(5)) {
      case 0 -> EXAMPLES.get(random.nextInt(EXAMPLES.size()));
      case 1 -> new AsapCodec(WireForm.STANDARD).encode(messages.asap());
      case 2 -> new EnrpCodec(WireForm.STANDARD).encode(messages.enrp());
      default -> plausible.get(random.nextInt(plausible.size()));
    };
  }

  private static byte[] withLength(byte[] message) {
    message[2] = (byte) (message.length >> 8);
    message[3] = (byte) message.length;
    return message;
  }

  /// Whatever bytes.
  byte[] noise(int sizeMax) {
    byte[] bytes = new byte[1 + random.nextInt(sizeMax)];
    random.nextBytes(bytes);
    return bytes;
  }

  /// Whatever bytes behind the beginning of a message, of a length that fits.
  private byte[] framedNoise() {
    byte[] bytes = new byte[8 + 4 * random.nextInt(100)];
    random.nextBytes(bytes);
    bytes[0] = (byte) random.nextInt(16);
    return withLength(bytes);
  }

  /// A few bytes are others.
  byte[] changed(byte[] message) {
    byte[] changed = message.clone();
    int changes = changed.length == 0 ? 0 : 1 + random.nextInt(CHANGES_MAX);
    for (int i = 0; i < changes; i++) {
      int at = random.nextInt(changed.length);
      changed[at] =
          switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> (byte) 0xff;
            case 2 -> (byte) random.nextInt();
            default -> (byte) (changed[at] ^ 1 << random.nextInt(8));
          };
    }
    return changed;
  }

  private static byte[] joined(byte[] head, byte[] tail) {
    byte[] joined = Arrays.copyOf(head, head.length + tail.length);
    System.arraycopy(tail, 0, joined, head.length, tail.length);
    return joined;
  }

  private List<byte[]> cut(byte[] said) {
    List<byte[]> records = new ArrayList<>();
    int cuts = random.nextInt(RECORDS_MAX);
    int from = 0;
    for (int i = 0; i < cuts && from < said.length; i++) {
      int to = from + 1 + random.nextInt(said.length - from);
      records.add(Arrays.copyOfRange(said, from, to));
      from = to;
    }
    records.add(Arrays.copyOfRange(said, from, said.length));
    return records;
  }
}

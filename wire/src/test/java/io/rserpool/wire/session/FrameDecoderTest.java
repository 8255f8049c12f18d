package io.rserpool.wire.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rserpool.protocol.Octets;
import io.rserpool.protocol.asap.AsapCookie;
import io.rserpool.wire.AsapCodec;
import io.rserpool.wire.Seeds;
import io.rserpool.wire.WireForm;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// The framing with a control channel: what is written, and what any bytes are read as.
class FrameDecoderTest {

  private static final String ELEMENT_PREAMBLE = "5253504f4f4c4501";
  private static final List<Frame> FRAMES =
      List.of(
          new Frame(33, new byte[] {1, 2, 3}),
          new Frame(Frame.CONTROL, HexFormat.of().parseHex("0b00000c000d0008cafebabe")),
          new Frame(0xffff_fffeL, new byte[] {9}));

  private static byte[] stream(Side writer, List<Frame> frames) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(Preamble.encode(writer));
    frames.forEach(frame -> bytes.writeBytes(frame.encode()));
    return bytes.toByteArray();
  }

  /// Everything that a decoder says of a piece, without the last "more".
  private static List<FrameStep> steps(FrameDecoder decoder, byte[] bytes, int from, int to) {
    List<FrameStep> steps = new ArrayList<>();
    ByteBuffer piece = ByteBuffer.wrap(bytes, from, to - from);
    FrameStep step = decoder.next(piece);
    while (step != FrameStep.More.MORE) {
      steps.add(step);
      if (step instanceof FrameFault) {
        return steps;
      }
      step = decoder.next(piece);
    }
    assertThat(piece.hasRemaining()).isFalse();
    return steps;
  }

  private static List<FrameStep> steps(byte[] bytes) {
    return steps(new FrameDecoder(Side.ELEMENT), bytes, 0, bytes.length);
  }

  private static FrameFault fault(String hex) {
    FrameStep last = steps(HexFormat.of().parseHex(hex)).getLast();
    assertThat(last).isInstanceOf(FrameFault.class);
    return (FrameFault) last;
  }

  private static List<FrameStep> expected(List<Frame> frames) {
    List<FrameStep> steps = new ArrayList<>(frames);
    steps.addFirst(FrameStep.Start.START);
    return steps;
  }

  @Test
  void theBytesAreThoseOfTheDocument() {
    assertThat(stream(Side.ELEMENT, FRAMES))
        .asHexString()
        .isEqualToIgnoringCase(
            ELEMENT_PREAMBLE
                + "0000000300000021010203"
                + "0000000c0000000b0b00000c000d0008cafebabe"
                + "00000001fffffffe09");
    assertThat(Preamble.encode(Side.USER)).asHexString().isEqualToIgnoringCase("5253504f4f4c5501");
    assertThat(steps(stream(Side.ELEMENT, FRAMES))).isEqualTo(expected(FRAMES));
  }

  @Test
  void theExampleOfTheDocumentIsACookieAndData() {
    byte[] cookie = new AsapCodec(WireForm.STANDARD).encode(new AsapCookie(Octets.ofHex("cafe")));
    byte[] data = "hi".getBytes(StandardCharsets.US_ASCII);
    assertThat(stream(Side.ELEMENT, List.of(new Frame(Frame.CONTROL, cookie), new Frame(33, data))))
        .asHexString()
        .isEqualToIgnoringCase(
            ELEMENT_PREAMBLE + "0000000c0000000b0b00000a000d0006cafe0000" + "00000002000000216869");
  }

  @Test
  void aStreamInTwoPiecesIsTheSameWhereverItIsCut() {
    byte[] bytes = stream(Side.ELEMENT, FRAMES);
    for (int cut = 0; cut <= bytes.length; cut++) {
      FrameDecoder decoder = new FrameDecoder(Side.ELEMENT);
      List<FrameStep> steps = steps(decoder, bytes, 0, cut);
      steps.addAll(steps(decoder, bytes, cut, bytes.length));
      assertThat(steps).as("cut at %d", cut).isEqualTo(expected(FRAMES));
      assertThat(decoder.end()).isEmpty();
    }
  }

  @Test
  void anEndIsInOrderBetweenFramesOnly() {
    byte[] bytes = stream(Side.ELEMENT, FRAMES);
    List<Integer> inOrder = new ArrayList<>();
    for (int length = 0; length <= bytes.length; length++) {
      FrameDecoder decoder = new FrameDecoder(Side.ELEMENT);
      steps(decoder, bytes, 0, length);
      if (decoder.end().isEmpty()) {
        inOrder.add(length);
      } else {
        FrameFault fault = decoder.end().orElseThrow();
        assertThat(fault.kind()).isEqualTo(FrameFault.Kind.CUT_SHORT);
        assertThat(fault.offset()).isEqualTo(length);
      }
    }
    assertThat(inOrder).containsExactly(0, 8, 8 + 11, 8 + 11 + 20, bytes.length);
    assertThat(cutText(3)).endsWith("within the preamble, after 3 of 8 bytes");
    assertThat(cutText(15)).endsWith("within a frame's header, after 7 of 8 bytes");
    assertThat(cutText(16)).endsWith("within a frame, after 0 of 3 bytes");
  }

  private static String cutText(int length) {
    FrameDecoder decoder = new FrameDecoder(Side.ELEMENT);
    steps(decoder, stream(Side.ELEMENT, FRAMES), 0, length);
    return decoder.end().orElseThrow().text();
  }

  @Test
  void anyBitFlippedIsAFaultOrAnotherStreamOfFramesAndInThePreambleAlwaysAFault() {
    byte[] bytes = stream(Side.ELEMENT, FRAMES);
    for (int bit = 0; bit < bytes.length * 8; bit++) {
      byte[] flipped = bytes.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      FrameDecoder decoder = new FrameDecoder(Side.ELEMENT);
      List<FrameStep> steps = steps(decoder, flipped, 0, flipped.length);
      if (bit < Preamble.SIZE * 8) {
        assertThat(steps).as("bit %d", bit).hasSize(1).first().isInstanceOf(FrameFault.class);
      } else if (steps.getLast() instanceof FrameFault || decoder.end().isPresent()) {
        assertThat(steps.getFirst()).isEqualTo(FrameStep.Start.START);
      } else {
        assertThat(steps).as("bit %d", bit).isNotEqualTo(expected(FRAMES));
        assertThat(written(steps)).isEqualTo(flipped);
      }
    }
  }

  private static byte[] written(List<FrameStep> steps) {
    return stream(
        Side.ELEMENT,
        steps.stream().filter(Frame.class::isInstance).map(Frame.class::cast).toList());
  }

  @Test
  void anyFramesComeBackHoweverTheirBytesArrive() {
    Seeds.each(
        100,
        "wire",
        FrameDecoderTest.class,
        random -> {
          Side writer = random.nextBoolean() ? Side.USER : Side.ELEMENT;
          List<Frame> sent = new ArrayList<>();
          for (int i = random.nextInt(12); i > 0; i--) {
            sent.add(frame(random));
          }
          byte[] bytes = stream(writer, sent);
          FrameDecoder decoder = new FrameDecoder(writer);
          List<FrameStep> received = new ArrayList<>();
          int pieceMax = 1 << random.nextInt(1, 18);
          int from = 0;
          while (from < bytes.length) {
            int to = Math.min(bytes.length, from + random.nextInt(0, pieceMax));
            received.addAll(steps(decoder, bytes, from, to));
            from = to;
          }
          assertThat(received).isEqualTo(expected(sent));
          assertThat(decoder.end()).isEmpty();
        });
  }

  private static Frame frame(RandomGenerator random) {
    long protocol = random.nextBoolean() ? Frame.CONTROL : random.nextLong(1L << 32);
    int sizeMax = random.nextInt(4) == 0 ? Frame.sizeMax(protocol) : 40;
    byte[] payload = new byte[random.nextInt(1, sizeMax + 1)];
    random.nextBytes(payload);
    return new Frame(protocol, payload);
  }

  @Test
  void anyBytesGiveFramesOrOneLastingFault() {
    Seeds.each(
        2_000,
        "wire",
        FrameDecoderTest.class,
        random -> {
          byte[] bytes = new byte[random.nextInt(60)];
          random.nextBytes(bytes);
          if (random.nextBoolean()) {
            byte[] preamble = Preamble.encode(Side.ELEMENT);
            System.arraycopy(preamble, 0, bytes, 0, Math.min(bytes.length, preamble.length));
            for (int at = Preamble.SIZE; at < Math.min(bytes.length, 11); at++) {
              bytes[at] = 0;
            }
          }
          FrameDecoder decoder = new FrameDecoder(Side.ELEMENT);
          List<FrameStep> steps = steps(decoder, bytes, 0, bytes.length);
          if (!steps.isEmpty() && steps.getLast() instanceof FrameFault fault) {
            assertThat(fault.offset()).isBetween(0L, (long) bytes.length);
            assertThat(decoder.next(ByteBuffer.wrap(bytes))).isSameAs(fault);
            assertThat(decoder.end()).containsSame(fault);
          }
        });
  }

  @Test
  void whateverElseIsSpokenThereIsNamedByItsFirstBytes() {
    FrameFault http = fault(hex("HTTP/1.1 400 Bad Request"));
    assertThat(http.kind()).isEqualTo(FrameFault.Kind.NO_PREAMBLE);
    assertThat(http.offset()).isZero();
    assertThat(http.text())
        .isEqualTo("expected the preamble of a pool element, but the stream begins with HTTP/1.1");
    assertThat(fault("16030100").text()).endsWith("begins with 0x16030100");
    assertThat(fault("52ff").offset()).isEqualTo(1);
    assertThat(fault("52ff").text()).endsWith("begins with 0x52ff");
    // A preamble that neither side has.
    assertThat(fault("5253504f4f4c5801").kind()).isEqualTo(FrameFault.Kind.NO_PREAMBLE);
  }

  @Test
  void theOwnPreambleAndOtherVersionsAreToldApart() {
    FrameFault mirrored = fault("5253504f4f4c5501");
    assertThat(mirrored.kind()).isEqualTo(FrameFault.Kind.OWN_PREAMBLE);
    assertThat(mirrored.text()).contains("own came back");
    FrameFault newer = fault("5253504f4f4c4502");
    assertThat(newer.kind()).isEqualTo(FrameFault.Kind.OTHER_VERSION);
    assertThat(newer.text())
        .isEqualTo("a pool element speaks version 2 of the framing, but this side version 1");
    assertThat(Preamble.begins(Preamble.encode(Side.USER), 8, Side.USER)).isTrue();
    assertThat(Preamble.begins(Preamble.encode(Side.USER), 7, Side.USER)).isFalse();
    assertThat(Preamble.begins(Preamble.encode(Side.USER), 8, Side.ELEMENT)).isFalse();
  }

  @Test
  void lengthsOutOfTheirRangeAreFaultsAsSoonAsTheHeaderIsThere() {
    FrameFault empty = fault(ELEMENT_PREAMBLE + "0000000100000000aa" + "0000000000000021");
    assertThat(empty.kind()).isEqualTo(FrameFault.Kind.EMPTY);
    assertThat(empty.offset()).isEqualTo(17);
    assertThat(fault(ELEMENT_PREAMBLE + "000400010000000a").kind())
        .isEqualTo(FrameFault.Kind.TOO_LONG);
    assertThat(fault(ELEMENT_PREAMBLE + "ffffffff00000000").kind())
        .isEqualTo(FrameFault.Kind.TOO_LONG);
    assertThat(fault(ELEMENT_PREAMBLE + "000100010000000b").text())
        .isEqualTo("a frame of protocol 11 has 1 to 65536 bytes, but this one says 65537");
    for (String longest : List.of("000400000000000a", "000100000000000b")) {
      assertThat(steps(HexFormat.of().parseHex(ELEMENT_PREAMBLE + longest)))
          .containsExactly(FrameStep.Start.START);
    }
  }

  @Test
  void nothingIsWrittenThatCannotBeRead() {
    new Frame(10, new byte[Frame.DATA_BYTES_MAX]);
    new Frame(11, new byte[Frame.CONTROL_BYTES_MAX]);
    assertRefused(10, Frame.DATA_BYTES_MAX + 1);
    assertRefused(11, Frame.CONTROL_BYTES_MAX + 1);
    assertRefused(10, 0);
    assertRefused(-1, 1);
    assertRefused(0x1_0000_0000L, 1);
  }

  private static void assertRefused(long protocol, int size) {
    assertThatThrownBy(() -> new Frame(protocol, new byte[size]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void framesAreEqualByContent() {
    Frame frame = FRAMES.getFirst();
    Frame same = new Frame(33, frame.payload().clone());
    assertThat(frame).isEqualTo(same).hasSameHashCodeAs(same).hasToString(same.toString());
    assertThat(frame)
        .isNotEqualTo(new Frame(34, frame.payload()))
        .isNotEqualTo(new Frame(33, Arrays.copyOf(frame.payload(), 2)));
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII));
  }
}

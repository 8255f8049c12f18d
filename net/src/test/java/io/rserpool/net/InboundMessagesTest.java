package io.rserpool.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.rserpool.protocol.Octets;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class InboundMessagesTest {

  private static final long SEED = Long.getLong("rserpool.seed", 20_261_123);
  private static final int ROUNDS = 300;

  private final List<byte[]> messages = new ArrayList<>();
  private final List<String> rejections = new ArrayList<>();
  private boolean open = true;

  private final InboundMessages.Sink sink =
      new InboundMessages.Sink() {
        @Override
        public void message(byte[] bytes, int offset, int length) {
          messages.add(Arrays.copyOfRange(bytes, offset, offset + length));
        }

        @Override
        public void unframeable(Octets header, String explanation) {
          rejections.add(header.toHex() + " " + explanation);
          open = false;
        }

        @Override
        public boolean isOpen() {
          return open;
        }
      };

  private static byte[] message(SplittableRandom random) {
    byte[] message = new byte[4 + random.nextInt(random.nextBoolean() ? 40 : 5_000)];
    random.nextBytes(message);
    message[2] = (byte) (message.length >>> 8);
    message[3] = (byte) message.length;
    return Arrays.copyOf(message, message.length + 3 & ~3);
  }

  @Test
  void howTheStreamIsCutDoesNotMatter() {
    for (int round = 0; round < ROUNDS; round++) {
      SplittableRandom random = new SplittableRandom(SEED + round);
      List<byte[]> sent = new ArrayList<>();
      ByteArrayOutputStream stream = new ByteArrayOutputStream();
      for (int i = random.nextInt(20); i >= 0; i--) {
        byte[] message = message(random);
        sent.add(message);
        stream.writeBytes(message);
      }
      messages.clear();
      InboundMessages inbound = new InboundMessages(65_535);
      byte[] scratch = new byte[1 << random.nextInt(4, 14)];
      ByteBuf rest = Unpooled.wrappedBuffer(stream.toByteArray());
      while (rest.isReadable()) {
        inbound.read(
            rest.readSlice(Math.min(rest.readableBytes(), 1 + random.nextInt(3_000))),
            scratch,
            sink);
      }
      assertThat(messages)
          .as(
              "seed %d, replay with: mvn -pl net test -Dtest=InboundMessagesTest -Drserpool.seed=%d",
              SEED + round, SEED + round)
          .hasSize(sent.size());
      for (int i = 0; i < sent.size(); i++) {
        assertThat(messages.get(i))
            .as("seed %d, message %d", SEED + round, i)
            .isEqualTo(sent.get(i));
      }
      assertThat(inbound.isPartial()).isFalse();
    }
  }

  @Test
  void aHeaderThatLeadsNowhereIsToldOnceAndNothingFollows() {
    byte[] bytes = {1, 0, 0, 3, 1, 0, 0, 4};
    new InboundMessages(65_535).read(Unpooled.wrappedBuffer(bytes), new byte[64], sink);
    assertThat(rejections)
        .containsExactly("01000003 expected a message of 4 to 65536 bytes, but its header says 3");
    assertThat(messages).isEmpty();
  }

  @Test
  void aHeaderInPiecesIsCheckedAsSoonAsItIsThere() {
    InboundMessages inbound = new InboundMessages(100);
    for (byte b : new byte[] {1, 0, 0, 101}) {
      assertThat(rejections).isEmpty();
      inbound.read(Unpooled.wrappedBuffer(new byte[] {b}), new byte[64], sink);
    }
    assertThat(rejections).hasSize(1);
  }

  @Test
  void theLimitItselfPasses() {
    byte[] message = new byte[100];
    message[3] = 100;
    new InboundMessages(100).read(Unpooled.wrappedBuffer(message), new byte[64], sink);
    assertThat(messages).hasSize(1);
  }
}

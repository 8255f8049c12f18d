package io.rserpool.net.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class SocketAddressesTest {

  @Test
  void addressesAreWrittenAsTheKernelHasThem() {
    Assumptions.assumeTrue(ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN);

    byte[] written =
        SocketAddresses.encode(
            List.of(InetAddress.ofLiteral("10.1.2.3"), InetAddress.ofLiteral("2001:db8::7")),
            0x0f17);

    assertThat(HexFormat.of().formatHex(written))
        .isEqualTo(
            "0200"
                + "0f17"
                + "0a010203"
                + "0000000000000000"
                + "0a00"
                + "0f17"
                + "00000000"
                + "20010db8000000000000000000000007"
                + "00000000");
  }

  @Test
  void whatIsWrittenIsReadAgain() throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 1_000; i++) {
      List<InetAddress> addresses =
          List.of(some(random, 4), some(random, 16), some(random, 16), some(random, 4));
      byte[] written = SocketAddresses.encode(addresses, random.nextInt(65_536));

      assertThat(SocketAddresses.decode(written, 0, 4)).isEqualTo(addresses);
    }
  }

  @Test
  void theInterfaceOfALinkLocalAddressIsKept() throws IOException {
    InetAddress address = Inet6Address.getByAddress(null, some16((byte) 0xfe, (byte) 0x80), 3);

    List<InetAddress> read =
        SocketAddresses.decode(SocketAddresses.encode(List.of(address), 1), 0, 1);

    assertThat(((Inet6Address) read.getFirst()).getScopeId()).isEqualTo(3);
  }

  @Test
  void addressesThatAreCutOffAreRefusedAtEveryLength() {
    byte[] written = SocketAddresses.encode(List.of(InetAddress.ofLiteral("::1")), 1);
    for (int length = 0; length < written.length; length++) {
      byte[] part = Arrays.copyOf(written, length);

      assertThatThrownBy(() -> SocketAddresses.decode(part, 0, 1))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("expected an address");
    }
  }

  private static InetAddress some(SplittableRandom random, int bytes) throws IOException {
    byte[] raw = new byte[bytes];
    random.nextBytes(raw);
    return InetAddress.getByAddress(raw);
  }

  private static byte[] some16(byte... begin) {
    return Arrays.copyOf(begin, 16);
  }
}

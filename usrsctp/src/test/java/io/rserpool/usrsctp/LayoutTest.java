package io.rserpool.usrsctp;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.net.sctp.SctpListener;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Structures byte by byte, as little-endian machines have them.
class LayoutTest {

  private static final List<InetAddress> MIXED =
      List.of(
          InetAddress.ofLiteral("192.0.2.1"),
          InetAddress.ofLiteral("2001:db8::1"),
          InetAddress.ofLiteral("127.0.0.1"));

  private static final Sockaddrs LINUX = new Sockaddrs(platform("Linux"));
  private static final Sockaddrs MACOS = new Sockaddrs(platform("Mac OS X"));

  @Test
  void addressesAreAsLinuxHasThem() {
    assertThat(encoded(LINUX))
        .isEqualTo(
            "02000f17"
                + "c0000201"
                + "0000000000000000"
                + "0a000f17"
                + "00000000"
                + "20010db8000000000000000000000001"
                + "00000000"
                + "02000f17"
                + "7f000001"
                + "0000000000000000");
  }

  @Test
  void addressesAreAsMacosHasThem() {
    assertThat(encoded(MACOS))
        .isEqualTo(
            "10020f17"
                + "c0000201"
                + "0000000000000000"
                + "1c1e0f17"
                + "00000000"
                + "20010db8000000000000000000000001"
                + "00000000"
                + "10020f17"
                + "7f000001"
                + "0000000000000000");
  }

  @Test
  void addressesAreReadAgain() throws Exception {
    InetAddress scoped =
        Inet6Address.getByAddress(null, InetAddress.ofLiteral("fe80::1").getAddress(), 3);
    try (Arena arena = Arena.ofConfined()) {
      for (Sockaddrs sockaddrs : List.of(LINUX, MACOS)) {
        MemorySegment packed = sockaddrs.encode(arena, MIXED, 65_535);
        assertThat(sockaddrs.decode(packed, 3)).isEqualTo(MIXED);
        assertThat(Sockaddrs.port(packed)).isEqualTo(65_535);
        MemorySegment one = sockaddrs.encode(arena, List.of(scoped), 1);
        assertThat(sockaddrs.decode(one)).isEqualTo(scoped);
        assertThat(((Inet6Address) sockaddrs.decode(one)).getScopeId()).isEqualTo(3);
      }
    }
  }

  @Test
  void anAssociationComesUpWithItsStreams() {
    assertThat(
            read(
                "0100"
                    + "0000"
                    + "15000000"
                    + "0100"
                    + "0000"
                    + "0500"
                    + "0700"
                    + "2a000000"
                    + "04"))
        .isEqualTo(new Notification.Up(42, 5));
  }

  @Test
  void anAssociationIsBrokenByItsPeerOrByNobody() {
    String lost = "0100" + "0000" + "14000000" + "0200" + "0000" + "0500" + "0700" + "2a000000";
    Notification.Gone byNobody = (Notification.Gone) read(lost);
    assertThat(byNobody.end()).isEqualTo(Notification.End.LOST);
    assertThat(byNobody.abort().isPresent()).isFalse();
    Notification.Gone byPeer = (Notification.Gone) read(lost + "0600000b" + "000c0007" + "627965");
    assertThat(byPeer.abort().isPresent()).isTrue();
    assertThat(byPeer.abort().reason()).isEqualTo("saying 'bye'");
  }

  @Test
  void aPathFails() {
    String address = "0200000ac0000201" + "00".repeat(120);
    assertThat(
            read(
                "0200"
                    + "0000"
                    + "98000000"
                    + address
                    + "02000000"
                    + "00000000"
                    + "2a000000"
                    + "00000000"))
        .isEqualTo(
            new Notification.PathChange(
                42, InetAddress.ofLiteral("192.0.2.1"), SctpListener.Path.UNREACHABLE));
  }

  @Test
  void whateverComesIsReadOrLeft() {
    Random random = new Random(20_260_101);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[random.nextInt(170)];
      random.nextBytes(bytes);
      if (bytes.length > 1) {
        bytes[0] = (byte) random.nextInt(16);
        bytes[1] = 0;
      }
      if (bytes.length > 9) {
        bytes[8] = (byte) random.nextInt(8);
        bytes[9] = 0;
      }
      // Nothing is thrown.
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment segment = arena.allocate(Math.max(bytes.length, 1), 8);
        MemorySegment.copy(bytes, 0, segment, ValueLayout.JAVA_BYTE, 0, bytes.length);
        Notification.read(segment.asSlice(0, bytes.length), LINUX)
            .filter(Notification.Gone.class::isInstance)
            .map(Notification.Gone.class::cast)
            .ifPresent(gone -> assertThat(gone.abort().reason()).isNotEmpty());
      }
    }
  }

  @Test
  void aPeersWordsAreCutAndCleaned() {
    byte[] text = ("a\nb" + "x".repeat(500)).getBytes(StandardCharsets.UTF_8);
    byte[] chunk = new byte[8 + text.length];
    chunk[5] = 12;
    chunk[6] = (byte) ((4 + text.length) >> 8);
    chunk[7] = (byte) (4 + text.length);
    System.arraycopy(text, 0, chunk, 8, text.length);
    assertThat(new AbortChunk(chunk).reason()).startsWith("saying 'a?bxxx").hasSize(209);
    chunk[5] = 9;
    assertThat(new AbortChunk(chunk).reason()).isEqualTo("with cause 9");
    assertThat(new AbortChunk(new byte[4]).reason()).isEqualTo("without a reason");
  }

  private static String encoded(Sockaddrs sockaddrs) {
    try (Arena arena = Arena.ofConfined()) {
      return HexFormat.of()
          .formatHex(sockaddrs.encode(arena, MIXED, 3863).toArray(ValueLayout.JAVA_BYTE));
    }
  }

  private static Notification read(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    return Notification.read(MemorySegment.ofArray(bytes), LINUX).orElseThrow();
  }

  private static Platform platform(String system) {
    return Platform.of(system, "aarch64").orElseThrow();
  }
}

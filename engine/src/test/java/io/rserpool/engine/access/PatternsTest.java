package io.rserpool.engine.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rserpool.engine.PeerIdentity;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.Octets;
import io.rserpool.protocol.PoolHandle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Patterns of names and pools, ranges of addresses and identifiers.
class PatternsTest {

  @ParameterizedTest
  @CsvSource({
    "*, '', true",
    "*, rserpool://s/element/a, true",
    "anonymous, '', true",
    "anonymous, anonymous, false",
    "anonymous, rserpool://s/user/anonymous, false",
    "authenticated, '', false",
    "authenticated, host.example.com, true",
    "rserpool://*, '', false",
    "rserpool://*, rserpool://s/element/a, true",
    "rserpool://*, spiffe://s/element/a, false",
    "rserpool://*/registrar/*, rserpool://s/registrar/a, true",
    "rserpool://*/registrar/*, rserpool://s/registrar/, true",
    "rserpool://*/registrar/*, rserpool://s/registrar, false",
    "rserpool://*/registrar/*, rserpool://s/element/registrar/a, false",
    "rserpool://*/registrar/*, rserpool://s/element/x/registrar/a, false",
    "rserpool://*/registrar/*, xrserpool://s/registrar/a, false",
    "rserpool://*/registrar/*, Rserpool://s/registrar/a, false",
    "rserpool://s/element/echo-*, rserpool://s/element/echo-1/2, true",
    "rserpool://s/element/*-echo, rserpool://s/element/my-echo, true",
    "rserpool://s/element/*-echo, rserpool://s/element/my/other-echo, false",
    "*.example.com, a.example.com, true",
    "*.example.com, spiffe://evil/x.example.com, false",
    "host.example.com, host.example.com, true",
    "host.example.com, host.example.com.evil, false",
    "'CN=a*', 'CN=a,O=b/c', true"
  })
  void identityPatternComparesTheWholeName(String pattern, String name, boolean matches) {
    assertThat(IdentityPattern.parse(pattern).matches(new PeerIdentity(name))).isEqualTo(matches);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a\nb", "ünicode", "a\u0000"})
  void identityPatternIsPlainText(String text) {
    assertThatThrownBy(() -> IdentityPattern.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 to 1024 printable ASCII characters");
  }

  @Test
  void identityPatternIsNotLong() {
    String most = "x".repeat(IdentityPattern.SIZE_MAX);
    assertThat(IdentityPattern.parse(most)).hasToString(most);
    assertThatThrownBy(() -> IdentityPattern.parse(most + "x"))
        .hasMessageContaining("1025 characters");
  }

  /// A matcher that goes back after each star would never come to an end.
  @Test
  void hostileNamesCostNoMoreThanTheirLength() {
    IdentityPattern pattern = IdentityPattern.parse("*a".repeat(500) + "*b");
    assertThat(pattern.matches(new PeerIdentity("a".repeat(100_000)))).isFalse();
    assertThat(pattern.matches(new PeerIdentity("/".repeat(100_000)))).isFalse();
    assertThat(
            IdentityPattern.parse("*/".repeat(500) + "*")
                .matches(new PeerIdentity("/".repeat(100_000))))
        .isTrue();
  }

  @Test
  void poolPatternComparesBytes() {
    PoolPattern pattern = PoolPattern.parse("echo*");
    assertThat(pattern.matches(PoolHandle.of("echo"))).isTrue();
    assertThat(pattern.matches(PoolHandle.of("echo/any/thing"))).isTrue();
    assertThat(pattern.matches(new PoolHandle(Octets.ofHex("6563686fff00")))).isTrue();
    assertThat(pattern.matches(PoolHandle.of("Echo"))).isFalse();
    assertThat(PoolPattern.parse("ä*").matches(PoolHandle.of("äpfel"))).isTrue();
    assertThat(PoolPattern.ALL.matches(new PoolHandle(Octets.of((byte) 0)))).isTrue();
    assertThatThrownBy(() -> PoolPattern.parse("")).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.0.1, true",
    "10.0.0.0/8, 11.0.0.1, false",
    "10.1.2.3, 10.1.2.3, true",
    "10.1.2.3, 10.1.2.4, false",
    "0.0.0.0/0, 255.255.255.255, true",
    "0.0.0.0/0, ::1, false",
    "128.0.0.0/1, 200.0.0.1, true",
    "2001:db8::/32, 2001:db8:ffff::1, true",
    "2001:db8::/32, 2001:db9::1, false",
    "2001:db8:0:0:8000::/65, 2001:db8::8000:0:0:1, true",
    "2001:db8:0:0:8000::/65, 2001:db8::1, false",
    "fe80::1, fe80::1, true",
    "::/0, fe80::1, true",
    "::/0, 10.0.0.1, false"
  })
  void rangeContainsWhatBeginsAlike(String range, String address, boolean contains) {
    assertThat(AddressRange.parse(range).contains(AddressText.parse(address).orElseThrow()))
        .isEqualTo(contains);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/8",
        "10.0.0.0/",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0.0/+8",
        "10.0.0/8",
        "10.0.0.0.0",
        "10.0.0.256",
        "10.0.0.01",
        "010.0.0.1",
        "0x10.0.0.1",
        "1.2.3.4/8/9",
        "host",
        "::1::",
        ":::",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1:2:3:4:5:6:7::8",
        "12345::",
        "g::",
        "fe80::1%eth0",
        "::/129",
        "2001:db8::1/32",
        "10.0.0.1/8",
        "::1.2.3",
        "1.2.3.4::",
        "10.0.0.0/٨",
        "+1.2.3.4"
      })
  void whatIsNoRangeIsRefused(String text) {
    assertThatThrownBy(() -> AddressRange.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void addressesAreReadAsPeopleWriteThem() {
    assertThat(AddressText.parse("::ffff:10.0.0.1")).contains(new IpAddress.V4(0x0a00_0001));
    assertThat(AddressText.parse("64:ff9b::192.0.2.33"))
        .contains(new IpAddress.V6(0x0064_ff9b_0000_0000L, 0xc000_0221L));
    assertThat(AddressText.parse("::")).contains(new IpAddress.V6(0, 0));
    assertThat(AddressRange.parse("2001:db8::/32")).hasToString("2001:db8::/32");
    assertThatThrownBy(() -> AddressRange.parse("10.0.0.1/8"))
        .hasMessage(
            "a range begins with its first address, which is 10.0.0.0/8, but this is 10.0.0.1/8");
  }

  @Test
  void identifiersAreComparedUnsigned() {
    ElementIdRange range = ElementIdRange.parse("0x7ffffffe - 0x80000001");
    assertThat(range.contains(ElementId.of(0x8000_0000))).isTrue();
    assertThat(range.contains(ElementId.of(0x7fff_ffff))).isTrue();
    assertThat(range.contains(ElementId.of(0x8000_0002))).isFalse();
    assertThat(range.contains(ElementId.of(1))).isFalse();
    assertThat(ElementIdRange.parse("42").contains(ElementId.of(42))).isTrue();
    for (String wrong : new String[] {"", "0", "0-5", "5-4", "1-2-3", "x", "-", "1-", "-1"}) {
      assertThatThrownBy(() -> ElementIdRange.parse(wrong))
          .as(wrong)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}

package io.rserpool.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class ValuesTest {

  private static final IpAddress LOOPBACK = new IpAddress.V4(0x7f000001);

  @Test
  void octetsAreCopiedOnTheWayInAndOut() {
    byte[] bytes = {1, 2, 3};
    Octets octets = Octets.of(bytes);
    bytes[0] = 9;
    octets.toBytes()[1] = 9;
    assertThat(octets).isEqualTo(Octets.ofHex("010203")).hasSameHashCodeAs(Octets.ofHex("010203"));
  }

  @Test
  void octetsCompareUnsignedAndShorterFirst() {
    assertThat(Octets.ofHex("7f")).isLessThan(Octets.ofHex("80"));
    assertThat(Octets.ofHex("80")).isLessThan(Octets.ofHex("8000"));
  }

  @Test
  void handlesThatAreNotPrintableAreShownInHexadecimal() {
    assertThat(PoolHandle.of("EchoPool")).hasToString("EchoPool");
    assertThat(new PoolHandle(Octets.ofHex("00ff"))).hasToString("0x00ff");
  }

  @Test
  void handlesHaveOneTo65531Bytes() {
    assertThat(new PoolHandle(Octets.of(new byte[65_531])).size()).isEqualTo(65_531);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PoolHandle(Octets.EMPTY))
        .withMessage("a pool handle has 1 to 65531 bytes, but this one has 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PoolHandle(Octets.of(new byte[65_532])));
  }

  @Test
  void identifiersAreReadInDecimalAndHexadecimalAndOrderedUnsigned() {
    assertThat(ElementId.parse("0xFFFFFFFF")).isEqualTo(ElementId.parse("4294967295"));
    assertThat(ServerId.of(1)).isLessThan(ServerId.of(-1)).hasToString("0x00000001");
    for (String wrong : List.of("", "x", "0x", "-1", "4294967296", "0x100000000")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> ElementId.parse(wrong))
          .withMessageContaining("'" + wrong + "'");
    }
  }

  @Test
  void addressesAreWrittenInTheirCanonicalForm() {
    assertThat(new IpAddress.V4(0xc000020a)).hasToString("192.0.2.10");
    assertThat(new IpAddress.V6(0x20010db8_00000000L, 0x10)).hasToString("2001:db8::10");
    assertThat(new IpAddress.V6(0, 0)).hasToString("::");
    assertThat(new IpAddress.V6(0, 1)).hasToString("::1");
    assertThat(new IpAddress.V6(0x0001000000000000L, 0)).hasToString("1::");
    assertThat(new IpAddress.V6(0x20010db8_00000001L, 0x0001000100010001L))
        .hasToString("2001:db8:0:1:1:1:1:1");
    assertThat(new IpAddress.V6(0x20010000_00000001L, 0x0000_0000_0000_0001L))
        .hasToString("2001:0:0:1::1");
  }

  @Test
  void addressesSurviveTheirBytesAndMappedOnesBecomeIpv4() {
    IpAddress six = new IpAddress.V6(0xfe80000000000000L, 0x0123456789abcdefL);
    assertThat(IpAddress.ofBytes(six.toBytes())).isEqualTo(six);
    assertThat(IpAddress.ofBytes(LOOPBACK.toBytes())).isEqualTo(LOOPBACK);
    byte[] mapped = new IpAddress.V6(0, 0x0000ffff7f000001L).toBytes();
    assertThat(IpAddress.ofBytes(mapped)).isEqualTo(LOOPBACK);
    assertThatIllegalArgumentException().isThrownBy(() -> IpAddress.ofBytes(new byte[5]));
  }

  @Test
  void addressScopesFollowTheirRanges() {
    assertThat(LOOPBACK.isLoopback()).isTrue();
    assertThat(new IpAddress.V6(0, 1).isLoopback()).isTrue();
    assertThat(new IpAddress.V4(0xa9fe0001).isLinkLocal()).isTrue();
    assertThat(new IpAddress.V6(0xfe80L << 48, 1).isLinkLocal()).isTrue();
    assertThat(new IpAddress.V6(0xfec0L << 48, 1).isLinkLocal()).isFalse();
    assertThat(new IpAddress.V4(0xac1fffff).isSiteLocal()).isTrue();
    assertThat(new IpAddress.V4(0xac200000).isSiteLocal()).isFalse();
    assertThat(new IpAddress.V6(0xfd00L << 48, 1).isSiteLocal()).isTrue();
    assertThat(new IpAddress.V4(0).isUnspecified()).isTrue();
  }

  @Test
  void policyValuesStayWithinThirtyTwoBits() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Policy.LeastUsed(Policy.FULL + 1))
        .withMessageContaining("load must be an unsigned 32-bit number");
    assertThat(Policy.fraction(0.25)).isEqualTo(0x40000000L);
    assertThat(Policy.fraction(1.0)).isEqualTo(0xffffffffL);
    assertThatIllegalArgumentException().isThrownBy(() -> Policy.fraction(Double.NaN));
    assertThatIllegalArgumentException().isThrownBy(() -> Policy.fraction(1.01));
  }

  @Test
  void adaptivePoliciesAreToldByTheirBitOrByTheirLoad() {
    assertThat(Policy.RoundRobin.INSTANCE.isAdaptive()).isFalse();
    assertThat(new Policy.LeastUsed(0).isAdaptive()).isTrue();
    assertThat(new Policy.RandomizedLeastUsedDegradation(0, 0).isAdaptive()).isTrue();
    assertThat(new Policy.WeightedRandomDpf(1, 0, 0).isAdaptive()).isFalse();
    assertThat(new Policy.LeastUsedDegradationDpf(1, 2, 3, 4).withLoad(9).withDistance(8))
        .isEqualTo(new Policy.LeastUsedDegradationDpf(9, 2, 3, 8));
  }

  @Test
  void anElementHasExactlyOneUserTransport() {
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            new PoolElementParameter(
                ElementId.of(1),
                ServerId.NONE,
                60,
                AsapTransport.Absent.INSTANCE,
                Policy.RoundRobin.INSTANCE,
                AsapTransport.Absent.INSTANCE));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AsapTransport.Sctp(List.of(), 1, TransportUse.DATA_ONLY));
    assertThatIllegalArgumentException().isThrownBy(() -> new AsapTransport.Tcp(LOOPBACK, 65_536));
  }

  @Test
  void aRegistrarHasATransportUnlessItIsAbsent() {
    assertThat(ServerInformation.NONE.isNone()).isTrue();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ServerInformation(ServerId.of(7), List.of()))
        .withMessageContaining("0x00000007");
  }

  @Test
  void unknownCausesAreUnspecifiedAndKeepTheirNumber() {
    ErrorCause cause = new ErrorCause(0x100a, Octets.EMPTY);
    assertThat(cause.cause()).isEqualTo(CauseCode.UNSPECIFIED);
    assertThat(cause).hasToString("Cause 0x100a");
    assertThat(ErrorCause.of(CauseCode.UNKNOWN_POOL_HANDLE)).hasToString("Unknown Pool Handle");
    assertThat(CauseCode.SECURITY.code()).isEqualTo(10);
  }

  @Test
  void profilesAreReadByTheirLowerCaseNames() {
    for (Profile profile : Profile.values()) {
      assertThat(Profile.parse(profile.toString())).isEqualTo(profile);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Profile.parse("Standard"))
        .withMessage("a profile is one of standard, rfc and rsplib, but this is 'Standard'");
  }
}

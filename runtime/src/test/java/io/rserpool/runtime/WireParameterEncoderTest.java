package io.rserpool.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.Octets;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.TransportAddress;
import io.rserpool.wire.WireForm;
import org.junit.jupiter.api.Test;

final class WireParameterEncoderTest {

  private static final String TCP = "0005001000500000" + "00010008c0000201";
  private static final String ROUND_ROBIN = "0008000800000001";

  private final WireParameterEncoder encoder = new WireParameterEncoder(WireForm.STANDARD);
  private final AsapTransport tcp = new AsapTransport.Tcp(new IpAddress.V4(0xc0000201), 80);

  @Test
  void aPoolHandleIsOneWholeParameterWithoutPadding() {
    assertThat(encoder.handle(PoolHandle.of("ABCDE")).toHex()).isEqualTo("000900094142434445");
  }

  @Test
  void aPolicyIsOneWholeParameter() {
    assertThat(encoder.policy(Policy.RoundRobin.INSTANCE).toHex()).isEqualTo(ROUND_ROBIN);
  }

  @Test
  void aTransportIsOneWholeParameter() {
    assertThat(encoder.transport(tcp).toHex()).isEqualTo(TCP);
  }

  @Test
  void anOddOpaqueTransportHasNoPadding() {
    TransportAddress opaque = new TransportAddress.Opaque(Octets.ofHex("010203"));
    assertThat(encoder.transport(opaque).toHex()).isEqualTo("00100007010203");
  }

  @Test
  void anElementIsOneWholeParameter() {
    PoolElementParameter element =
        new PoolElementParameter(
            ElementId.of(7),
            ServerId.of(9),
            60,
            tcp,
            Policy.RoundRobin.INSTANCE,
            AsapTransport.Absent.INSTANCE);
    assertThat(encoder.element(element).toHex())
        .isEqualTo("000a0028" + "00000007" + "00000009" + "0000003c" + TCP + ROUND_ROBIN);
  }
}

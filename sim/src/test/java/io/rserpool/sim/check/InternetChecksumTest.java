package io.rserpool.sim.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.engine.registrar.RegistrarView;
import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.ServerId;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Values that were computed elsewhere.
class InternetChecksumTest {

  private static final ServerId HOME = ServerId.of(1);

  private static RegistrarView.Element element(String pool, int id) {
    AsapTransport.Tcp service = new AsapTransport.Tcp(new IpAddress.V4(1), 7);
    return new RegistrarView.Element(
        PoolHandle.of(pool),
        new PoolElementParameter(
            ElementId.of(id),
            HOME,
            60,
            service,
            new Policy.RoundRobin(),
            AsapTransport.Absent.INSTANCE),
        true);
  }

  @Test
  void sumsTheElementsOfOneHome() {
    RegistrarView.Element echo = element("EchoPool", 0x1234_5678);
    RegistrarView.Element pingPong = element("PingPongPool", 0x0a0b_0c0d);
    RegistrarView.Element daytime = element("DaytimePool", 0x00c0_ffee);
    assertThat(InternetChecksum.of(List.of(), HOME)).isEqualTo(0xffff);
    assertThat(InternetChecksum.of(List.of(echo), HOME)).isEqualTo(0x29a5);
    assertThat(InternetChecksum.of(List.of(echo, pingPong), HOME)).isEqualTo(0xd609);
    assertThat(InternetChecksum.of(List.of(echo, pingPong, daytime), HOME)).isEqualTo(0x6d57);
    assertThat(InternetChecksum.of(List.of(echo), ServerId.of(2))).isEqualTo(0xffff);
  }
}

package io.rserpool.engine.element;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.engine.hunt.Script;
import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.Octets;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.TransportAddress;
import io.rserpool.protocol.TransportUse;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Registered addresses belong to the association with the registrar (RFC 5352 section 2.2.1).
class LocalAddressTest {

  private static final IpAddress ANY_V4 = new IpAddress.V4(0);
  private static final IpAddress ANY_V6 = new IpAddress.V6(0, 0);
  private static final AsapTransport LOCAL =
      new AsapTransport.Tcp(Script.LOCAL, 40_000, TransportUse.DATA_ONLY);

  @Test
  void anUnspecifiedUserTransportIsRegisteredWithTheAssociationsAddress() {
    assertThat(registered(new AsapTransport.Tcp(ANY_V4, 7, TransportUse.DATA_ONLY)))
        .isEqualTo(new AsapTransport.Tcp(Script.LOCAL, 7, TransportUse.DATA_ONLY));
    assertThat(registered(new TransportAddress.Udp(ANY_V6, 8)))
        .isEqualTo(new TransportAddress.Udp(Script.LOCAL, 8));
  }

  @Test
  void aUserTransportWithAnAddressIsRegisteredAsItIs() {
    TransportAddress chosen = new TransportAddress.Udp(Script.PEER, 8);
    assertThat(registered(chosen)).isEqualTo(chosen);
  }

  @Test
  void portUseAndServiceCodeStayAsTheyAre() {
    assertThat(fillUser(new AsapTransport.Tcp(ANY_V4, 7, TransportUse.DATA_PLUS_CONTROL)))
        .isEqualTo(new AsapTransport.Tcp(Script.LOCAL, 7, TransportUse.DATA_PLUS_CONTROL));
    assertThat(fillUser(new AsapTransport.Sctp(List.of(ANY_V4), 7, TransportUse.DATA_ONLY)))
        .isEqualTo(new AsapTransport.Sctp(List.of(Script.LOCAL), 7, TransportUse.DATA_ONLY));
    assertThat(fillUser(new TransportAddress.UdpLite(ANY_V4, 9)))
        .isEqualTo(new TransportAddress.UdpLite(Script.LOCAL, 9));
    assertThat(fillUser(new TransportAddress.Dccp(ANY_V4, 10, 0x6563686fL)))
        .isEqualTo(new TransportAddress.Dccp(Script.LOCAL, 10, 0x6563686fL));
  }

  @Test
  void anOpaqueTransportHasNoAddressToFillIn() {
    TransportAddress opaque = new TransportAddress.Opaque(Octets.ofHex("00000000"));
    assertThat(fillUser(opaque)).isEqualTo(opaque);
  }

  @Test
  void aUserTransportStaysUnspecifiedIfTheOwnAddressIsUnknown() {
    TransportAddress wanted = new TransportAddress.Udp(ANY_V4, 8);
    assertThat(LocalAddress.fillUser(wanted, AsapTransport.Absent.INSTANCE)).isEqualTo(wanted);
  }

  private static TransportAddress fillUser(TransportAddress wanted) {
    return LocalAddress.fillUser(wanted, LOCAL);
  }

  private static TransportAddress registered(TransportAddress wanted) {
    var element = ElementScript.of(Profile.STANDARD, 1);
    element.script.give(
        new ElementRequest.Register(
            1,
            ElementScript.POOL,
            ElementId.of(1),
            wanted,
            Policy.RoundRobin.INSTANCE,
            AsapTransport.Absent.INSTANCE));
    element.script.up(element.script.called().getFirst());
    return element.registrations().getFirst().element().userTransport();
  }
}

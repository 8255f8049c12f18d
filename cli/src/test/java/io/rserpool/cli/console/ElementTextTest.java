package io.rserpool.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.TransportUse;
import java.util.List;
import org.junit.jupiter.api.Test;

class ElementTextTest {

  private static final IpAddress HOST = new IpAddress.V4(0x0a00_0001);

  private static PoolElementParameter element(AsapTransport user) {
    return new PoolElementParameter(
        ElementId.of(1),
        ServerId.of(9),
        60,
        user,
        Policy.RoundRobin.INSTANCE,
        AsapTransport.Absent.INSTANCE);
  }

  @Test
  void controlChannelIsShownWhereItIsTheException() {
    PoolElementParameter plain = element(new AsapTransport.Tcp(HOST, 7));
    PoolElementParameter framed =
        element(new AsapTransport.Tcp(HOST, 7, TransportUse.DATA_PLUS_CONTROL));
    PoolElementParameter sctp =
        element(new AsapTransport.Sctp(List.of(HOST), 7, TransportUse.DATA_PLUS_CONTROL));
    assertThat(ElementText.service(plain)).isEqualTo("tcp://10.0.0.1:7");
    assertThat(ElementText.service(framed)).isEqualTo("tcp://10.0.0.1:7 with control channel");
    assertThat(ElementText.service(sctp)).isEqualTo("sctp://10.0.0.1:7");
    assertThat(ElementText.json(plain).toString())
        .contains("\"address\":\"tcp://10.0.0.1:7\",\"controlChannel\":false");
    assertThat(ElementText.json(framed).toString())
        .contains("\"address\":\"tcp://10.0.0.1:7\",\"controlChannel\":true");
    assertThat(ElementText.json(sctp).toString()).contains("\"controlChannel\":true");
  }
}

package io.rserpool.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class WrittenTest {

  @Test
  void portThatIsLeftOutDependsOnTlsWhereTheSchemeDoesNotSayIt() {
    Written asap = new Addresses.Asap().convert("sctp://10.0.0.1|10.0.0.2");
    assertThat(asap.with(false)).hasToString("sctp://10.0.0.1|10.0.0.2:3863");
    assertThat(asap.with(true)).hasToString("sctp://10.0.0.1|10.0.0.2:3864");
    Written enrp = new Addresses.Enrp().convert("sctp+udp://10.0.0.1");
    assertThat(enrp.with(false)).hasToString("sctp+udp://10.0.0.1:9901");
    assertThat(enrp.with(true)).hasToString("sctp+udp://10.0.0.1:9902");
    Written peer = new Addresses.Peer().convert("sctp://10.0.0.1");
    assertThat(Written.all(List.of(peer, enrp), true))
        .hasToString("[sctp://10.0.0.1:9902, sctp+udp://10.0.0.1:9902]");
  }

  @Test
  void otherwiseItMeansTheSameWithTlsAndWithout() {
    for (boolean isSecured : new boolean[] {true, false}) {
      assertThat(new Addresses.Asap().convert("tls://h").with(isSecured))
          .hasToString("tls://h:3864");
      assertThat(new Addresses.Asap().convert("tcp://h").with(isSecured))
          .hasToString("tcp://h:3863");
      assertThat(new Addresses.Asap().convert("sctp://h:3863").with(isSecured))
          .hasToString("sctp://h:3863");
      assertThat(new Addresses.Enrp().convert("sctp://h:0").with(isSecured))
          .hasToString("sctp://h:0");
    }
  }
}

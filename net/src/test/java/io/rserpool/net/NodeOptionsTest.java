package io.rserpool.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.net.sctp.SctpOptions;
import io.rserpool.net.tls.TestScope;
import io.rserpool.net.tls.TlsOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NodeOptionsTest {

  @TempDir Path directory;

  @Test
  void eachChangeChangesOnePart() {
    TcpOptions tcp = TcpOptions.builder().silentMax(3).build();
    MulticastOptions group = MulticastOptions.OFF;
    SctpOptions sctp = SctpOptions.defaults().toBuilder().heartbeat(Duration.ofSeconds(7)).build();
    TlsOptions tls = new TestScope(directory).issue("registrar", "r1");
    MadeUpSctp stack = MadeUpSctp.usable();
    NodeOptions changed =
        NodeOptions.defaults("test")
            .withTls(tls)
            .withSctpStacks(List.of(stack))
            .withSctp(sctp)
            .withPresenceMulticast(group)
            .withMulticast(group)
            .withTcp(tcp);
    assertThat(changed)
        .isEqualTo(new NodeOptions("test", tcp, group, group, sctp, List.of(stack), tls));
    stack.close();
  }
}

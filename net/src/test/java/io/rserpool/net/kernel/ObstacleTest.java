package io.rserpool.net.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.engine.Endpoint;
import io.rserpool.net.sctp.SctpStack;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class ObstacleTest {

  @Test
  void aMissingLibraryIsNamedWithItsPackage() {
    String text =
        Obstacle.text("libsctp.so.1: cannot open shared object file: No such file or directory");

    assertThat(text).contains("libsctp1").doesNotContain("modprobe");
  }

  @Test
  void aKernelWithoutSctpIsSaidToBeOne() {
    assertThat(Obstacle.text("Socket type not supported"))
        .contains("kernel")
        .contains("modprobe sctp")
        .doesNotContain("libsctp1");
  }

  @Test
  void theStackIsFoundAsAServiceForItsScheme() {
    assertThat(ServiceLoader.load(SctpStack.class).stream().map(each -> each.get().scheme()))
        .contains(Endpoint.Scheme.SCTP);
  }
}

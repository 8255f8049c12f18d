package io.rserpool.usrsctp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf("io.rserpool.usrsctp.Presence#isThere")
@Timeout(180)
class MultiHomingTest {

  private static final List<String> OWN_NETWORK = List.of("unshare", "-r", "-n");

  @Test
  void anAssociationGoesOnWhenEitherOfItsPathsIsCutAndTellsOfIt() throws Exception {
    Assumptions.assumeTrue(isPossible());
    try (Child child = new Child(OWN_NETWORK, TwoPaths.class)) {
      assertThat(child.line()).isEqualTo("passed");
      assertThat(child.exitCode()).isZero();
    }
  }

  private static boolean isPossible() throws InterruptedException {
    try {
      Process probe =
          new ProcessBuilder("unshare", "-r", "-n", "ip", "link", "set", "lo", "up").start();
      if (probe.waitFor() == 0) {
        return true;
      }
    } catch (IOException _) {
      // Said below.
    }
    System.err.println("Not tested: several paths, which need a network made by unshare and ip.");
    return false;
  }
}

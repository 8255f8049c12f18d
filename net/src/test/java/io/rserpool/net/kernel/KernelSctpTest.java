package io.rserpool.net.kernel;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Runs [KernelSctpChecks] where there is SCTP. Where there is none, `system-tests/interop/run` does in a
/// guest.
class KernelSctpTest {

  @BeforeAll
  static void thereIsSctp() {
    Optional<String> obstacle = new KernelSctpStack().obstacle();
    obstacle.ifPresent(why ->
        System.out.println("KernelSctpTest is skipped, but see system-tests/interop: " + why));
    assumeTrue(obstacle.isEmpty(), () -> obstacle.orElse(""));
  }

  @TestFactory
  Stream<DynamicTest> checks() {
    return KernelSctpChecks.all().stream()
        .filter(check -> check.needs() != KernelSctpChecks.Needs.GUEST)
        .map(check ->
            DynamicTest.dynamicTest(
                check.name(), () -> assertThatCode(check.body()::run).doesNotThrowAnyException()));
  }
}

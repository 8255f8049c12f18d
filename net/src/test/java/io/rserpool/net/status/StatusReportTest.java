package io.rserpool.net.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rserpool.net.status.StatusReport.Association;
import io.rserpool.net.status.StatusReport.Reading;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.Octets;
import io.rserpool.protocol.ServerId;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class StatusReportTest {

  private static final long SEED = Long.getLong("rserpool.seed", 2960);

  record Vector(byte[] bytes, StatusReport report) {}

  static Stream<Vector> vectors() {
    return Stream.of(
        new Vector(
            bytes(
                "01000138 00000200 010000001a2b3c4d 0000000000bebc20 00051615"
                    + text("686f7374313a203139322e302e322e313a33383633")
                    + text("33205045732c20312070656572")
                    + "ffff 0001 010000005e6f7081 ffffffffffffffff 0000 0084 0000000c"),
            new StatusReport(
                false,
                ComponentId.registrar(ServerId.of(0x1a2b3c4d)),
                12_500_000,
                333_333,
                "host1: 192.0.2.1:3863",
                "3 PEs, 1 peer",
                StatusReport.NO_WORKLOAD,
                List.of(
                    new Association(
                        ComponentId.registrar(ServerId.of(0x5e6f7081)),
                        StatusReport.UNKNOWN_DURATION,
                        0,
                        Association.SCTP,
                        12)))),
        new Vector(
            bytes(
                "01010120 00000200 0200000012345678 0000000005e69ec0 00051615"
                    + text("")
                    + text("")
                    + "0000 0000"),
            new StatusReport(
                true,
                ComponentId.element(ElementId.of(0x12345678)),
                99_000_000,
                333_333,
                "",
                "",
                0,
                List.of())));
  }

  private static byte[] bytes(String hex) {
    return Octets.ofHex(hex.replace(" ", "")).toBytes();
  }

  private static String text(String hex) {
    return hex + "0".repeat(2 * StatusReport.TEXT_SIZE - hex.length());
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void vectorIsReadToItsFieldsAndWrittenBack(Vector vector) {
    assertThat(StatusReport.decode(vector.bytes())).isEqualTo(new Reading.Value(vector.report()));
    assertThat(vector.report().encode()).isEqualTo(vector.bytes());
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void whatIsCutAnywhereOrHasMoreIsAFault(Vector vector) {
    for (int length = 0; length < vector.bytes().length; length++) {
      assertThat(StatusReport.decode(Arrays.copyOf(vector.bytes(), length)))
          .isInstanceOf(Reading.Fault.class);
    }
    assertThat(StatusReport.decode(Arrays.copyOf(vector.bytes(), vector.bytes().length + 1)))
        .isInstanceOf(Reading.Fault.class);
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void flippedBitsGiveAReportThatIsWrittenBackOrAFault(Vector vector) {
    for (int bit = 0; bit < vector.bytes().length * 8; bit++) {
      byte[] flipped = vector.bytes().clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      switch (StatusReport.decode(flipped)) {
        case Reading.Value(StatusReport report) ->
            assertThat(report.encode().length).as("bit %d", bit).isEqualTo(flipped.length);
        case Reading.Fault(String explanation) ->
            assertThat(explanation).startsWith("expected ").doesNotContain("%");
      }
    }
  }

  @Test
  void anythingThatIsReadIsTheSameAfterwards() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < 2_000; i++) {
      StatusReport report = random(random);
      assertThat(StatusReport.decode(report.encode()))
          .as("replay with -Drserpool.seed=%d", SEED)
          .isEqualTo(new Reading.Value(report));
    }
  }

  private static StatusReport random(SplittableRandom random) {
    List<Association> associations =
        random
            .ints(random.nextInt(4), 0, 0x10000)
            .mapToObj(number ->
                new Association(
                    random.nextLong(), random.nextLong(), number, number, number * 0xffffL))
            .toList();
    return new StatusReport(
        random.nextBoolean(),
        random.nextLong(),
        random.nextLong(),
        random.nextLong(1L << 32),
        "l".repeat(random.nextInt(StatusReport.TEXT_SIZE + 1)),
        "\u00e9".repeat(random.nextInt(StatusReport.TEXT_SIZE + 1)),
        random.nextInt(0x10000),
        associations);
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertThatThrownBy(() -> report("x".repeat(129), List.of()))
        .hasMessage("a location has at most 128 bytes, but this has 129");
    Association association = new Association(1, 1, 0, 6, 0);
    assertThat(report("", Collections.nCopies(2_717, association)).encode())
        .hasSizeLessThanOrEqualTo(65_507);
    assertThatThrownBy(() -> report("", Collections.nCopies(2_718, association)))
        .hasMessage("a report has at most 2717 associations, but this has 2718");
  }

  private static StatusReport report(String location, List<Association> associations) {
    return new StatusReport(false, 1, 0, 0, location, "", 0, associations);
  }

  @Test
  void componentsAreNamedByGroupAndNumber() {
    assertThat(ComponentId.registrar(ServerId.of(-1))).isEqualTo(0x01_0000_00ff_ffff_ffL);
    assertThat(ComponentId.element(ElementId.of(-1))).isEqualTo(0x02_0000_00ff_ffff_ffL);
    assertThat(ComponentId.user(-1)).isEqualTo(0x03_ff_ffff_ffff_ffffL);
    assertThat(ComponentId.isKnown(ComponentId.registrar(ServerId.NONE))).isFalse();
    assertThat(ComponentId.isKnown(ComponentId.registrar(ServerId.of(1)))).isTrue();
  }
}

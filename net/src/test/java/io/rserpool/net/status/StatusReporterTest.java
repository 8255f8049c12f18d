package io.rserpool.net.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.net.status.StatusReport.Association;
import io.rserpool.net.status.StatusReport.Reading;
import io.rserpool.protocol.ElementId;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class StatusReporterTest {

  private static final ComponentStatus FIRST =
      new ComponentStatus(
          ComponentId.element(ElementId.of(7)),
          "here: 10.0.0.1",
          "well",
          0x1234,
          List.of(new Association(1, 2, 0, Association.TCP, 11)));

  private final DatagramSocket monitor = monitor();
  private final StatusOptions options =
      new StatusOptions("127.0.0.1", monitor.getLocalPort(), StatusOptions.INTERVAL_MIN);

  private static DatagramSocket monitor() {
    try {
      return new DatagramSocket(0, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @AfterEach
  void closeMonitor() {
    monitor.close();
  }

  private StatusReport next() throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
    monitor.receive(packet);
    return switch (StatusReport.decode(Arrays.copyOf(packet.getData(), packet.getLength()))) {
      case Reading.Value(StatusReport report) -> report;
      case Reading.Fault(String explanation) -> throw new AssertionError(explanation);
    };
  }

  @Test
  void aComponentIsReportedAgainAndAgainAndAtItsEnd() throws IOException {
    StatusReport first;
    StatusReport second;
    StatusReport last;
    try (StatusReporter _ = StatusReporter.start(options, () -> FIRST)) {
      first = next();
      second = next();
    }
    do {
      last = next();
    } while (!last.isFinal());
    assertThat(first)
        .isEqualTo(
            new StatusReport(
                false,
                FIRST.id(),
                first.senderTimeStamp(),
                250_000,
                "here: 10.0.0.1",
                "well",
                0x1234,
                FIRST.associations()));
    assertThat(first.senderTimeStamp()).isBetween(0L, 10_000_000L);
    assertThat(second.senderTimeStamp() - first.senderTimeStamp()).isGreaterThan(200_000);
    assertThat(last)
        .isEqualTo(
            new StatusReport(
                true, FIRST.id(), last.senderTimeStamp(), 250_000, "", "", 0, List.of()));
  }

  @Test
  void nothingIsReportedWithoutAnIdentifier() throws IOException {
    AtomicReference<ComponentStatus> status =
        new AtomicReference<>(
            new ComponentStatus(ComponentId.element(ElementId.NONE), "", "", 0, List.of()));
    AtomicInteger asked = new AtomicInteger();
    try (StatusReporter _ =
        StatusReporter.start(
            options,
            () -> {
              if (asked.incrementAndGet() == 3) {
                status.set(FIRST);
              }
              return status.get();
            })) {
      StatusReport first = next();
      assertThat(asked.get()).isGreaterThanOrEqualTo(3);
      assertThat(first.senderId()).isEqualTo(FIRST.id());
    }
  }

  @Test
  void anotherIdentifierIsTheEndOfTheFormerOne() throws IOException {
    ComponentStatus second =
        new ComponentStatus(ComponentId.element(ElementId.of(8)), "", "", 0, List.of());
    AtomicReference<ComponentStatus> status = new AtomicReference<>(FIRST);
    try (StatusReporter _ = StatusReporter.start(options, status::get)) {
      StatusReport report = next();
      status.set(second);
      while (!report.isFinal()) {
        assertThat(report.senderId()).isEqualTo(FIRST.id());
        report = next();
      }
      assertThat(report.senderId()).isEqualTo(FIRST.id());
      StatusReport other = next();
      assertThat(other.senderId()).isEqualTo(second.id());
      assertThat(other.senderTimeStamp()).isLessThan(report.senderTimeStamp());
    }
  }

  @Test
  void aComponentThatFailsToAnswerCostsOneReportOnly() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    try (StatusReporter _ =
        StatusReporter.start(
            options,
            () -> {
              if (asked.incrementAndGet() == 1) {
                throw new IllegalStateException("not now");
              }
              return FIRST;
            })) {
      assertThat(next().senderId()).isEqualTo(FIRST.id());
    }
  }

  @Test
  void textsAreCutAndCleanedAndTheLastByteStaysZero() throws IOException {
    ComponentStatus wild =
        new ComponentStatus(
            FIRST.id(),
            "x".repeat(200),
            "a\u001b[2Jb\u0000c",
            0,
            Collections.nCopies(5_000, FIRST.associations().getFirst()));
    try (StatusReporter _ = StatusReporter.start(options, () -> wild)) {
      StatusReport report = next();
      assertThat(report.location()).isEqualTo("x".repeat(127));
      assertThat(report.status()).isEqualTo("a?[2Jb?c");
      assertThat(report.associations()).hasSize(1_000);
    }
  }

  @Test
  void aMonitorThatIsNotThereOrCannotBeFoundIsNoReasonToStop() throws InterruptedException {
    monitor.close();
    for (StatusOptions nobody :
        List.of(options, options.withMonitor("there-is-no-such-host.invalid"))) {
      CountDownLatch asked = new CountDownLatch(3);
      try (StatusReporter _ =
          StatusReporter.start(
              nobody,
              () -> {
                asked.countDown();
                return FIRST;
              })) {
        assertThat(asked.await(40, TimeUnit.SECONDS)).as("%s", nobody).isTrue();
      }
    }
  }

  @Test
  void aComponentThatDoesNotAnswerHoldsUpTheEndForASecondAtMost() throws InterruptedException {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    StatusReporter reporter =
        StatusReporter.start(
            options,
            () -> {
              asked.countDown();
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException _) {
                interrupted.countDown();
              }
              return FIRST;
            });
    assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
    reporter.close();
    reporter.close();
    assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void whoReportsNothingIsNotAsked() {
    AtomicInteger asked = new AtomicInteger();
    try (StatusReporter _ =
        StatusReporter.start(
            StatusOptions.OFF.withInterval(Duration.ofSeconds(1)),
            () -> {
              asked.incrementAndGet();
              return FIRST;
            })) {
      assertThat(asked.get()).isZero();
    }
  }
}

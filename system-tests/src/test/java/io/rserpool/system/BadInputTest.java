package io.rserpool.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.client.NoRegistrarException;
import io.rserpool.client.Pool;
import io.rserpool.client.PoolUser;
import io.rserpool.client.Scope;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.asap.AsapHandleResolution;
import io.rserpool.wire.AsapCodec;
import io.rserpool.wire.WireForm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Whatever comes on the ports: the offender is cut off, the log says who and why, and everybody
/// else is served by a registrar that has little memory.
@Tag("system")
class BadInputTest {
  private static final PoolHandle POOL = PoolHandle.of("EchoPool");
  private static final String WHO_AND_WHY =
      "WARN .*(source|peer)=\\S*127\\.0\\.0\\.1.*(aborted|refused|misbehaved): .+";
  private static final int FLOOD = 2_000;
  private static final long MEMORY_KB_MAX = 300_000;

  private final Stage stage = new Stage();
  private RunningRegistrar registrar;
  private RunningServer server;
  private CliProcess watch;

  @BeforeEach
  void begin() {
    registrar = stage.registrar(List.of("-Xmx64m", "-XX:+ExitOnOutOfMemoryError"));
    server = stage.serve(registrar, "echo");
    watch = stage.start("watch", "EchoPool", "--registrar=" + registrar.asap());
    watch.out().await("present " + server.id(), CliProcess.LIMIT);
  }

  @AfterEach
  void end() {
    stage.close();
  }

  @Test
  void garbageIsCutOff() throws IOException {
    long seed = Long.getLong("rserpool.seed", 3_863);
    Random random = new Random(seed);
    for (int port : ports()) {
      for (int i = 0; i < 20; i++) {
        byte[] garbage = new byte[1 + random.nextInt(20_000)];
        random.nextBytes(garbage);
        // A Message Length below 4 can never be right, so nobody waits for the rest.
        garbage[Math.min(2, garbage.length - 1)] = 0;
        try (Offender offender = Offender.connect(port)) {
          offender.send(garbage);
          offender.endOutput();
          offender.awaitCutOff();
        } catch (IOException _) {
          // Cut off while it was still sending.
        }
        assertOthersAreServed();
      }
    }
    assertLogSaysWhoAndWhy();
  }

  @Test
  void impossibleLengthsAreCutOffAtOnceWithAnError() throws IOException {
    for (int port : ports()) {
      try (Offender offender = Offender.connect(port)) {
        offender.send((byte) 1, (byte) 0, (byte) 0, (byte) 3);
        assertThat(offender.awaitCutOff()).as("bytes of the error message").isPositive();
      }
      assertOthersAreServed();
    }
    assertLogSaysWhoAndWhy();
  }

  @Test
  void giantAndTruncatedAndSlowMessagesAreCutOffInTime() throws IOException {
    for (int port : ports()) {
      try (Offender giant = Offender.connect(port);
          Offender truncated = Offender.connect(port);
          Offender slow = Offender.connect(port)) {
        giant.send((byte) 5, (byte) 0, (byte) 0xff, (byte) 0xfc, (byte) 0);
        truncated.send((byte) 5, (byte) 0, (byte) 0, (byte) 40, (byte) 0, (byte) 9);
        truncated.endOutput();
        slow.send((byte) 5, (byte) 0);
        truncated.awaitCutOff();
        assertOthersAreServed();
        giant.awaitCutOff();
        slow.awaitCutOff();
      }
      assertOthersAreServed();
    }
    assertLogSaysWhoAndWhy();
  }

  @Test
  void halfOpenConnectionsAreCutOff() throws IOException {
    for (int port : ports()) {
      try (Offender silent = Offender.connect(port);
          Offender halfOpen = Offender.connect(port)) {
        halfOpen.endOutput();
        halfOpen.awaitCutOff();
        silent.awaitCutOff();
      }
      assertOthersAreServed();
    }
  }

  @Test
  void aFloodOfConnectionsHarmsNobodyElse() throws IOException {
    for (int port : ports()) {
      List<Offender> flood = new ArrayList<>();
      try {
        for (int i = 0; i < FLOOD; i++) {
          flood.add(Offender.connect(port));
          if (i % 200 == 0) {
            assertOthersAreServed();
          }
        }
        assertOthersAreServed();
        flood.forEach(Offender::awaitCutOff);
        assertOthersAreServed();
      } finally {
        flood.forEach(Offender::close);
      }
    }
    assertLogSaysWhoAndWhy();
    assertThat(registrar.process().err().size()).as("lines of the log").isLessThan(FLOOD / 4);
    assertThat(residentKb()).as("memory of the registrar in KB").isLessThan(MEMORY_KB_MAX);
  }

  @Test
  void aPeerThatNeverReadsIsCutOffBeforeItCostsMemory() throws IOException {
    byte[] request =
        new AsapCodec(WireForm.STANDARD).encode(new AsapHandleResolution(POOL, false, 0));
    byte[] many = new byte[1_000 * request.length];
    for (int i = 0; i < many.length; i += request.length) {
      System.arraycopy(request, 0, many, i, request.length);
    }
    try (Offender offender = Offender.connect(registrar.asapPort())) {
      offender.sendUntilCutOff(many);
    }
    assertOthersAreServed();
    assertLogSaysWhoAndWhy();
    assertThat(residentKb()).as("memory of the registrar in KB").isLessThan(MEMORY_KB_MAX);
  }

  @Test
  void nonsenseInValidFramesHarmsNobodyAndDoesNotFillTheLog() throws IOException {
    byte[] nonsense = new byte[8 * FLOOD];
    for (int at = 0; at < nonsense.length; at += 8) {
      // Messages of eight bytes, each of a type that nobody knows.
      nonsense[at] = (byte) 0xee;
      nonsense[at + 3] = 8;
    }
    for (int port : ports()) {
      try (Offender offender = Offender.connect(port)) {
        offender.send(nonsense);
        offender.endOutput();
        offender.awaitCutOff();
      } catch (IOException _) {
        // Cut off while it was still sending.
      }
      assertOthersAreServed();
    }
    assertLogSaysWhoAndWhy();
    assertThat(registrar.process().err().size()).as("lines of the log").isLessThan(FLOOD / 10);
  }

  private int[] ports() {
    return new int[] {registrar.asapPort(), registrar.enrpPort()};
  }

  private void assertOthersAreServed() {
    assertThat(resolve().elements())
        .extracting(element -> element.elementId().toString())
        .containsExactly(server.id());
    assertThat(watch.out().text()).doesNotContain(" left ");
    assertThat(registrar.process().isAlive()).isTrue();
  }

  /// On a machine that is busy with other things an answer may take longer than a call's time
  /// limit;
  /// the exception says that a retry makes sense, so there is one.
  private Pool resolve() {
    long deadlineNs = System.nanoTime() + CliProcess.LIMIT.toNanos();
    try (PoolUser user = PoolUser.open(Scope.of(registrar.asap()))) {
      while (true) {
        try {
          return user.resolve(POOL);
        } catch (NoRegistrarException e) {
          if (System.nanoTime() > deadlineNs) {
            throw e;
          }
        }
      }
    }
  }

  private void assertLogSaysWhoAndWhy() {
    registrar.process().err().await(WHO_AND_WHY, CliProcess.LIMIT);
  }

  private long residentKb() throws IOException {
    Path status = Path.of("/proc", Long.toString(registrar.process().pid()), "status");
    if (!Files.exists(status)) {
      return 0;
    }
    try (var lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElse(0);
    }
  }
}

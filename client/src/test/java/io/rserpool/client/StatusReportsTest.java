package io.rserpool.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.net.status.ComponentId;
import io.rserpool.net.status.StatusOptions;
import io.rserpool.net.status.StatusReport;
import io.rserpool.net.status.StatusReport.Association;
import io.rserpool.net.status.StatusReport.Reading;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.ServerId;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What elements and users tell a monitor.
final class StatusReportsTest extends SessionFixture {

  private final DatagramSocket monitor = monitor();

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

  private Scope scope() {
    return registrar
        .scope()
        .withStatusReports(
            new StatusOptions("127.0.0.1", monitor.getLocalPort(), StatusOptions.INTERVAL_MIN));
  }

  private StatusReport await(Predicate<StatusReport> wanted) throws IOException {
    while (true) {
      DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
      monitor.receive(packet);
      byte[] bytes = Arrays.copyOf(packet.getData(), packet.getLength());
      if (StatusReport.decode(bytes) instanceof Reading.Value(StatusReport report)
          && wanted.test(report)) {
        return report;
      }
    }
  }

  @Test
  void anElementTellsItsPoolItsLoadAndItsRegistrar() throws IOException {
    Registration registration =
        Registration.builder(POOL, 7_777)
            .elementId(ElementId.of(42))
            .policy(new Policy.LeastUsed(0))
            .build();
    try (PoolElement element = PoolElement.register(scope(), registration)) {
      StatusReport first = await(_ -> true);
      assertThat(first.senderId()).isEqualTo(ComponentId.element(ElementId.of(42)));
      assertThat(first.location()).endsWith(": 127.0.0.1:7777");
      assertThat(first.workload()).isZero();
      element.updateLoad(0.25);
      StatusReport loaded = await(told -> told.workload() != 0 && !told.associations().isEmpty());
      assertThat(loaded.workload()).isEqualTo(Math.round(0.25 * 0xfffe));
      assertThat(loaded.status()).startsWith("pool EchoPool, lu");
      Association home = loaded.associations().getFirst();
      assertThat(home.protocolId()).isEqualTo(Association.TCP);
      assertThat(home.ppid()).isEqualTo(Association.ASAP);
      assertThat(home.duration()).isBetween(0L, 60_000_000L);
      StatusReport named =
          await(told -> ComponentId.isKnown(told.associations().getFirst().receiverId()));
      assertThat(named.associations().getFirst().receiverId())
          .isEqualTo(ComponentId.registrar(new ServerId(0x1a2b3c4d)));
    }
    assertThat(await(StatusReport::isFinal).senderId())
        .isEqualTo(ComponentId.element(ElementId.of(42)));
  }

  @Test
  void anElementWithoutRegistrarSaysSo() throws IOException {
    Registration registration =
        Registration.builder(POOL, 7_777).elementId(ElementId.of(42)).build();
    try (PoolElement _ = PoolElement.register(scope(), registration)) {
      await(told -> told.status().equals("pool EchoPool, rr") && !told.associations().isEmpty());
      registrar.close();
      StatusReport lonely = await(told -> told.associations().isEmpty());
      assertThat(lonely.status()).isEqualTo("pool EchoPool, rr, seeks a registrar");
      assertThat(lonely.workload()).isEqualTo(StatusReport.NO_WORKLOAD);
    }
  }

  @Test
  void aUserTellsItsRegistrarAndItsSessions() throws IOException {
    serve();
    long id;
    try (PoolUser reporting = PoolUser.open(scope())) {
      StatusReport idle = await(_ -> true);
      id = idle.senderId();
      assertThat(id >>> 56).isEqualTo(3);
      assertThat(idle.status()).isEqualTo("0 sessions");
      assertThat(idle.location()).endsWith(": 127.0.0.1");
      try (PoolSession session = reporting.connect(POOL)) {
        StatusReport busy = await(told -> told.status().equals("1 session"));
        assertThat(busy.senderId()).isEqualTo(id);
        assertThat(busy.associations())
            .extracting(Association::receiverId)
            .containsExactly(
                ComponentId.registrar(ServerId.NONE),
                ComponentId.element(session.element().elementId()));
        assertThat(busy.associations())
            .extracting(Association::ppid)
            .containsExactly((long) Association.ASAP, 0L);
      }
      await(told -> told.status().equals("0 sessions"));
    }
    assertThat(await(StatusReport::isFinal).senderId()).isEqualTo(id);
  }
}

package io.rserpool.registrar;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.engine.Endpoint;
import io.rserpool.net.status.ComponentId;
import io.rserpool.net.status.StatusOptions;
import io.rserpool.net.status.StatusReport;
import io.rserpool.net.status.StatusReport.Association;
import io.rserpool.net.status.StatusReport.Reading;
import io.rserpool.protocol.ServerId;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What real registrars on loopback tell a monitor.
@Timeout(60)
final class StatusReportsTest {

  private static final List<Endpoint> ANY_PORT =
      List.of(Endpoint.of(Endpoint.Scheme.TCP, "127.0.0.1", 0));

  private static RegistrarConfig config(int id) {
    return RegistrarConfig.defaults().withId(ServerId.of(id)).withAsap(ANY_PORT).withEnrp(ANY_PORT);
  }

  private static StatusReport await(DatagramSocket monitor, Predicate<StatusReport> wanted)
      throws IOException {
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
  void aRegistrarTellsItsMonitorHowItIsAndWhoItsPeersAre() throws IOException {
    try (DatagramSocket monitor = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      StatusOptions options =
          new StatusOptions("127.0.0.1", monitor.getLocalPort(), StatusOptions.INTERVAL_MIN);
      try (Registrar other = Registrar.start(config(0xb))) {
        try (Registrar registrar =
            Registrar.start(config(0xa).withPeers(other.enrp()).withStatusReports(options))) {
          StatusReport report = await(monitor, told -> !told.associations().isEmpty());
          assertThat(report.senderId()).isEqualTo(ComponentId.registrar(ServerId.of(0xa)));
          assertThat(report.reportInterval()).isEqualTo(250_000);
          assertThat(report.location()).contains(": " + registrar.asap().getFirst());
          assertThat(report.status()).startsWith("0 pools, 0 elements (0 owned), 1 peer");
          assertThat(report.workload()).isEqualTo(StatusReport.NO_WORKLOAD);
          assertThat(report.associations())
              .containsExactly(
                  new Association(
                      ComponentId.registrar(ServerId.of(0xb)),
                      StatusReport.UNKNOWN_DURATION,
                      0,
                      Association.TCP,
                      Association.ENRP));
        }
        StatusReport last = await(monitor, StatusReport::isFinal);
        assertThat(last.senderId()).isEqualTo(ComponentId.registrar(ServerId.of(0xa)));
      }
    }
  }
}

package io.rserpool.system;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Two machines with a link between them, as network namespaces; needs root on Linux.
@Tag("system")
class PartitionTest {
  private final Stage stage = new Stage();
  private final TwoMachines machines = new TwoMachines();

  @AfterEach
  void end() {
    stage.close();
    machines.close();
  }

  @Test
  void aServerBehindACutLinkIsRemovedAndComesBackWithTheLink() {
    Assumptions.assumeTrue(machines.build(), "network namespaces need root and ip netns");
    String registrarHost = machines.leftAddress();
    RunningRegistrar registrar =
        RunningRegistrar.await(
            stage.add(
                CliProcess.start(
                    machines.onLeft(),
                    List.of(),
                    "registrar",
                    "--insecure",
                    "--asap=tcp://" + registrarHost + ":3863",
                    "--enrp=tcp://" + registrarHost + ":9901")));
    RunningServer server =
        RunningServer.await(
            stage.add(
                CliProcess.start(
                    machines.onRight(),
                    List.of(),
                    "serve",
                    "echo",
                    "--registrar=" + registrar.asap())));
    CliProcess watch =
        stage.add(
            CliProcess.start(
                machines.onLeft(),
                List.of(),
                "watch",
                "EchoPool",
                "--registrar=" + registrar.asap()));
    watch
        .out()
        .await("present " + server.id() + " tcp://" + machines.rightAddress(), CliProcess.LIMIT);

    machines.cut();
    watch.out().await("left " + server.id(), CliProcess.LIMIT);
    int before = watch.out().size();
    machines.join();
    watch.out().await("joined " + server.id(), before, CliProcess.LIMIT);
  }
}

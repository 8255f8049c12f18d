package io.rserpool.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("system")
class GatewayCommandTest {
  private final Stage stage = new Stage();

  @AfterEach
  void end() {
    stage.close();
  }

  /// A program that knows an address and nothing else: sends a line and gets it back.
  private static void talk(int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
      talk(socket);
    }
  }

  private static void talk(Socket socket) throws IOException {
    byte[] line = {'h', 'e', 'l', 'l', 'o', '\n'};
    socket.getOutputStream().write(line);
    byte[] answer = socket.getInputStream().readNBytes(line.length);
    if (answer.length < line.length) {
      throw new EOFException("the server has ended");
    }
    assertThat(answer).isEqualTo(line);
  }

  @Test
  void anyProgramReachesAPoolByALocalPortAndAnotherServerAfterAKill() throws IOException {
    RunningRegistrar registrar = stage.registrar();
    List<RunningServer> servers = new ArrayList<>();
    IntStream.range(0, 2).forEach(_ -> servers.add(stage.serve(registrar, "echo")));
    CliProcess gateway =
        stage.start(
            "gateway", "EchoPool", "--listen=127.0.0.1:0", "--registrar=" + registrar.asap());
    int port =
        Integer.parseInt(
            gateway
                .out()
                .await("^forwarding 127.0.0.1:(\\d+) to pool EchoPool$", CliProcess.LIMIT)
                .group(1));
    talk(port);
    try (Socket first = new Socket(InetAddress.ofLiteral("127.0.0.1"), port);
        Socket second = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
      talk(first);
      talk(second);

      servers.getFirst().process().kill();

      // One of the two was with the server that is gone, and is told so.
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> {
            while (true) {
              talk(first);
              talk(second);
            }
          });
    }
    talk(port);
    talk(port);
    gateway.signal("TERM");
    gateway.err().await("^5 connections, \\d open", CliProcess.LIMIT);
  }

  @Test
  void anAddressThatIsTakenIsNamed() {
    RunningRegistrar registrar = stage.registrar();
    CliResult result =
        CliProcess.run(
            "gateway",
            "EchoPool",
            "--listen=127.0.0.1:" + registrar.asapPort(),
            "--registrar=" + registrar.asap());
    assertThat(result.exitCode()).as("%s", result).isEqualTo(1);
    assertThat(result.err()).contains("pool=EchoPool", "port " + registrar.asapPort());
  }
}

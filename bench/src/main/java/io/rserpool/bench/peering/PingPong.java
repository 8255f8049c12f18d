package io.rserpool.bench.peering;

import io.rserpool.bench.requests.ServerProcess;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.HexFormat;

/// The same conversation with a bare echo: as many requests of the same size, as many answers of the
/// same size.
record PingPong(int requestSize, int answerSize, int count) {

  /// Runs it over one connection.
  ///
  /// @param pending requests that are on the way at once; 1 as in a table transfer, more as if the
  ///     bytes were copied in one go
  /// @return how long it took
  long ns(ServerProcess echo, int pending) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), echo.port())) {
      socket.setTcpNoDelay(true);
      DataInputStream in = new DataInputStream(socket.getInputStream());
      byte[] request = new byte[requestSize];
      byte[] answer = new byte[answerSize];
      long startNs = System.nanoTime();
      int sent = 0;
      for (int received = 0; received < count; received++) {
        while (sent < count && sent - received < pending) {
          socket.getOutputStream().write(request);
          sent++;
        }
        in.readFully(answer);
      }
      return System.nanoTime() - startNs;
    }
  }

  /// A process that answers so.
  ServerProcess server() throws IOException {
    return ServerProcess.echo(requestSize, HexFormat.of().formatHex(new byte[answerSize]));
  }
}

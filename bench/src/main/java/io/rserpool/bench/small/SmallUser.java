package io.rserpool.bench.small;

import io.rserpool.client.PoolSession;
import io.rserpool.client.PoolUser;
import io.rserpool.client.Scope;
import io.rserpool.client.SessionOptions;
import io.rserpool.protocol.PoolHandle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// The whole program of a small device: asks an echo some things over one session, with as little as
/// possible beside the client library. It runs with the library's jars and its own class, nothing else.
public final class SmallUser {

  private static final int REQUEST_SIZE = 100;

  private SmallUser() {}

  /// Arguments: the registrar's address, how many round trips, and the folder of the certificate if there
  /// is TLS. Prints a line at the first answer, and one with processor time and memory at the end.
  public static void main(String[] args) throws IOException, InterruptedException {
    Scope plain = Scope.of(args[0]);
    Scope scope = args.length > 2 ? plain.withTls(Path.of(args[2])) : plain;
    int rounds = Integer.parseInt(args[1]);
    byte[] request = "x".repeat(REQUEST_SIZE).getBytes(StandardCharsets.US_ASCII);
    try (PoolUser user = PoolUser.open(scope);
        PoolSession session = user.connect(PoolHandle.of("EchoPool"), SessionOptions.defaults())) {
      for (int i = 0; i < rounds; i++) {
        session.output().write(request);
        session.output().flush();
        byte[] answer = session.input().readNBytes(REQUEST_SIZE);
        if (!Arrays.equals(answer, request)) {
          throw new IOException("round " + i + ": expected the request back, got " + answer.length);
        }
        if (i == 0) {
          IO.println("first");
        }
      }
    }
    IO.println("done cpu-ms=" + cpuMs() + " " + peak());
  }

  private static long cpuMs() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toMillis();
  }

  /// The most memory that the process has occupied, as Linux tells it.
  private static String peak() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .map(line -> "peak-kib=" + line.replaceAll("\\D", ""))
        .findFirst()
        .orElse("peak-kib=0");
  }
}

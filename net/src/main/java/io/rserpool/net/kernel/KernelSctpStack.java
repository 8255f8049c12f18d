package io.rserpool.net.kernel;

import com.sun.nio.sctp.SctpMultiChannel;
import io.rserpool.engine.Endpoint;
import io.rserpool.net.sctp.SctpListener;
import io.rserpool.net.sctp.SctpOptions;
import io.rserpool.net.sctp.SctpSocket;
import io.rserpool.net.sctp.SctpStack;
import java.io.IOException;
import java.util.Optional;

/// The SCTP of the operating system, which is Linux: fast, multi-homed, and what other implementations of
/// RSerPool speak. May be used from any thread.
public final class KernelSctpStack implements SctpStack {

  /// For [java.util.ServiceLoader].
  public KernelSctpStack() {}

  @Override
  public Endpoint.Scheme scheme() {
    return Endpoint.Scheme.SCTP;
  }

  @Override
  public Optional<String> obstacle() {
    try {
      SctpMultiChannel.open().close();
      return Optional.empty();
    } catch (LinkageError e) {
      return Optional.of(
          "SCTP of the kernel cannot be used, since this Java runtime has no working module jdk.sctp ("
              + e.getMessage()
              + ")");
    } catch (IOException | UnsupportedOperationException e) {
      return Optional.of(Obstacle.text(String.valueOf(e.getMessage())));
    }
  }

  @Override
  public SctpSocket open(SctpOptions options, SctpListener listener) throws IOException {
    Optional<String> obstacle = obstacle();
    if (obstacle.isPresent()) {
      throw new IOException(obstacle.get());
    }
    return KernelSocket.open(options, listener);
  }
}

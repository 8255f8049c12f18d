package io.rserpool.cli.doctor;

import io.rserpool.engine.Endpoint;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.asap.AsapHandleResolution;
import io.rserpool.protocol.asap.AsapHandleResolutionResponse;
import io.rserpool.protocol.asap.AsapMessage;
import io.rserpool.wire.AsapCodec;
import io.rserpool.wire.Decoded;
import io.rserpool.wire.MessageFramer;
import io.rserpool.wire.WireForm;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/// Asks a registrar for a pool that nobody has, and takes the time until it says so.
final class RegistrarCheck {
  private static final String SUBJECT = "registrar";
  private static final PoolHandle NOBODYS_POOL = PoolHandle.of("rserpool-doctor");
  private static final int LIMIT_MS = 2_000;
  private static final long SLOW_MS = 250;

  private RegistrarCheck() {}

  static Finding run(Endpoint registrar, Profile profile) {
    long beginNs = System.nanoTime();
    try {
      ask(registrar, profile);
    } catch (IOException e) {
      return Finding.problem(
          SUBJECT,
          registrar + " gives no answer (" + e.getMessage() + ")",
          "start one with 'rserpool registrar', or name another with --registrar");
    }
    long ms = Duration.ofNanos(System.nanoTime() - beginNs).toMillis();
    return ms < SLOW_MS
        ? Finding.ok(SUBJECT, registrar + " answers in " + ms + " ms")
        : Finding.warn(
            SUBJECT,
            registrar + " answers only after " + ms + " ms",
            "look at its machine's load and at the network between");
  }

  /// A single registrar is a single point of failure: who knows only that one, and cannot be called
  /// by the others, is lost with it until it returns.
  static Finding count(int registrars) {
    return registrars > 1
        ? Finding.ok("registrars", registrars + " are configured")
        : Finding.warn(
            "registrars",
            "only one is configured",
            "name two or more (--registrar A,B): whoever knows only one finds no other while that is"
                + " down");
  }

  /// Whether a registrar answers at a port of this machine.
  static boolean answers(Endpoint registrar, Profile profile) {
    try {
      ask(registrar, profile);
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private static void ask(Endpoint registrar, Profile profile) throws IOException {
    AsapCodec codec = new AsapCodec(WireForm.of(profile));
    try (Socket socket = new Socket()) {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(LIMIT_MS);
      socket.connect(
          new InetSocketAddress(registrar.hosts().getFirst(), registrar.port()), LIMIT_MS);
      socket
          .getOutputStream()
          .write(codec.encode(new AsapHandleResolution(NOBODYS_POOL, false, 1)));
      AsapMessage answer = read(socket.getInputStream(), codec);
      if (!(answer instanceof AsapHandleResolutionResponse)) {
        throw new IOException("it answered with " + answer.type());
      }
    }
  }

  private static AsapMessage read(InputStream in, AsapCodec codec) throws IOException {
    byte[] buffer = new byte[MessageFramer.SIZE_MAX];
    int filled = 0;
    int size = MessageFramer.NEED_MORE;
    while (size == MessageFramer.NEED_MORE) {
      int count = in.read(buffer, filled, buffer.length - filled);
      if (count < 0) {
        throw new EOFException("it ended the connection");
      }
      filled += count;
      size = MessageFramer.next(buffer, 0, filled, MessageFramer.SIZE_MAX);
    }
    if (size > 0 && codec.decode(buffer, 0, size) instanceof Decoded.Message<AsapMessage> message) {
      return message.message();
    }
    throw new IOException("what answers there is no registrar");
  }
}

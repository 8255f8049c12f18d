package io.rserpool.bench.sctp;

import io.rserpool.engine.Endpoint;
import io.rserpool.engine.LossReason;
import io.rserpool.net.sctp.SctpListener;
import io.rserpool.net.sctp.SctpOptions;
import io.rserpool.net.sctp.SctpSocket;
import io.rserpool.net.sctp.SctpStacks;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/// An association over SCTP within UDP.
final class SctpPeer implements Peer, SctpListener {

  private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");

  private final Consumer<byte[]> taker;
  private final CompletableFuture<Void> up = new CompletableFuture<>();
  private final Semaphore room = new Semaphore(0);
  private final SctpSocket socket;
  private final long number;
  private volatile boolean isOpen = true;

  SctpPeer(int port, Consumer<byte[]> taker) throws IOException {
    this.taker = taker;
    socket =
        new SctpStacks(SctpStacks.installed())
            .of(Endpoint.Scheme.SCTP_UDP)
            .open(SctpOptions.defaults().at(List.of(HERE), 0, false), this);
    number = socket.connect(List.of(HERE), port);
    up.join();
  }

  @Override
  public void send(byte[] message) {
    while (!socket.send(number, message, 0, Messages.PAYLOAD_PROTOCOL_ID)) {
      room.acquireUninterruptibly();
    }
  }

  @Override
  public void flood(byte[] message) {
    Thread.ofPlatform()
        .daemon()
        .name("flood")
        .start(() -> {
          while (isOpen) {
            send(message);
          }
        });
  }

  @Override
  public void up(
      long association,
      boolean isIncoming,
      List<InetAddress> peers,
      int peerPort,
      List<InetAddress> locals,
      int outgoingStreams) {
    up.complete(null);
  }

  @Override
  public void message(long association, byte[] message, int stream, int payloadProtocolId) {
    taker.accept(message);
  }

  @Override
  public void writable(long association) {
    room.release();
  }

  @Override
  public void path(long association, InetAddress address, Path change) {}

  @Override
  public void restarted(long association) {}

  @Override
  public void down(long association, LossReason reason, String detail) {
    if (!up.completeExceptionally(new IOException(detail)) && isOpen) {
      System.err.println("the association was lost: " + detail);
    }
  }

  @Override
  public void close() {
    isOpen = false;
    socket.abort(number, "measured");
    socket.close();
  }
}

package io.rserpool.client.channel;

import io.rserpool.engine.Endpoint;
import io.rserpool.engine.LossReason;
import io.rserpool.net.sctp.SctpListener;
import io.rserpool.net.sctp.SctpOptions;
import io.rserpool.net.sctp.SctpSocket;
import io.rserpool.net.sctp.SctpStack;
import io.rserpool.net.sctp.SctpStacks;
import io.rserpool.net.tls.TlsOptions;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.TransportAddress;
import io.rserpool.protocol.TransportUse;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/// The call of a service over SCTP, at all its addresses, from a port of its own: between two ports
/// there is one association only, and sessions do not share theirs.
final class SctpCall implements SctpListener {

  private final TransportAddress address;
  private final String peer;
  private final CompletableFuture<SctpSocket> socket = new CompletableFuture<>();
  private final CompletableFuture<SctpAssociation> answer = new CompletableFuture<>();

  private SctpCall(TransportAddress address) {
    this.address = address;
    this.peer = endpoint(address.addresses(), address.port());
  }

  static String endpoint(List<IpAddress> addresses, int port) {
    List<String> hosts = addresses.stream().map(IpAddress::toString).toList();
    return new Endpoint(Endpoint.Scheme.SCTP, hosts, port).toString();
  }

  static List<InetAddress> inet(List<IpAddress> addresses) throws UnknownHostException {
    List<InetAddress> all = new ArrayList<>();
    for (IpAddress one : addresses) {
      all.add(InetAddress.getByAddress(one.toBytes()));
    }
    return all;
  }

  /// Calls a service; with TLS it has to prove that it is one.
  static Channel open(
      SctpStacks stacks,
      SctpOptions options,
      TransportAddress address,
      Duration timeout,
      TlsOptions tls)
      throws IOException {
    long startNs = System.nanoTime();
    boolean hasControl = address.use() == TransportUse.DATA_PLUS_CONTROL;
    SctpAssociation association = call(stacks, options, address, timeout);
    if (!tls.isOn()) {
      return new SctpChannel(association, hasControl);
    }
    boolean isSecured = false;
    try {
      Duration left = timeout.minusNanos(System.nanoTime() - startNs);
      SctpTlsLine line = SctpTlsLine.call(association, address.port(), tls, left);
      Channel channel =
          FramedChannel.called(line, hasControl, timeout.minusNanos(System.nanoTime() - startNs));
      isSecured = true;
      return channel;
    } finally {
      if (!isSecured) {
        association.abort("");
      }
    }
  }

  private static SctpAssociation call(
      SctpStacks stacks, SctpOptions options, TransportAddress address, Duration timeout)
      throws IOException {
    SctpCall call = new SctpCall(address);
    List<InetAddress> peers = inet(address.addresses());
    SctpStack stack = stacks.of(Endpoint.Scheme.SCTP);
    SctpSocket opened = stack.open(options, call);
    call.socket.complete(opened);
    boolean isAnswered = false;
    try {
      long number = opened.connect(peers, address.port());
      SctpAssociation association = call.await(number, timeout);
      isAnswered = true;
      return association;
    } finally {
      if (!isAnswered) {
        opened.close();
      }
    }
  }

  private SctpAssociation await(long number, Duration timeout) throws IOException {
    try {
      return answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException _) {
      socket.join().abort(number, "no answer in time");
      throw new SocketTimeoutException(
          "calling " + peer + ": no answer within " + timeout.toMillis() + " ms");
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      socket.join().abort(number, "interrupted");
      throw new InterruptedIOException("interrupted while calling " + peer);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException why ? why : new IOException(e.getCause());
    }
  }

  @Override
  public void up(
      long association,
      boolean isIncoming,
      List<InetAddress> peers,
      int peerPort,
      List<InetAddress> locals,
      int outgoingStreams) {
    SctpSocket own = socket.join();
    answer.complete(
        new SctpAssociation(
            own, association, outgoingStreams, address.addresses().getFirst(), peer, own::close));
  }

  private void with(Consumer<SctpAssociation> news) {
    if (answer.isDone() && !answer.isCompletedExceptionally()) {
      news.accept(answer.join());
    }
  }

  @Override
  public void message(long association, byte[] message, int stream, int payloadProtocolId) {
    with(called -> called.received(message, stream, payloadProtocolId));
  }

  @Override
  public void writable(long association) {
    with(SctpAssociation::writable);
  }

  @Override
  public void path(long association, InetAddress path, Path change) {
    with(called -> called.path(path, change));
  }

  @Override
  public void restarted(long association) {
    with(SctpAssociation::restarted);
  }

  @Override
  public void down(long association, LossReason reason, String detail) {
    if (!answer.completeExceptionally(unanswered(reason, detail))) {
      with(called -> called.lost(reason, detail));
    }
  }

  private IOException unanswered(LossReason reason, String detail) {
    String text = "calling " + peer + ": " + detail;
    return switch (reason) {
      case REFUSED -> new ConnectException(text);
      case UNREACHABLE -> new SocketTimeoutException(text);
      case CLOSED -> new EOFException(text);
      case RESET, OFFENDING -> new IOException(text);
    };
  }
}

package io.rserpool.cli.survey;

import io.rserpool.engine.Endpoint;
import io.rserpool.engine.LossReason;
import io.rserpool.net.sctp.SctpListener;
import io.rserpool.net.sctp.SctpOptions;
import io.rserpool.net.sctp.SctpSocket;
import io.rserpool.net.sctp.SctpStacks;
import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.TransportUse;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// An SCTP association, in the kernel or in user space.
final class SctpLine implements Line, SctpListener {
  private static final int ENRP = 12;

  /// What is told on a thread of the stack.
  private sealed interface Told {
    record Up(List<InetAddress> locals) implements Told {}

    record Message(byte[] bytes) implements Told {}

    record Writable() implements Told {}

    record Down(LossReason reason, String detail) implements Told {}
  }

  private final BlockingQueue<Told> told = new LinkedBlockingQueue<>();
  private final SctpSocket socket;
  private final long association;
  private List<InetAddress> locals = List.of();

  private SctpLine(Endpoint registrar, List<InetAddress> addresses) throws IOException {
    socket =
        new SctpStacks(SctpStacks.installed())
            .of(registrar.scheme())
            .open(SctpOptions.defaults(), this);
    association = socket.connect(addresses, registrar.port());
  }

  static SctpLine call(Endpoint registrar, Duration limit) throws IOException {
    SctpLine line = new SctpLine(registrar, addresses(registrar));
    try {
      line.locals =
          switch (line.next(limit)) {
            case Told.Up up -> up.locals();
            case Told.Down down ->
                throw new IOException(
                    down.reason() == LossReason.REFUSED
                        ? "nobody listens there (" + down.detail() + ")"
                        : "no association: " + down.detail());
            case Told.Message _, Told.Writable _ ->
                throw new IllegalStateException("told of an association that is not up");
          };
      return line;
    } catch (SocketTimeoutException e) {
      line.close();
      throw new IOException("no association within " + limit.toSeconds() + " s", e);
    } catch (IOException e) {
      line.close();
      throw e;
    }
  }

  private static List<InetAddress> addresses(Endpoint registrar) throws IOException {
    List<InetAddress> addresses = new ArrayList<>();
    for (String host : registrar.hosts()) {
      try {
        addresses.addAll(List.of(InetAddress.getAllByName(host)));
      } catch (UnknownHostException e) {
        throw new IOException("there is no host '" + host + "'", e);
      }
    }
    return addresses;
  }

  /// A tool says little, so there is room for it.
  @Override
  public void send(byte[] message) throws IOException {
    if (!socket.send(association, message, 0, ENRP)) {
      throw new IOException("the association does not take a message of so few bytes");
    }
  }

  @Override
  public byte[] receive(Duration limit) throws IOException {
    long deadlineNs = System.nanoTime() + limit.toNanos();
    while (true) {
      switch (next(Duration.ofNanos(deadlineNs - System.nanoTime()))) {
        case Told.Message message -> {
          return message.bytes();
        }
        case Told.Down down -> throw new EOFException("it ended the association: " + down.detail());
        case Told.Up _, Told.Writable _ -> {}
      }
    }
  }

  @Override
  public AsapTransport own() {
    return new AsapTransport.Sctp(
        locals.stream().map(local -> IpAddress.ofBytes(local.getAddress())).toList(),
        socket.port(),
        TransportUse.DATA_ONLY);
  }

  private Told next(Duration limit) throws IOException {
    try {
      Told next = told.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
      if (next == null) {
        throw new SocketTimeoutException();
      }
      return next;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  @Override
  public void up(
      long number,
      boolean isIncoming,
      List<InetAddress> peers,
      int peerPort,
      List<InetAddress> locals,
      int outgoingStreams) {
    told.add(new Told.Up(locals));
  }

  @Override
  public void message(long number, byte[] message, int stream, int payloadProtocolId) {
    told.add(new Told.Message(message));
  }

  @Override
  public void writable(long number) {
    told.add(new Told.Writable());
  }

  @Override
  public void path(long number, InetAddress address, Path change) {}

  @Override
  public void restarted(long number) {
    told.add(new Told.Down(LossReason.RESET, "the registrar has started again"));
  }

  @Override
  public void down(long number, LossReason reason, String detail) {
    told.add(new Told.Down(reason, detail));
  }

  @Override
  public void close() {
    socket.close();
  }
}

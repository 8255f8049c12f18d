package io.rserpool.client.channel;

import io.rserpool.engine.PeerIdentity;
import io.rserpool.net.tls.TlsOptions;
import io.rserpool.protocol.TransportAddress;
import io.rserpool.protocol.asap.AsapError;
import io.rserpool.protocol.asap.AsapMessage;
import io.rserpool.wire.WireForm;
import io.rserpool.wire.session.Frame;
import io.rserpool.wire.session.Preamble;
import io.rserpool.wire.session.Side;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/// A channel over a stream of bytes with a framing that keeps messages, and so with a control channel
/// beside the data: TCP, and TLS over SCTP. Both sides write their preamble at once; who calls waits for the other's before it takes
/// the service for reached, who was called reads it with the first message.
final class FramedChannel implements Channel {

  /// How long after a connection is there the peer's preamble may take.
  static final Duration PREAMBLE_LIMIT = Duration.ofSeconds(5);

  /// How long a closed channel waits for the peer to end as well: closing at once would break the
  /// connection if something is still coming, and the peer might lose what was sent last.
  private static final Duration LINGER_LIMIT = Duration.ofSeconds(1);

  private final Line line;
  private final boolean hasControl;
  private final FramedInput input;
  private final ControlMessages control = new ControlMessages(WireForm.STANDARD);

  /// Held by the one who receives, and by the one who sends.
  private final ReentrantLock receiving = new ReentrantLock();

  private final ReentrantLock sending = new ReentrantLock();

  private final AtomicBoolean isReporting = new AtomicBoolean();
  private final AtomicBoolean isClosed = new AtomicBoolean();

  private FramedChannel(Line line, boolean hasControl, Side self) throws IOException {
    this.line = line;
    this.hasControl = hasControl;
    this.input = new FramedInput(line, self.other(), PREAMBLE_LIMIT);
    // So few bytes always fit into a fresh connection: nobody waits here.
    line.write(Preamble.encode(self));
  }

  /// Calls a service over TCP.
  static FramedChannel open(TransportAddress address, Duration timeout, TlsOptions tls)
      throws IOException {
    long startNs = System.nanoTime();
    Line line = TcpLine.call(address, timeout, tls);
    return called(line, true, timeout.minusNanos(System.nanoTime() - startNs));
  }

  /// The channel with a service that was called. It is there when its preamble is: a system accepts calls
  /// for a process that is frozen, or does not accept them itself any more.
  static FramedChannel called(Line line, boolean hasControl, Duration timeout) throws IOException {
    try {
      FramedChannel channel = new FramedChannel(line, hasControl, Side.USER);
      channel.awaitService(timeout.toNanos());
      return channel;
    } catch (IOException e) {
      line.abort();
      throw e;
    }
  }

  /// The channel of a user who was let in.
  static FramedChannel accepted(Line line, boolean hasControl) throws IOException {
    return new FramedChannel(line, hasControl, Side.ELEMENT);
  }

  private void awaitService(long limitNs) throws IOException {
    try {
      if (input.awaitStart(limitNs)) {
        return;
      }
    } catch (SocketException e) {
      if (Thread.currentThread().isInterrupted()) {
        // Interrupting a virtual thread closes the socket that it waits for.
        throw e;
      }
      throw notLetIn(": " + e.getMessage());
    }
    if (input.hasEnded()) {
      throw notLetIn("");
    }
    throw new SocketTimeoutException(
        line
            + " took the call, but did not say in time that it speaks the framing of sessions: it is frozen,"
            + " or speaks without it");
  }

  private ConnectException notLetIn(String why) {
    return new ConnectException(
        line + " ended the connection before it said that it speaks the framing of sessions" + why);
  }

  @Override
  public boolean keepsMessages() {
    return true;
  }

  @Override
  public boolean hasControl() {
    return hasControl;
  }

  @Override
  public Incoming receive(Duration limit) throws IOException {
    requireOpen();
    receiving.lock();
    try {
      requireOpen();
      return next(limit.toNanos());
    } finally {
      receiving.unlock();
    }
  }

  private Incoming next(long limitNs) throws IOException {
    long startNs = System.nanoTime();
    while (true) {
      Incoming next = input.next(limitNs - (System.nanoTime() - startNs));
      if (!hasControl
          || !(next instanceof UserMessage message)
          || message.payloadProtocolId() != CONTROL_PAYLOAD_PROTOCOL) {
        return next;
      }
      Optional<AsapMessage> told = control.decode(message.bytes(), peer(), this::report);
      if (told.isPresent()) {
        return new Incoming.Control(told.get());
      }
    }
  }

  /// Tells the peer what could not be read. Who receives never waits for a peer that does not read:
  /// a thread of its own does, and while it waits nothing more is reported.
  private void report(AsapError error) {
    if (isReporting.compareAndSet(false, true)) {
      Thread.ofVirtual().name("rserpool-report").start(() -> sendReport(error));
    }
  }

  private void sendReport(AsapError error) {
    try {
      sendControl(error);
    } catch (IOException _) {
      // Nobody is left to be told.
    } finally {
      isReporting.set(false);
    }
  }

  @Override
  public void send(UserMessage message) throws IOException {
    if (hasControl && message.payloadProtocolId() == CONTROL_PAYLOAD_PROTOCOL) {
      throw new IllegalArgumentException("payload protocol 11 is ASAP, the control channel itself");
    }
    if (message.bytes().length > MESSAGE_BYTES_MAX) {
      throw new IllegalArgumentException(
          "a message has at most %d bytes, but this one for %s has %d"
              .formatted(MESSAGE_BYTES_MAX, peer(), message.bytes().length));
    }
    if (message.bytes().length > 0) {
      write(new Frame(message.payloadProtocolId(), message.bytes()));
    }
  }

  @Override
  public void sendControl(AsapMessage message) throws IOException {
    if (!hasControl) {
      throw new IllegalStateException(
          "expected a service with a control channel, but " + line + " is for data only");
    }
    write(new Frame(CONTROL_PAYLOAD_PROTOCOL, control.encode(message)));
  }

  private void write(Frame frame) throws IOException {
    byte[] bytes = frame.encode();
    sending.lock();
    try {
      requireOpen();
      line.write(bytes);
    } finally {
      sending.unlock();
    }
  }

  @Override
  public void endOutput() throws IOException {
    sending.lock();
    try {
      requireOpen();
      line.endOutput();
    } finally {
      sending.unlock();
    }
  }

  private void requireOpen() throws IOException {
    if (isClosed.get()) {
      throw new IOException("the conversation with " + peer() + " was ended on this side");
    }
  }

  @Override
  public PeerIdentity identity() {
    return line.identity();
  }

  @Override
  public String peer() {
    return line.toString();
  }

  /// Wakes whoever receives or sends by closing at once. Otherwise says that nothing more is sent,
  /// and gives the connection up when the peer has ended as well, or after a moment.
  @Override
  public void close() {
    if (!isClosed.compareAndSet(false, true)) {
      return;
    }
    if (endsQuietly()) {
      Thread.ofVirtual().name("rserpool-linger").start(this::linger);
    } else {
      line.close();
    }
  }

  private boolean endsQuietly() {
    if (!sending.tryLock()) {
      return false;
    }
    try {
      if (receiving.isLocked()) {
        return false;
      }
      line.endOutput();
      return true;
    } catch (IOException _) {
      return false;
    } finally {
      sending.unlock();
    }
  }

  private void linger() {
    receiving.lock();
    try {
      input.discard(LINGER_LIMIT.toNanos());
    } catch (IOException _) {
      // It has broken, which ends it as well.
    } finally {
      receiving.unlock();
      line.close();
    }
  }

  @Override
  public void abort() {
    isClosed.set(true);
    line.abort();
  }

  @Override
  public String toString() {
    return peer();
  }
}

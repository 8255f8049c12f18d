package io.rserpool.client.host;

import io.rserpool.client.channel.Channel;
import io.rserpool.client.channel.Incoming;
import io.rserpool.client.channel.UserMessage;
import io.rserpool.protocol.asap.AsapMessage;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// A channel whose peer says what the test says, and takes nothing while it is deaf.
final class FakeChannel implements Channel {

  /// What has been sent: a [UserMessage], an [AsapMessage], or the end of the output.
  private final List<Object> sent = new CopyOnWriteArrayList<>();

  private final boolean isSctp;
  private final BlockingQueue<Incoming> said = new LinkedBlockingQueue<>();
  private final Semaphore ears = new Semaphore(Integer.MAX_VALUE);
  private volatile boolean wasAborted;
  private volatile boolean isClosed;

  FakeChannel(boolean isSctp, Incoming... said) {
    this.isSctp = isSctp;
    this.said.addAll(List.of(said));
  }

  void says(Incoming what) {
    said.add(what);
  }

  void says(AsapMessage message) {
    said.add(new Incoming.Control(message));
  }

  /// How much nobody has read.
  int unread() {
    return said.size();
  }

  void takesNothing() {
    ears.drainPermits();
  }

  void takesAll() {
    ears.release(1_000);
  }

  /// How many wait for the peer to take something.
  int waiting() {
    return ears.getQueueLength();
  }

  List<Object> sent() {
    return List.copyOf(sent);
  }

  List<UserMessage> data() {
    return sent.stream()
        .filter(UserMessage.class::isInstance)
        .map(UserMessage.class::cast)
        .toList();
  }

  List<AsapMessage> control() {
    return sent.stream()
        .filter(AsapMessage.class::isInstance)
        .map(AsapMessage.class::cast)
        .toList();
  }

  boolean wasAborted() {
    return wasAborted;
  }

  boolean isClosed() {
    return isClosed;
  }

  @Override
  public boolean keepsMessages() {
    return isSctp;
  }

  @Override
  public boolean hasControl() {
    return isSctp;
  }

  @Override
  public Incoming receive(Duration limit) throws IOException {
    try {
      Incoming next = said.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
      return next == null ? Incoming.Silence.SILENCE : next;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  @Override
  public void send(UserMessage message) {
    send((Object) message);
  }

  @Override
  public void sendControl(AsapMessage message) {
    send((Object) message);
  }

  private void send(Object what) {
    ears.acquireUninterruptibly();
    sent.add(what);
  }

  @Override
  public void endOutput() {
    sent.add("end");
  }

  @Override
  public String peer() {
    return "a test";
  }

  @Override
  public void close() {
    isClosed = true;
  }

  @Override
  public void abort() {
    wasAborted = true;
  }
}

package io.rserpool.usrsctp;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.engine.LossReason;
import io.rserpool.net.sctp.SctpListener;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// Remembers what a socket tells, kind by kind.
class Recorder implements SctpListener {

  private static final int PATIENCE_S = 60;

  sealed interface Told {
    long association();
  }

  record Up(
      long association,
      boolean isIncoming,
      List<InetAddress> peers,
      int peerPort,
      List<InetAddress> locals,
      int outgoingStreams)
      implements Told {}

  record Message(long association, byte[] bytes, int stream, int payloadProtocolId)
      implements Told {}

  record Writable(long association) implements Told {}

  record PathTold(long association, InetAddress address, Path change) implements Told {}

  record Restarted(long association) implements Told {}

  record Down(long association, LossReason reason, String detail) implements Told {}

  private final ConcurrentHashMap<Class<?>, BlockingQueue<Told>> told = new ConcurrentHashMap<>();

  /// The next of a kind.
  <T extends Told> T await(Class<T> kind) throws InterruptedException {
    Told next = queue(kind).poll(PATIENCE_S, TimeUnit.SECONDS);
    assertThat(next).as("a %s, told were %s", kind.getSimpleName(), told).isNotNull();
    return kind.cast(next);
  }

  /// The next of a kind, null if there is none yet.
  <T extends Told> T poll(Class<T> kind) {
    return kind.cast(queue(kind).poll());
  }

  void forget(Class<? extends Told> kind) {
    queue(kind).clear();
  }

  int count(Class<? extends Told> kind) {
    return queue(kind).size();
  }

  private BlockingQueue<Told> queue(Class<?> kind) {
    return told.computeIfAbsent(kind, _ -> new LinkedBlockingQueue<>());
  }

  private void add(Told one) {
    queue(one.getClass()).add(one);
  }

  @Override
  public void up(
      long association,
      boolean isIncoming,
      List<InetAddress> peers,
      int peerPort,
      List<InetAddress> locals,
      int outgoingStreams) {
    add(new Up(association, isIncoming, peers, peerPort, locals, outgoingStreams));
  }

  @Override
  public void message(long association, byte[] message, int stream, int payloadProtocolId) {
    add(new Message(association, message, stream, payloadProtocolId));
  }

  @Override
  public void writable(long association) {
    add(new Writable(association));
  }

  @Override
  public void path(long association, InetAddress address, Path change) {
    add(new PathTold(association, address, change));
  }

  @Override
  public void restarted(long association) {
    add(new Restarted(association));
  }

  @Override
  public void down(long association, LossReason reason, String detail) {
    add(new Down(association, reason, detail));
  }
}

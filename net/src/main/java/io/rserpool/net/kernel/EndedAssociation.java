package io.rserpool.net.kernel;

import com.sun.nio.sctp.Association;
import com.sun.nio.sctp.MessageInfo;
import io.rserpool.engine.LossReason;
import io.rserpool.net.sctp.SctpListener;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An association that had ended before it could get a channel of its own: the peer may have said all it
/// had to say, and gone. What has come from it still waits at the shared channel, and the word that it is
/// over comes behind that. No more than this is kept while it is paused.
final class EndedAssociation implements Admitted {

  private final KernelSocket socket;
  private final long number;
  private final Association association;
  private final SctpListener listener;
  private final Assembly assembly = new Assembly();
  private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
  private @Nullable Peer peer;
  private volatile boolean isGone;
  private volatile boolean isPaused;

  EndedAssociation(
      KernelSocket socket, long number, Association association, SctpListener listener) {
    this.socket = socket;
    this.number = number;
    this.association = association;
    this.listener = listener;
  }

  @Override
  public long number() {
    return number;
  }

  @Override
  public int outgoingStreams() {
    return association.maxOutboundStreams();
  }

  /// Tells that it was up.
  void up(boolean isIncoming, Peer known) {
    peer = known;
    socket.admit(this, isIncoming, known);
  }

  /// Who has called is not known before its first message, since the kernel has forgotten it.
  void message(ByteBuffer data, MessageInfo info) {
    if (isGone) {
      return;
    }
    SocketAddress address = info.address();
    if (peer == null && address != null) {
      up(true, Peer.of(Set.of(address), List.of()));
    }
    Assembly.Message message = assembly.take(data, info);
    if (message != null) {
      inOrder(() ->
          listener.message(number, message.bytes(), message.stream(), message.payloadProtocolId()));
    } else if (assembly.isTooLong()) {
      end(LossReason.OFFENDING, Assembly.tooLong());
    }
  }

  /// The shared channel has no more of it.
  void end(LossReason reason, String what) {
    Peer known = peer;
    if (known == null) {
      // It came and went without a message: nobody has to know.
      isGone = true;
      return;
    }
    inOrder(() -> {
      close();
      listener.down(number, reason, "the association with %s %s".formatted(known, what));
    });
  }

  private void inOrder(Runnable event) {
    waiting.add(event);
    tell();
  }

  private void tell() {
    while (!isGone && !isPaused && !waiting.isEmpty()) {
      waiting.remove().run();
    }
  }

  @Override
  public boolean send(byte[] message, int stream, int payloadProtocolId, boolean isUnordered) {
    return false;
  }

  @Override
  public void pause() {
    isPaused = true;
  }

  @Override
  public void resume() {
    isPaused = false;
    socket.later(this::tell);
  }

  /// The peer has done it already.
  @Override
  public void shutdown() {}

  @Override
  public void mute() {
    isGone = true;
  }

  @Override
  public void abort(String why) {
    close();
  }

  @Override
  public void close() {
    isGone = true;
    socket.forget(number);
  }
}

package io.rserpool.net.kernel;

import com.sun.nio.sctp.Association;
import com.sun.nio.sctp.MessageInfo;
import com.sun.nio.sctp.SctpChannel;
import com.sun.nio.sctp.SctpStandardSocketOptions;
import io.rserpool.engine.LossReason;
import io.rserpool.net.sctp.SctpListener;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import org.jspecify.annotations.Nullable;

/// One association on a channel of its own, so that a peer which does not read holds up itself alone.
/// Messages are sent from any thread; all else is done on the thread of the socket.
final class KernelAssociation implements Admitted, KernelSocket.Ready {

  /// A peer that sends without pause lets the others have their turn after so many messages.
  private static final int READS_PER_TURN = 64;

  private final KernelSocket socket;
  private final long number;
  private final SctpChannel channel;
  private final @Nullable Native nativeSide;
  private final SctpListener listener;
  private final int outgoingStreams;
  private final Peer peer;
  private final Notices notices;
  private final Assembly assembly = new Assembly();
  private @Nullable SelectionKey key;
  private volatile boolean isGone;
  private volatile boolean isPaused;
  private volatile @Nullable IOException sendFailure;

  /// What the foreign function API needs.
  record Native(SocketCalls calls, int descriptor, int association) {}

  KernelAssociation(
      KernelSocket socket,
      long number,
      SctpChannel channel,
      Association association,
      @Nullable Native nativeSide,
      SctpListener listener,
      Peer peer)
      throws IOException {
    this.socket = socket;
    this.number = number;
    this.channel = channel;
    this.nativeSide = nativeSide;
    this.listener = listener;
    this.outgoingStreams = association.maxOutboundStreams();
    this.peer = peer;
    this.notices = new Notices(number, listener);
    channel.configureBlocking(false);
    // From now on, closing the channel breaks the association; it ends in order by [#shutdown]
    // only.
    channel.setOption(SctpStandardSocketOptions.SO_LINGER, 0);
  }

  @Override
  public long number() {
    return number;
  }

  @Override
  public int outgoingStreams() {
    return outgoingStreams;
  }

  SctpChannel channel() {
    return channel;
  }

  void register(Selector selector) throws IOException {
    key = channel.register(selector, SelectionKey.OP_READ, this);
  }

  @Override
  public boolean send(byte[] message, int stream, int payloadProtocolId, boolean isUnordered) {
    if (stream < 0 || stream >= outgoingStreams) {
      throw new IllegalArgumentException(
          "a stream below %d was expected for %s, but this is %d"
              .formatted(outgoingStreams, peer, stream));
    }
    if (isGone) {
      return false;
    }
    MessageInfo info = MessageInfo.createOutgoing((SocketAddress) null, stream);
    info.payloadProtocolID(payloadProtocolId);
    info.unordered(isUnordered);
    try {
      if (channel.send(ByteBuffer.wrap(message), info) > 0) {
        return true;
      }
      interest(SelectionKey.OP_WRITE, true);
    } catch (IOException e) {
      sendFailure = e;
      socket.later(() -> sendFailed(message.length));
    }
    return false;
  }

  /// From any thread: nothing is read any more, so that the kernel's receive buffer fills up and the
  /// peer is told of no more room. What else happens shows when something is sent, or read again.
  @Override
  public void pause() {
    isPaused = true;
    interest(SelectionKey.OP_READ, false);
  }

  @Override
  public void resume() {
    isPaused = false;
    interest(SelectionKey.OP_READ, true);
  }

  private void interest(int operation, boolean isWanted) {
    SelectionKey known = key;
    if (known == null) {
      return;
    }
    try {
      if (isWanted) {
        known.interestOpsOr(operation);
      } else {
        known.interestOpsAnd(~operation);
      }
      known.selector().wakeup();
    } catch (CancelledKeyException _) {
      // It is gone, as is told, or known to whoever has ended it.
    }
  }

  /// Nothing but the end of the association makes a send fail, except for a message that does not fit
  /// into the send buffer.
  private void sendFailed(int bytes) {
    IOException failure = sendFailure;
    if (isGone || failure == null) {
      return;
    }
    read();
    if (!isGone && String.valueOf(failure.getMessage()).contains("too long")) {
      breakOff("a message of %d bytes is longer than the kernel's send buffer".formatted(bytes));
    }
  }

  @Override
  public void ready(SelectionKey selected) {
    if (isGone) {
      return;
    }
    if (selected.isWritable()) {
      selected.interestOpsAnd(~SelectionKey.OP_WRITE);
      listener.writable(number);
    }
    if (!isGone && !isPaused && selected.isReadable()) {
      read();
    }
  }

  private void read() {
    ByteBuffer buffer = socket.readBuffer();
    try {
      boolean wasPaused = isPaused;
      for (int i = 0; i < READS_PER_TURN && !isGone && isPaused == wasPaused; i++) {
        buffer.clear();
        MessageInfo info = channel.receive(buffer, null, notices);
        if (notices.end() != Notices.End.NONE) {
          end();
        } else if (info == null) {
          return;
        } else if (info.bytes() < 0) {
          down(LossReason.CLOSED, "the association was closed by " + peer);
        } else {
          take(buffer.flip(), info);
        }
      }
    } catch (IOException e) {
      down(reason(e), "the association with %s failed: %s".formatted(peer, e.getMessage()));
    }
  }

  private void take(ByteBuffer data, MessageInfo info) {
    Assembly.Message message = assembly.take(data, info);
    if (message != null) {
      listener.message(number, message.bytes(), message.stream(), message.payloadProtocolId());
    } else if (assembly.isTooLong()) {
      breakOff(Assembly.tooLong());
    }
  }

  /// The kernel has said that the association is over; why, it says to the next who reads.
  private void end() {
    if (notices.end() == Notices.End.SHUTDOWN) {
      down(LossReason.CLOSED, "the association with %s has ended in order".formatted(peer));
      return;
    }
    IOException cause = sendFailure;
    try {
      channel.receive(socket.readBuffer().clear(), null, notices);
    } catch (IOException e) {
      cause = e;
    }
    String detail = cause == null ? "no further word" : cause.getMessage();
    down(
        cause == null ? LossReason.RESET : reason(cause),
        "the association with %s is lost: %s".formatted(peer, detail));
  }

  private static LossReason reason(IOException e) {
    boolean isSilence = e instanceof ConnectException || e instanceof NoRouteToHostException;
    return isSilence ? LossReason.UNREACHABLE : LossReason.RESET;
  }

  /// Ends an association that cannot go on, and says why.
  void breakOff(String why) {
    if (isGone) {
      return;
    }
    abort(why);
    listener.down(number, LossReason.OFFENDING, why + " (" + peer + ")");
  }

  private void down(LossReason reason, String detail) {
    if (isGone) {
      return;
    }
    close();
    listener.down(number, reason, detail);
  }

  /// Asks the kernel for an end in order. A channel that was branched off cannot be shut down by the
  /// JDK's means; if there are no others, it is closed and ends behind our back.
  @Override
  public void shutdown() {
    if (isGone) {
      return;
    }
    Native known = nativeSide;
    try {
      if (known != null) {
        int result = known.calls.end(known.descriptor, known.association);
        if (result < 0) {
          down(LossReason.RESET, "the association with %s was over already".formatted(peer));
        }
      } else {
        channel.setOption(SctpStandardSocketOptions.SO_LINGER, -1);
        down(LossReason.CLOSED, "the association with %s is being closed".formatted(peer));
      }
    } catch (IOException e) {
      down(LossReason.RESET, "the association with %s was over already".formatted(peer));
    }
  }

  @Override
  public void mute() {
    isGone = true;
  }

  @Override
  public void abort(String why) {
    Native known = nativeSide;
    if (channel.isOpen() && known != null) {
      known.calls.abort(known.descriptor, known.association, KernelSocket.reason(why));
    }
    close();
  }

  @Override
  public void close() {
    isGone = true;
    socket.forget(number);
    KernelSocket.closeQuietly(channel);
  }
}

package io.rserpool.net.kernel;

import com.sun.nio.sctp.SctpChannel;
import com.sun.nio.sctp.SctpStandardSocketOptions;
import io.rserpool.engine.LossReason;
import io.rserpool.net.sctp.SctpOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Calls with what the JDK offers alone: from a free port, and at the first address of the peer only.
final class OwnPortCaller implements Caller {

  private final KernelSocket socket;
  private final SctpOptions options;
  private final Map<Long, SctpChannel> underWay = new LinkedHashMap<>();

  OwnPortCaller(KernelSocket socket, SctpOptions options) {
    this.socket = socket;
    this.options = options;
  }

  @Override
  public void call(long number, List<InetAddress> peers, int port) {
    InetSocketAddress peer = new InetSocketAddress(peers.getFirst(), port);
    try {
      SctpChannel channel = SctpChannel.open();
      underWay.put(number, channel);
      channel.configureBlocking(false);
      channel.setOption(SctpStandardSocketOptions.SCTP_NODELAY, true);
      channel.setOption(SctpStandardSocketOptions.SO_SNDBUF, options.bufferBytes());
      channel.setOption(SctpStandardSocketOptions.SO_RCVBUF, options.bufferBytes());
      channel.register(
          socket.selector(),
          SelectionKey.OP_CONNECT,
          (KernelSocket.Ready) key -> answered(number, channel, peer, key));
      if (channel.connect(peer, options.streams(), options.streams())) {
        up(number, channel, peer);
      }
    } catch (IOException e) {
      failed(number, e);
    }
  }

  private void answered(
      long number, SctpChannel channel, InetSocketAddress called, SelectionKey key) {
    if (!key.isConnectable() || !underWay.containsKey(number)) {
      return;
    }
    try {
      if (channel.finishConnect()) {
        up(number, channel, called);
      }
    } catch (IOException e) {
      failed(number, e);
    }
  }

  /// If it has ended already, it has no addresses; what has come before can still be read.
  private static Peer peer(SctpChannel channel, InetSocketAddress called) {
    Peer asCalled = Peer.of(Set.of(called), List.of());
    try {
      Peer known = Peer.of(channel.getRemoteAddresses(), List.of());
      return known.addresses().isEmpty() ? asCalled : known.at(channel);
    } catch (IOException _) {
      return asCalled;
    }
  }

  private void up(long number, SctpChannel channel, InetSocketAddress called) throws IOException {
    Peer peer = peer(channel, called);
    underWay.remove(number);
    socket.admit(number, false, channel, channel.association(), Optional.empty(), peer);
  }

  private void failed(long number, IOException e) {
    SctpChannel channel = underWay.remove(number);
    if (channel != null) {
      KernelSocket.closeQuietly(channel);
    }
    boolean isRefused = String.valueOf(e.getMessage()).contains("refused");
    socket.down(
        number,
        isRefused ? LossReason.REFUSED : LossReason.UNREACHABLE,
        "the call failed: " + e.getMessage());
  }

  @Override
  public boolean cancel(long number, String reason) {
    SctpChannel channel = underWay.remove(number);
    if (channel == null) {
      return false;
    }
    KernelSocket.closeQuietly(channel);
    return true;
  }
}

package io.rserpool.net.kernel;

import com.sun.nio.sctp.SctpMultiChannel;
import com.sun.nio.sctp.SctpStandardSocketOptions;
import io.rserpool.net.sctp.SctpOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A channel that is bound and has its settings, which all its associations inherit.
///
/// @param addresses those that it is bound to
record Port(
    SctpMultiChannel channel,
    int number,
    List<InetAddress> addresses,
    Optional<Native> nativeSide) {

  /// How the foreign function API reaches the channel.
  record Native(SocketCalls calls, Descriptors descriptors, int descriptor) {

    /// The own addresses that a peer knows.
    ///
    ///     struct sctp_getaddrs   0 association   4 number of addresses   8 addresses
    List<InetAddress> localAddresses(int association) throws IOException {
      byte[] answer = new byte[8 + 64 * 28];
      ByteBuffer view = ByteBuffer.wrap(answer).order(ByteOrder.nativeOrder());
      view.putInt(0, association);
      int result = calls.getOption(descriptor, SocketCalls.SOL_SCTP, SCTP_GET_LOCAL_ADDRS, answer);
      if (result < 0) {
        throw new IOException("the association is gone already (error " + -result + ")");
      }
      return SocketAddresses.decode(answer, 8, view.getInt(4));
    }
  }

  private static final Logger LOG = LoggerFactory.getLogger(Port.class);

  private static final int SCTP_GET_LOCAL_ADDRS = 109;
  private static final int SOL_SOCKET = 1;
  private static final int SO_SNDBUFFORCE = 32;
  private static final int SO_RCVBUFFORCE = 33;
  private static final int BACKLOG = 1024;

  private static final AtomicBoolean HAS_TOLD = new AtomicBoolean();

  /// Sockets of this package are opened one after the other, so that each finds its own descriptor.
  private static final Object ONE_BY_ONE = new Object();

  static Port open(SctpOptions options) throws IOException {
    Optional<SocketCalls> calls = SocketCalls.find();
    synchronized (ONE_BY_ONE) {
      Optional<Descriptors> descriptors = calls.map(Descriptors::new);
      Set<Integer> before = descriptors.isPresent() ? descriptors.get().ofSctp() : Set.of();
      SctpMultiChannel channel = SctpMultiChannel.open();
      try {
        bind(channel, options);
        Set<SocketAddress> bound = channel.getAllLocalAddresses();
        int number = ((InetSocketAddress) bound.iterator().next()).getPort();
        OptionalInt descriptor =
            descriptors.isPresent()
                ? descriptors.get().listening(number, before)
                : OptionalInt.empty();
        Optional<Native> nativeSide =
            descriptor.isPresent()
                ? Optional.of(new Native(calls.get(), descriptors.get(), descriptor.getAsInt()))
                : Optional.empty();
        nativeSide.ifPresentOrElse(known -> set(known, options), () -> tellWhatLacks());
        return new Port(channel, number, Peer.hosts(bound), nativeSide);
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    }
  }

  private static void bind(SctpMultiChannel channel, SctpOptions options) throws IOException {
    channel.configureBlocking(false);
    channel.setOption(
        SctpStandardSocketOptions.SCTP_INIT_MAXSTREAMS,
        SctpStandardSocketOptions.InitMaxStreams.create(options.streams(), options.streams()),
        null);
    channel.setOption(SctpStandardSocketOptions.SCTP_NODELAY, true, null);
    channel.setOption(SctpStandardSocketOptions.SO_SNDBUF, options.bufferBytes(), null);
    channel.setOption(SctpStandardSocketOptions.SO_RCVBUF, options.bufferBytes(), null);
    List<InetAddress> addresses = options.addresses();
    InetSocketAddress first =
        addresses.isEmpty()
            ? new InetSocketAddress(options.port())
            : new InetSocketAddress(addresses.getFirst(), options.port());
    try {
      channel.bind(first, BACKLOG);
      for (InetAddress further :
          addresses.subList(Math.min(1, addresses.size()), addresses.size())) {
        channel.bindAddress(further);
      }
    } catch (IOException e) {
      String place = addresses.isEmpty() ? "all addresses" : Peer.text(addresses);
      throw new IOException(
          "SCTP port %d cannot be had at %s: %s".formatted(options.port(), place, e.getMessage()),
          e);
    }
  }

  private static void set(Native known, SctpOptions options) {
    for (SocketSettings.Setting setting : SocketSettings.of(options)) {
      int result =
          known.calls.setOption(
              known.descriptor, SocketCalls.SOL_SCTP, setting.code(), setting.value());
      if (result < 0) {
        LOG.warn("the kernel does not take {} (error {})", setting, -result);
      }
    }
    // Beyond net.core.wmem_max only for the privileged; others keep what they got.
    byte[] bytes = new byte[4];
    ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).putInt(options.bufferBytes());
    known.calls.setOption(known.descriptor, SOL_SOCKET, SO_SNDBUFFORCE, bytes);
    known.calls.setOption(known.descriptor, SOL_SOCKET, SO_RCVBUFFORCE, bytes);
    if (!options.listens()) {
      known.calls.listen(known.descriptor, 0);
    }
  }

  private static void tellWhatLacks() {
    if (!HAS_TOLD.getAndSet(true)) {
      LOG.warn(
          "SCTP runs with the system's time-outs, calls only one address of a peer, and from a port of"
              + " its own: native access is refused (java --enable-native-access=io.rserpool.net, or"
              + " ALL-UNNAMED on the class path)");
    }
  }
}

package io.rserpool.net.kernel;

import io.rserpool.net.sctp.SctpOptions;
import io.rserpool.net.sctp.SctpSocket;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;

/// One socket and what it has told.
record End(SctpSocket socket, Told told) implements AutoCloseable {

  static final InetAddress LOOPBACK = address("127.0.0.1");

  static End open(SctpOptions options) throws IOException {
    Told told = new Told();
    return new End(new KernelSctpStack().open(options, told), told);
  }

  /// At the loopback address.
  static End listening() throws IOException {
    return open(SctpOptions.defaults().at(List.of(LOOPBACK), 0, true));
  }

  static InetAddress address(String text) {
    return InetAddress.ofLiteral(text);
  }

  long call(End other) {
    return socket.connect(List.of(LOOPBACK), other.socket.port());
  }

  Told.Event.Up awaitUp() {
    return told.await(Told.Event.Up.class, _ -> true);
  }

  Told.Event.Down awaitDown() {
    return told.await(Told.Event.Down.class, _ -> true);
  }

  Told.Event.Message awaitMessage() {
    return told.await(Told.Event.Message.class, _ -> true);
  }

  /// Sends in any case, waiting for room.
  void send(long association, byte[] message, int stream, int payloadProtocolId) {
    while (!socket.send(association, message, stream, payloadProtocolId)) {
      told.await(Told.Event.Writable.class, each -> each.association() == association);
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}

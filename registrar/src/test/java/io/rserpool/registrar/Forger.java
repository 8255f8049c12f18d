package io.rserpool.registrar;

import io.rserpool.net.MulticastOptions;
import io.rserpool.protocol.asap.AsapMessage;
import io.rserpool.protocol.enrp.EnrpMessage;
import io.rserpool.wire.AsapCodec;
import io.rserpool.wire.EnrpCodec;
import io.rserpool.wire.WireForm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;

/// Says whatever he likes to a multicast group.
final class Forger implements AutoCloseable {

  private final MulticastSocket socket;
  private final SocketAddress group;

  Forger(MulticastOptions group) {
    this.group = new InetSocketAddress(InetAddress.ofLiteral(group.group()), group.port());
    try {
      socket = new MulticastSocket();
      socket.setOption(
          StandardSocketOptions.IP_MULTICAST_IF,
          NetworkInterface.getByName(group.networkInterface()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void say(AsapMessage message) {
    say(new AsapCodec(WireForm.STANDARD).encode(message));
  }

  void say(EnrpMessage message) {
    say(new EnrpCodec(WireForm.STANDARD).encode(message));
  }

  void say(byte[] datagram) {
    try {
      socket.send(new DatagramPacket(datagram, datagram.length, group));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}

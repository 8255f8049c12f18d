package io.rserpool.cli.doctor;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/// Sends itself a multicast datagram.
final class MulticastCheck {
  private static final String SUBJECT = "multicast";

  // The group that IANA assigned to ASAP announcements; a port that the system chooses, so that
  // nobody else hears the trial.
  private static final String GROUP = "224.0.1.185";
  private static final int LIMIT_MS = 500;
  private static final String ADVICE =
      "announcements of registrars will not work; everything else does, name registrars by"
          + " --registrar, and their peers by --peer";

  private MulticastCheck() {}

  static Finding run() {
    try {
      Optional<NetworkInterface> network =
          NetworkInterface.networkInterfaces().filter(MulticastCheck::fits).findFirst();
      if (network.isEmpty()) {
        return Finding.warn(SUBJECT, "no network interface has it", ADVICE);
      }
      String name = network.get().getName();
      return comesBack(network.get())
          ? Finding.ok(SUBJECT, "a datagram to " + GROUP + " came back on " + name)
          : Finding.warn(SUBJECT, "a datagram to " + GROUP + " was lost on " + name, ADVICE);
    } catch (IOException e) {
      return Finding.warn(SUBJECT, "not possible (" + e.getMessage() + ")", ADVICE);
    }
  }

  private static boolean fits(NetworkInterface network) {
    try {
      return network.isUp()
          && network.supportsMulticast()
          && !network.isLoopback()
          && network.inetAddresses().anyMatch(a -> a.getAddress().length == 4);
    } catch (SocketException _) {
      return false;
    }
  }

  private static boolean comesBack(NetworkInterface network) throws IOException {
    byte[] sent =
        ("rserpool doctor " + ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8);
    InetAddress group = InetAddress.ofLiteral(GROUP);
    try (MulticastSocket socket = new MulticastSocket(0)) {
      socket.setNetworkInterface(network);
      socket.setTimeToLive(0);
      socket.joinGroup(new InetSocketAddress(group, socket.getLocalPort()), network);
      socket.setSoTimeout(LIMIT_MS);
      socket.send(new DatagramPacket(sent, sent.length, group, socket.getLocalPort()));
      DatagramPacket received = new DatagramPacket(new byte[64], 64);
      socket.receive(received);
      return Arrays.equals(sent, Arrays.copyOf(received.getData(), received.getLength()));
    } catch (java.net.SocketTimeoutException _) {
      return false;
    }
  }
}

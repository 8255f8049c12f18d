package io.rserpool.usrsctp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Who has a UDP port. The library says nothing when it cannot have the one it was told to use, so
/// this is looked up before and after.
final class UdpPorts {

  private static final Path SOCKETS = Path.of("/proc/self/net/udp");
  private static final Path FILES = Path.of("/proc/self/fd");
  private static final int ADDRESS_COLUMN = 1;
  private static final int INODE_COLUMN = 9;

  private UdpPorts() {}

  /// One that nobody has at this moment.
  static int free() throws IOException {
    try (DatagramChannel channel = DatagramChannel.open()) {
      channel.bind(new InetSocketAddress(0));
      return ((InetSocketAddress) channel.getLocalAddress()).getPort();
    }
  }

  /// Whether nobody has it, for IPv4 or IPv6.
  static boolean isFree(int port) {
    try (DatagramChannel channel = DatagramChannel.open()) {
      channel.bind(new InetSocketAddress(port));
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  /// Whether this process has it. Where the system does not tell: whether anybody has.
  static boolean isOurs(int port) throws IOException {
    if (!Files.isReadable(SOCKETS)) {
      return !isFree(port);
    }
    List<String> inodes = inodes(Files.readAllLines(SOCKETS), port);
    try (Stream<Path> open = Files.list(FILES)) {
      return open.anyMatch(file -> inodes.contains(target(file)));
    }
  }

  /// The open files, as they are called in the process's own list, that have the port.
  private static List<String> inodes(List<String> lines, int port) {
    String suffix = ":" + String.format(Locale.ROOT, "%04X", port);
    return lines.stream()
        .map(line -> line.strip().split("\\s+"))
        .filter(columns -> columns.length > INODE_COLUMN)
        .filter(columns -> columns[ADDRESS_COLUMN].endsWith(suffix))
        .map(columns -> "socket:[" + columns[INODE_COLUMN] + "]")
        .toList();
  }

  private static String target(Path file) {
    try {
      return Files.readSymbolicLink(file).toString();
    } catch (IOException _) {
      return "";
    }
  }
}

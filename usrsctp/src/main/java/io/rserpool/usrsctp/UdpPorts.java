package io.rserpool.usrsctp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Who has a UDP port. The library says nothing when it cannot have the one it was told to use, so
/// this is looked up before and after.
final class UdpPorts {

  private static final Path SOCKETS = Path.of("/proc/self/net/udp");
  private static final Path V6_SOCKETS = Path.of("/proc/self/net/udp6");
  private static final List<Path> RAW_SOCKETS =
      List.of(Path.of("/proc/self/net/raw"), Path.of("/proc/self/net/raw6"));
  private static final Path PROCESSES = Path.of("/proc");
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
    return hasOpen(FILES, inodes);
  }

  /// Who has it, for people: as exact as the system tells.
  static String holder(int port) {
    try {
      List<String> inodes = new ArrayList<>(inodes(Files.readAllLines(SOCKETS), port));
      if (Files.isReadable(V6_SOCKETS)) {
        inodes.addAll(inodes(Files.readAllLines(V6_SOCKETS), port));
      }
      try (Stream<Path> processes = Files.list(PROCESSES)) {
        return processes
            .filter(
                process -> process.getFileName().toString().chars().allMatch(Character::isDigit))
            .filter(process -> hasOpen(process.resolve("fd"), inodes))
            .findFirst()
            .map(UdpPorts::describe)
            .orElse("another process");
      }
    } catch (IOException _) {
      return "another process";
    }
  }

  private static String describe(Path process) {
    try {
      return "process %s (%s)"
          .formatted(process.getFileName(), Files.readString(process.resolve("comm")).strip());
    } catch (IOException _) {
      return "process " + process.getFileName();
    }
  }

  /// Those of other users cannot be looked at, and some end while they are.
  private static boolean hasOpen(Path files, List<String> inodes) {
    try (Stream<Path> open = Files.list(files)) {
      return open.anyMatch(file -> inodes.contains(target(file)));
    } catch (IOException _) {
      return false;
    }
  }

  /// How many sockets this process has that see all packets of SCTP; 0 where the system does not
  /// tell.
  static long rawSockets() {
    return RAW_SOCKETS.stream()
        .filter(Files::isReadable)
        .mapToLong(table -> {
          try {
            List<String> inodes = inodes(Files.readAllLines(table), Sctp.PROTOCOL);
            return inodes.stream().filter(inode -> hasOpen(FILES, List.of(inode))).count();
          } catch (IOException _) {
            return 0;
          }
        })
        .sum();
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

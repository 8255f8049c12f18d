package io.rserpool.cli.doctor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Finds the process that listens on a TCP port, where the system tells (Linux does).
final class PortOwner {
  private static final Path PROC = Path.of("/proc");
  private static final String LISTENING = "0A";
  private static final int LOCAL_ADDRESS = 1;
  private static final int STATE = 3;
  private static final int INODE = 9;

  private PortOwner() {}

  /// The process, if it can be found.
  static Optional<ProcessHandle> of(int port) {
    for (String table : List.of("tcp", "tcp6")) {
      Optional<String> socket = listeningSocket(PROC.resolve("net").resolve(table), port);
      if (socket.isPresent()) {
        return ProcessHandle.allProcesses()
            .filter(process -> holds(process.pid(), socket.get()))
            .findFirst();
      }
    }
    return Optional.empty();
  }

  private static Optional<String> listeningSocket(Path table, int port) {
    String suffix = ":%04X".formatted(port).toUpperCase(Locale.ROOT);
    try (var lines = Files.lines(table)) {
      return lines
          .skip(1)
          .map(line -> line.strip().split("\\s+"))
          .filter(fields -> fields.length > INODE)
          .filter(f -> f[LOCAL_ADDRESS].endsWith(suffix) && f[STATE].equals(LISTENING))
          .map(fields -> "socket:[" + fields[INODE] + "]")
          .findFirst();
    } catch (IOException | UncheckedIOException _) {
      return Optional.empty();
    }
  }

  private static boolean holds(long pid, String socket) {
    Path descriptors = PROC.resolve(Long.toString(pid)).resolve("fd");
    try (DirectoryStream<Path> all = Files.newDirectoryStream(descriptors)) {
      for (Path descriptor : all) {
        if (Files.readSymbolicLink(descriptor).toString().equals(socket)) {
          return true;
        }
      }
    } catch (IOException _) {
      // Not ours to look at, or gone meanwhile.
    }
    return false;
  }
}

package io.rserpool.net.kernel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.OptionalInt;
import java.util.Set;

/// Finds the descriptors behind the channels of `jdk.sctp`, which does not tell them: among all of this
/// process they are those of sockets with protocol 132 and the port, or the association, in question.
final class Descriptors {

  private static final Path OWN = Path.of("/proc/self/fd");
  private static final int SOL_SOCKET = 1;
  private static final int SO_ACCEPTCONN = 30;
  private static final int SO_PROTOCOL = 38;
  private static final int PROTOCOL_SCTP = 132;
  private static final int SCTP_STATUS = 14;
  private static final int STATUS_BYTES = 176;

  private final SocketCalls calls;

  Descriptors(SocketCalls calls) {
    this.calls = calls;
  }

  /// All sockets of SCTP that this process has.
  Set<Integer> ofSctp() throws IOException {
    Set<Integer> found = new LinkedHashSet<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(OWN)) {
      for (Path entry : entries) {
        int descriptor = Integer.parseInt(entry.getFileName().toString());
        if (number(descriptor, SO_PROTOCOL) == PROTOCOL_SCTP) {
          found.add(descriptor);
        }
      }
    }
    return found;
  }

  /// The socket that listens at this port and was not there before.
  OptionalInt listening(int port, Set<Integer> before) throws IOException {
    Set<Integer> candidates = ofSctp();
    candidates.removeAll(before);
    candidates.removeIf(d -> calls.localPort(d) != port || number(d, SO_ACCEPTCONN) != 1);
    return candidates.size() == 1
        ? OptionalInt.of(candidates.iterator().next())
        : OptionalInt.empty();
  }

  /// The socket that has this one association alone.
  ///
  /// @param likely the descriptor that it probably is, which saves looking through all
  /// @param shared a socket with many associations, that is not meant
  OptionalInt ofAssociation(int association, int likely, int shared) throws IOException {
    if (likely >= 0 && likely != shared && associationOf(likely) == association) {
      return OptionalInt.of(likely);
    }
    for (int descriptor : ofSctp()) {
      if (descriptor != shared && associationOf(descriptor) == association) {
        return OptionalInt.of(descriptor);
      }
    }
    return OptionalInt.empty();
  }

  /// Whether a socket with many associations has this one.
  boolean has(int descriptor, int association) {
    return status(descriptor, association) == association;
  }

  private int associationOf(int descriptor) {
    return number(descriptor, SO_PROTOCOL) == PROTOCOL_SCTP ? status(descriptor, 0) : -1;
  }

  /// `struct sctp_status` begins with the number of the association, which is given and taken.
  private int status(int descriptor, int association) {
    byte[] status = new byte[STATUS_BYTES];
    ByteBuffer view = ByteBuffer.wrap(status).order(ByteOrder.nativeOrder());
    view.putInt(0, association);
    int result = calls.getOption(descriptor, SocketCalls.SOL_SCTP, SCTP_STATUS, status);
    return result < 0 ? result : view.getInt(0);
  }

  private int number(int descriptor, int option) {
    byte[] value = new byte[4];
    int result = calls.getOption(descriptor, SOL_SOCKET, option, value);
    return result < 0 ? result : ByteBuffer.wrap(value).order(ByteOrder.nativeOrder()).getInt();
  }
}

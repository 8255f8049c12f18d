package io.rserpool.client;

import io.rserpool.protocol.CauseCode;
import io.rserpool.protocol.ErrorCause;
import io.rserpool.protocol.Octets;
import java.util.List;
import java.util.stream.Collectors;

/// Error causes as people read them. What a cause quotes came from the network and may be anything,
/// so only the one quotation that tells how to correct a registration is read: the pool's policy.
final class CauseText {

  /// Type and length of the quoted policy parameter, before its policy type (RFC 5354 section 3.8).
  private static final int POLICY_TYPE_OFFSET = 4;

  private CauseText() {}

  static String of(List<ErrorCause> causes) {
    return causes.isEmpty()
        ? "no reason given"
        : causes.stream().map(CauseText::of).collect(Collectors.joining(", "));
  }

  private static String of(ErrorCause cause) {
    Octets quoted = cause.information();
    if (cause.cause() != CauseCode.INCONSISTENT_POLICY || quoted.size() < POLICY_TYPE_OFFSET + 4) {
      return cause.toString();
    }
    long type = 0;
    for (int i = 0; i < 4; i++) {
      type = (type << 8) | quoted.unsignedByteAt(POLICY_TYPE_OFFSET + i);
    }
    return cause.cause().text() + ": the pool has policy " + PolicyNotation.nameOf(type);
  }
}

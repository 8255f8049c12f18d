package io.rserpool.wire;

import io.rserpool.protocol.ErrorCause;
import io.rserpool.protocol.Octets;
import java.util.List;

/// Ends the decoding of a bad message from any depth. It never leaves this package: `decode` turns
/// it into a [Decoded.Fault]. Without a stack trace it costs no more than the fault that it
/// carries.
final class Rejection extends RuntimeException {

  private final transient Decoded.Fault<Void> fault;

  Rejection(FaultKind kind, int offset, String text, Octets offending, List<ErrorCause> reports) {
    super(text, null, false, false);
    fault = new Decoded.Fault<>(kind, offset, text, offending, reports);
  }

  /// The value that the caller of `decode` gets.
  <M> Decoded.Fault<M> toFault() {
    return new Decoded.Fault<>(
        fault.kind(), fault.offset(), fault.text(), fault.offending(), fault.reports());
  }
}

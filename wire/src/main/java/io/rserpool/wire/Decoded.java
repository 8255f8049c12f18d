package io.rserpool.wire;

import io.rserpool.protocol.ErrorCause;
import io.rserpool.protocol.Octets;
import java.util.List;

/// What bytes turned out to be: a message, or a fault that says where and why. Content from a peer
/// never gives anything else, and never an exception.
///
/// @param <M> the message family
public sealed interface Decoded<M> {

  /// The causes to send back in one ERROR message; empty if there is nothing to report, or if the
  /// bytes have to be dropped silently. An ERROR message never causes a report.
  List<ErrorCause> reports();

  /// An acceptable message.
  ///
  /// @param message what it says
  /// @param reports unknown parameters whose high bits are 11; the message is processed as well
  /// @param skipped all unknown parameters that were passed over, in order of appearance
  record Message<M>(M message, List<ErrorCause> reports, List<UnknownParameter> skipped)
      implements Decoded<M> {
    public Message {
      reports = List.copyOf(reports);
      skipped = List.copyOf(skipped);
    }
  }

  /// Bytes that have to be dropped.
  ///
  /// @param kind what is wrong
  /// @param offset where, counted from the start of the message
  /// @param text what was expected and what was seen, for people
  /// @param offending the parameter or message at fault, possibly cut to what is there
  /// @param reports what to tell the sender
  record Fault<M>(
      FaultKind kind, int offset, String text, Octets offending, List<ErrorCause> reports)
      implements Decoded<M> {
    public Fault {
      reports = List.copyOf(reports);
    }
  }
}

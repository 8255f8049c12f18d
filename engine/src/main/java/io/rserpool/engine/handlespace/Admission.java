package io.rserpool.engine.handlespace;

import io.rserpool.engine.ParameterEncoder;
import io.rserpool.protocol.CauseCode;
import io.rserpool.protocol.ErrorCause;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.TransportAddress;

/// What became of an element that was to be put into the handlespace.
///
/// @param <S> the owner's own state of each element
public sealed interface Admission<S> {

  /// It is new.
  record Added<S>(ElementEntry<S> entry) implements Admission<S> {}

  /// It was known, and has been brought up to date.
  ///
  /// @param previous what was known until now
  /// @param changed whether anything is different from that
  record Replaced<S>(ElementEntry<S> entry, PoolElementParameter previous, boolean changed)
      implements Admission<S> {}

  /// It does not fit, and nothing has changed; only [Handlespace#put] refuses.
  ///
  /// @param code why
  /// @param quoted what the error cause quotes
  record Refused<S>(CauseCode code, Quoted quoted) implements Admission<S> {

    /// The error cause for the answer (RFC 5354 sections 3.12.4 and 3.12.6 to 3.12.8).
    public ErrorCause cause(ParameterEncoder encoder) {
      return switch (quoted) {
        case Quoted.OfPolicy(Policy policy) -> ErrorCause.of(code, encoder.policy(policy));
        case Quoted.OfTransport(TransportAddress transport) ->
            ErrorCause.of(code, encoder.transport(transport));
        case Quoted.Nothing _ -> ErrorCause.of(code);
      };
    }
  }

  /// The parameter that an error cause quotes.
  sealed interface Quoted {

    /// The pool's policy where the element's differs, or the element's own where it makes no sense.
    record OfPolicy(Policy policy) implements Quoted {}

    /// A transport of the type that the pool has.
    record OfTransport(TransportAddress transport) implements Quoted {}

    /// No parameter.
    record Nothing() implements Quoted {}
  }
}

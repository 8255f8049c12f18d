package io.rserpool.engine.element;

import io.rserpool.protocol.CauseCode;
import io.rserpool.protocol.ErrorCause;
import java.util.List;

/// What the causes of a refusal mean for the next attempt (RFC 5352 section 3.1).
final class Refusal {

  private static final int IDENTIFIER_TAKEN_RSPLIB = 0xf002;
  private static final int NO_USABLE_ASAP_ADDRESS_RSPLIB = 0xf007;
  private static final int NO_USABLE_USER_ADDRESS_RSPLIB = 0xf008;

  private Refusal() {}

  /// The identifier belongs to another element.
  static boolean isIdentifierTaken(List<ErrorCause> causes) {
    return causes.stream()
        .anyMatch(cause ->
            cause.cause() == CauseCode.NON_UNIQUE_ELEMENT_ID
                || cause.code() == IDENTIFIER_TAKEN_RSPLIB);
  }

  /// Another registrar, or this one at another time, may accept the very same registration.
  static boolean dependsOnTheRegistrar(List<ErrorCause> causes) {
    return !causes.isEmpty()
        && causes.stream()
            .allMatch(cause ->
                cause.cause() == CauseCode.LACK_OF_RESOURCES
                    || cause.code() == NO_USABLE_ASAP_ADDRESS_RSPLIB
                    || cause.code() == NO_USABLE_USER_ADDRESS_RSPLIB);
  }

  /// An error message stands for a refusal, unless it only reports parameters that were skipped.
  static boolean isRefusal(List<ErrorCause> causes) {
    return causes.stream().anyMatch(cause -> cause.cause() != CauseCode.UNRECOGNIZED_PARAMETER);
  }
}

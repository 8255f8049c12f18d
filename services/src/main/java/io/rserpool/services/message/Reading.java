package io.rserpool.services.message;

import java.util.function.Function;

/// What came of reading bytes: a value, or a fault that says what was expected and what was seen.
///
/// @param <M> what was to be read
public sealed interface Reading<M> {

  /// The bytes are well-formed.
  record Value<M>(M message) implements Reading<M> {}

  /// The bytes are not well-formed.
  ///
  /// @param explanation for people
  record Fault<M>(String explanation) implements Reading<M> {}

  /// A well-formed message.
  static <M> Reading<M> of(M message) {
    return new Value<>(message);
  }

  /// A fault with a text in the manner of [String#format].
  @SuppressWarnings("AnnotateFormatMethod") // That annotation would be a dependency.
  static <M> Reading<M> fault(String format, Object... arguments) {
    return new Fault<>(format.formatted(arguments));
  }

  /// The message.
  ///
  /// @throws X made by `failure` from the explanation, if there is none
  default <X extends Throwable> M orElseThrow(Function<String, X> failure) throws X {
    return switch (this) {
      case Value<M>(M message) -> message;
      case Fault<M>(String explanation) -> throw failure.apply(explanation);
    };
  }
}

package io.rserpool.engine;

/// A protocol engine without input and output of its own.
///
/// One engine is touched by one thread at a time. Times are nanoseconds of one monotonic clock
/// whose
/// origin does not matter; they never run backwards. The host hands over all input that is already
/// there before it calls [#tick], so that an engine can tell its own lateness from a silent peer.
public interface Engine {

  /// A deadline that never comes.
  long NEVER = Long.MAX_VALUE;

  /// Takes one input.
  ///
  /// @param nowNs the time at which the input is handled
  /// @param input what happened
  /// @param out takes what is to be done about it, in this order
  void handle(long nowNs, Input input, EffectSink out);

  /// Does what is due at `nowNs`.
  void tick(long nowNs, EffectSink out);

  /// When [#tick] is to be called next, or [#NEVER]. May change with every call of [#handle] and
  /// [#tick].
  long nextDeadlineNs();
}

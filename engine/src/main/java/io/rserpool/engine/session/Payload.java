package io.rserpool.engine.session;

/// A piece of user data; the engine looks at nothing but its size and how it may be sent.
public interface Payload {

  /// How many bytes it has, for the limits of the queues.
  int size();

  /// What becomes of it when its element fails before it was handed over as a whole.
  default SendOption option() {
    return SendOption.FAILOVER;
  }
}

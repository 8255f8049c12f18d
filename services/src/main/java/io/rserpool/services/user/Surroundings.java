package io.rserpool.services.user;

import io.rserpool.client.InterruptedCallException;
import io.rserpool.client.PoolUser;
import io.rserpool.client.SessionOptions;
import io.rserpool.protocol.PoolHandle;
import java.time.Duration;

/// What a client has around it: a pool to talk to, and time.
public interface Surroundings {

  /// Opens a conversation with the pool.
  ///
  /// @throws io.rserpool.client.RSerPoolException if no element can be reached
  Conversation open();

  /// Now, by [System#nanoTime] or the like.
  long nowNs();

  /// Lets time pass.
  ///
  /// @throws InterruptedCallException if interrupted
  void pause(Duration time);

  /// The real ones.
  static Surroundings of(
      PoolUser user, PoolHandle handle, SessionOptions options, long payloadProtocolId) {
    return new Surroundings() {
      @Override
      public Conversation open() {
        return SessionConversation.open(user, handle, options, payloadProtocolId);
      }

      @Override
      public long nowNs() {
        return System.nanoTime();
      }

      @Override
      public void pause(Duration time) {
        try {
          Thread.sleep(time);
        } catch (InterruptedException e) {
          throw InterruptedCallException.restoring("a pause", e);
        }
      }
    };
  }
}

package io.rserpool.bench.session;

import io.rserpool.client.PoolSession;
import io.rserpool.client.PoolUser;
import io.rserpool.client.SessionOptions;
import io.rserpool.protocol.PoolHandle;

/// A session as it comes, with the options that it has by default; only the server may end it.
final class SessionLine implements Line {

  private final PoolSession session;

  SessionLine(PoolUser user, PoolHandle pool) {
    session = user.connect(pool, SessionOptions.builder().endsOrderly(true).build());
  }

  @Override
  public void send(byte[] message) {
    session.send(message);
  }

  @Override
  public int receive(byte[] buffer) {
    return session.receive(buffer);
  }

  @Override
  public void end() {
    session.endOutput();
  }

  @Override
  public void close() {
    session.close();
  }
}

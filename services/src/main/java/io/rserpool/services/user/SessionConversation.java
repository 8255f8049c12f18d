package io.rserpool.services.user;

import io.rserpool.client.CallTimeoutException;
import io.rserpool.client.Failover;
import io.rserpool.client.FailoverMode;
import io.rserpool.client.PoolSession;
import io.rserpool.client.PoolUser;
import io.rserpool.client.SessionFailedException;
import io.rserpool.client.SessionOptions;
import io.rserpool.client.host.MessageCutter;
import io.rserpool.client.host.ViolationException;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.services.message.MessageHeader;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/// A conversation through a [PoolSession]. Messages are cut by their length, which also is right
/// where the transport keeps them.
public final class SessionConversation implements Conversation {

  private static final int PIECE_SIZE = 16 * 1024;

  private final PoolSession session;
  private final MessageCutter cutter =
      new MessageCutter(MessageHeader.LENGTH_MAX, MessageHeader.BOUNDS);
  private final byte[] piece = new byte[PIECE_SIZE];

  private SessionConversation(PoolSession session) {
    this.session = session;
  }

  /// Opens a session.
  ///
  /// @param options limits of the session; the mode is always [FailoverMode#MANUAL]
  /// @param payloadProtocolId what is spoken
  public static SessionConversation open(
      PoolUser user, PoolHandle handle, SessionOptions options, long payloadProtocolId) {
    SessionOptions manual =
        options.toBuilder().mode(FailoverMode.MANUAL).payloadProtocolId(payloadProtocolId).build();
    return new SessionConversation(user.connect(handle, manual));
  }

  @Override
  public ElementId element() {
    return session.element().elementId();
  }

  @Override
  public void send(byte[] message) {
    try {
      session.send(message);
    } catch (SessionFailedException _) {
      // The next receive says so, too.
    }
  }

  @Override
  public Heard receive(Duration limit) {
    long startNs = System.nanoTime();
    try {
      byte[] message = cutter.next();
      while (message.length == 0) {
        long leftNs = limit.toNanos() - (System.nanoTime() - startNs);
        int count =
            session.receive(
                piece, Duration.ofNanos(Math.max(TimeUnit.MILLISECONDS.toNanos(1), leftNs)));
        if (count < 0) {
          session.fail("the element ended the session");
          return new Lost("the element ended the session");
        }
        cutter.add(Arrays.copyOf(piece, count));
        message = cutter.next();
      }
      return new Message(message);
    } catch (CallTimeoutException _) {
      return new Silence();
    } catch (SessionFailedException e) {
      return new Lost(String.valueOf(e.getMessage()));
    } catch (ViolationException e) {
      session.fail(String.valueOf(e.getMessage()));
      return new Lost(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void fail(String reason) {
    session.fail(reason);
  }

  @Override
  public Failover failover() {
    Failover failover = session.failover();
    cutter.restart();
    return failover;
  }

  @Override
  public void beginRequest() {
    session.beginRequest();
  }

  @Override
  public boolean hasCookie() {
    return session.hasCookie();
  }

  @Override
  public void close() {
    session.close();
  }
}

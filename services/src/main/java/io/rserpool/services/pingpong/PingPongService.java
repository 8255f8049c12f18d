package io.rserpool.services.pingpong;

import io.rserpool.client.channel.UserMessage;
import io.rserpool.client.host.PayloadProtocol;
import io.rserpool.client.host.Service;
import io.rserpool.client.host.ServiceSession;
import io.rserpool.client.host.SessionInput;
import io.rserpool.client.host.ViolationException;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.services.message.MessageHeader;
import java.io.IOException;

/// The element's side of PingPong: answers are numbered, and a cookie with the next number after
/// each lets another element go on without a gap.
public final class PingPongService implements Service {

  /// The pool that rsplib's programs use.
  public static final PoolHandle POOL = PoolHandle.of("PingPongPool");

  /// A Pong is so much longer than its Ping, and has to fit as well.
  private static final int PONG_EXCESS = 8;

  private static final PayloadProtocol PROTOCOL =
      new PayloadProtocol(
          PingPongMessage.PPID, MessageHeader.LENGTH_MAX - PONG_EXCESS, MessageHeader.BOUNDS);

  private final long failureAfter;

  /// A service that does not fail.
  public PingPongService() {
    this(0);
  }

  /// A service for tests of failing.
  ///
  /// @param failureAfter a session breaks after so many answers; 0 for never
  public PingPongService(long failureAfter) {
    if (failureAfter < 0) {
      throw new IllegalArgumentException(
          "a session breaks after 0 answers or more, not " + failureAfter);
    }
    this.failureAfter = failureAfter;
  }

  @Override
  public String label() {
    return "pingpong";
  }

  @Override
  public PayloadProtocol protocol() {
    return PROTOCOL;
  }

  @Override
  public boolean computes() {
    return false;
  }

  @Override
  public void serve(ServiceSession session) throws IOException {
    long replyNo = 1;
    long answers = 0;
    while (failureAfter == 0 || answers < failureAfter) {
      switch (session.receive()) {
        case SessionInput.Data(UserMessage message) -> {
          answer(session, message.bytes(), replyNo);
          replyNo++;
          answers++;
        }
        case SessionInput.CookieEcho(byte[] cookie) ->
            replyNo = PingPongCookie.decode(cookie).orElseThrow(ViolationException::new).replyNo();
        case SessionInput.Silence _, SessionInput.CookieRefused _ -> {
          // The host has its own limit, and ends sessions with bad cookies.
        }
        case SessionInput.End _ -> {
          return;
        }
      }
    }
    throw new IOException("the session breaks after " + answers + " answers, as it was set");
  }

  private static void answer(ServiceSession session, byte[] bytes, long replyNo)
      throws IOException {
    if (bytes.length > PROTOCOL.lengthMax()) {
      throw new ViolationException(
          "expected at most %d bytes, but there are %d"
              .formatted(PROTOCOL.lengthMax(), bytes.length));
    }
    PingPongMessage message = PingPongMessage.decode(bytes).orElseThrow(ViolationException::new);
    if (!(message instanceof PingPongMessage.Ping ping)) {
      throw new ViolationException("expected a Ping, but got " + message);
    }
    session.send(new PingPongMessage.Pong(ping.messageNo(), replyNo, ping.data()).encode());
    session.sendCookie(new PingPongCookie(replyNo + 1).encode());
  }
}

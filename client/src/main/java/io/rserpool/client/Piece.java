package io.rserpool.client;

import io.rserpool.client.channel.UserMessage;
import io.rserpool.engine.session.LinkId;
import io.rserpool.engine.session.Payload;
import io.rserpool.engine.session.SendOption;
import java.util.Arrays;

/// A user message in a session's queues; of one that came, a part may have been taken already.
/// Guarded by the session's lock.
final class Piece implements Payload {

  private final UserMessage message;
  private final SendOption option;
  private final SendOption wish;
  private final long link;
  private int start;

  private Piece(UserMessage message, SendOption option, SendOption wish, long link) {
    this.message = message;
    this.option = option;
    this.wish = wish;
    this.link = link;
  }

  static Piece toSend(UserMessage message, SendOption option) {
    return new Piece(message, option, option, 0);
  }

  /// A message that its session gives back if its element fails.
  ///
  /// @param wish what becomes of it then
  static Piece single(UserMessage message, SendOption wish) {
    return new Piece(message, SendOption.NO_FAILOVER, wish, 0);
  }

  static Piece received(UserMessage message, LinkId link) {
    return new Piece(message, SendOption.FAILOVER, SendOption.FAILOVER, link.number());
  }

  @Override
  public int size() {
    return message.bytes().length;
  }

  @Override
  public SendOption option() {
    return option;
  }

  /// What its sender wishes to become of it when its element fails.
  SendOption wish() {
    return wish;
  }

  /// Whether both came over the same link.
  boolean isBeside(Piece other) {
    return link == other.link;
  }

  /// The message as it was sent.
  UserMessage whole() {
    return message;
  }

  /// What was not taken yet.
  UserMessage rest() {
    return start == 0
        ? message
        : new UserMessage(
            Arrays.copyOfRange(message.bytes(), start, size()),
            message.payloadProtocolId(),
            message.stream(),
            false);
  }

  boolean isTaken() {
    return start == size();
  }

  /// Takes bytes from the front.
  ///
  /// @return how many
  int take(byte[] target, int offset, int length) {
    int count = Math.min(length, size() - start);
    System.arraycopy(message.bytes(), start, target, offset, count);
    start += count;
    return count;
  }
}

package io.rserpool.net.sctp;

import java.net.InetAddress;
import java.util.List;

/// One port with many associations, which peers may open if it listens, and which it may open itself.
/// Associations have numbers, given by [#connect] or told by [SctpListener#up]; a number is never
/// given twice. What is asked of an association that is gone is not done.
///
/// May be used from any thread; no method blocks, and none of them calls the listener.
public interface SctpSocket extends AutoCloseable {

  /// The local port.
  int port();

  /// The local addresses; those of all interfaces if it is bound to the wildcard.
  List<InetAddress> addresses();

  /// Opens an association; [SctpListener#up] or [SctpListener#down] follows.
  ///
  /// @param peers addresses of one peer, at least one
  /// @return its number
  long connect(List<InetAddress> peers, int port);

  /// Sends one message, in order within its stream.
  ///
  /// @param stream below the number of outgoing streams
  /// @param payloadProtocolId unsigned 32 bits, 11 for ASAP and 12 for ENRP
  /// @return whether it was taken; if not, [SctpListener#writable] tells when to try again
  boolean send(long association, byte[] message, int stream, int payloadProtocolId);

  /// As [#send], but the message may overtake others, and be overtaken (RFC 9260 section 6.6). A stack
  /// that cannot do that sends it in order.
  default boolean sendUnordered(
      long association, byte[] message, int stream, int payloadProtocolId) {
    return send(association, message, stream, payloadProtocolId);
  }

  /// Tells no further messages of an association that is up; a few that were on their way already may
  /// be told yet. What comes waits in the stack, whose flow control then slows the peer down; a stack
  /// that cannot do that breaks the association once it has kept too much for it, as
  /// [LossReason#OFFENDING]. Other news of the association is told as far as the stack learns of it; an
  /// end in order never overtakes messages that wait. Pausing twice is pausing once.
  void pause(long association);

  /// Tells messages again, first those that wait. Nothing is done if the association is not paused.
  void resume(long association);

  /// Ends an association in order, after what was sent has been delivered. [SctpListener#down] follows
  /// when it is gone.
  void shutdown(long association);

  /// Breaks an association at once, without any further word to the listener.
  void abort(long association, String reason);

  /// Ends all associations in order, without waiting for it, and gives the port back; nothing is told
  /// any more.
  @Override
  void close();
}

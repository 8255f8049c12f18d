package io.rserpool.client.channel;

import io.rserpool.engine.PeerIdentity;
import io.rserpool.protocol.asap.AsapMessage;
import java.io.IOException;
import java.time.Duration;

/// One conversation between a pool user and a pool element.
///
/// One thread receives and one sends at a time, virtual or not; any thread closes, which wakes both
/// with an [IOException].
public interface Channel extends AutoCloseable {

  /// Longer than anybody waits.
  Duration FOREVER = Duration.ofNanos(Long.MAX_VALUE);

  /// What marks control messages among the others: the payload protocol identifier of ASAP (RFC
  /// 5352 section 9).
  long CONTROL_PAYLOAD_PROTOCOL = 11;

  /// The longest message where the transport keeps messages: with the send buffer that Linux grants
  /// to everybody, SCTP in the kernel takes no longer ones than some 400 KiB.
  int MESSAGE_BYTES_MAX = 256 * 1024;

  /// {@return whether messages arrive as they were sent, each with its identifier, and over SCTP
  /// its stream} Plain TCP keeps bytes only; TCP with a control channel has a framing that keeps
  /// messages, all on stream 0.
  boolean keepsMessages();

  /// {@return whether there is a control channel beside the data}
  boolean hasControl();

  /// Waits for what comes next. While nobody receives, the transport holds the peer back.
  ///
  /// @param limit how long to wait at most
  /// @return the incoming
  /// @throws IOException if the conversation has broken; an [java.io.EOFException] if the peer
  ///     ended it
  ///     within a message
  Incoming receive(Duration limit) throws IOException;

  /// Sends a user message; waits while the transport takes none. Identifier and stream are dropped
  /// where the transport keeps no messages. An empty message is not sent.
  ///
  /// @param message what is sent
  /// @throws IllegalArgumentException if the transport keeps messages, and this one is longer than
  ///     [#MESSAGE_BYTES_MAX] or has the identifier of a control channel that is there
  /// @throws IOException if that fails: the conversation is broken then, or never began
  void send(UserMessage message) throws IOException;

  /// Sends a control message, in order with the user messages of stream 0.
  ///
  /// @param message what is sent
  /// @throws IllegalStateException if there is no control channel
  /// @throws IllegalArgumentException if a cookie is too long for a message of 65,535 bytes
  /// @throws IOException if that fails: the conversation is broken then, or never began
  void sendControl(AsapMessage message) throws IOException;

  /// Tells the peer that no more is sent, where the transport can: SCTP ends in both directions at
  /// once, so there nothing happens before [#close].
  ///
  /// @throws IOException if that fails: the conversation is broken then, or never began
  void endOutput() throws IOException;

  /// {@return the peer's address, for people}
  String peer();

  /// {@return who the peer is, as its certificate proves; [PeerIdentity#ANONYMOUS] without TLS}
  default PeerIdentity identity() {
    return PeerIdentity.ANONYMOUS;
  }

  /// Ends the conversation in order; what was sent before still arrives.
  @Override
  void close();

  /// Breaks the conversation at once, so that a peer that was frozen learns it when it wakes.
  void abort();
}

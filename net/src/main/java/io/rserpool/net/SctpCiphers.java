package io.rserpool.net;

import io.netty.buffer.Unpooled;
import io.rserpool.engine.LossReason;
import io.rserpool.engine.PeerIdentity;
import io.rserpool.net.tunnel.ShelteredTunnel;
import io.rserpool.protocol.Octets;
import java.util.function.Consumer;

/// Stands between an association and its tunnel: what comes out of TLS is a stream of bytes, which is cut
/// into messages again.
final class SctpCiphers implements ShelteredTunnel.Owner, InboundMessages.Sink {

  private static final int SCRATCH_SIZE = 1 << 14;

  private final SctpAssociation association;
  private final InboundMessages messages;
  private final Consumer<PeerIdentity> onSecured;

  /// @param messageBytesMax the largest message that is read
  /// @param onSecured is told when the peer has proved who it is
  SctpCiphers(SctpAssociation association, int messageBytesMax, Consumer<PeerIdentity> onSecured) {
    this.association = association;
    this.messages = new InboundMessages(messageBytesMax);
    this.onSecured = onSecured;
  }

  @Override
  public void cipher(byte[] bytes) {
    association.cipher(bytes);
  }

  @Override
  public void secured(PeerIdentity peer) {
    onSecured.accept(peer);
  }

  @Override
  public void plain(byte[] bytes) {
    messages.read(Unpooled.wrappedBuffer(bytes), new byte[SCRATCH_SIZE], this);
  }

  @Override
  public void ended() {
    // SCTP ends in both directions at once, and tells.
  }

  @Override
  public void failed(String reason) {
    association.unproven(LossReason.REFUSED, reason);
  }

  @Override
  public void hold() {
    association.hold();
  }

  @Override
  public void goOn() {
    association.goOn();
  }

  @Override
  public void message(byte[] bytes, int offset, int length) {
    association.deciphered(bytes, offset, length);
  }

  @Override
  public void unframeable(Octets header, String explanation) {
    association.unframeable(header, explanation);
  }

  @Override
  public boolean isOpen() {
    return association.isUp();
  }
}

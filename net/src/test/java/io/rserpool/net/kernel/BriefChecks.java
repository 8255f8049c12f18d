package io.rserpool.net.kernel;

import static io.rserpool.net.kernel.KernelSctpChecks.expect;

import com.sun.nio.sctp.MessageInfo;
import com.sun.nio.sctp.SctpChannel;
import com.sun.nio.sctp.SctpServerChannel;
import com.sun.nio.sctp.SctpStandardSocketOptions;
import io.rserpool.engine.LossReason;
import io.rserpool.net.kernel.KernelSctpChecks.Check;
import io.rserpool.net.kernel.KernelSctpChecks.Needs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.List;

/// Peers that say a few words and are gone, perhaps before anyone has looked.
final class BriefChecks {

  private static final int ROUNDS = 100;
  private static final int MESSAGES = 3;

  private BriefChecks() {}

  static List<Check> all() {
    return List.of(
        new Check(
            "aPeerThatAnswersAndEndsAtOnceIsHeard",
            Needs.SCTP,
            () -> callPeersThatEnd(false, LossReason.CLOSED)),
        new Check(
            "aPeerThatAnswersAndBreaksOffAtOnceIsHeard",
            Needs.NATIVE_ACCESS,
            () -> callPeersThatEnd(true, LossReason.RESET)),
        new Check(
            "aPeerThatHasCalledAndEndedUnseenIsHeard",
            Needs.SCTP,
            () -> hearOfAPeerThatIsGone(false, LossReason.CLOSED)),
        new Check(
            "aPeerThatHasCalledAndBrokenOffUnseenIsHeard",
            Needs.SCTP,
            () -> hearOfAPeerThatIsGone(true, LossReason.RESET)),
        new Check("anEndUnseenWaitsWhilePaused", Needs.SCTP, BriefChecks::pausedWhenGone));
  }

  private static void callPeersThatEnd(boolean breaksOff, LossReason reason) throws IOException {
    try (SctpServerChannel server = SctpServerChannel.open();
        End caller = End.listening()) {
      server.bind(new InetSocketAddress(End.LOOPBACK, 0));
      int port = ((InetSocketAddress) server.getAllLocalAddresses().iterator().next()).getPort();
      Thread.ofPlatform().daemon().start(() -> answer(server, breaksOff));
      for (int round = 0; round < ROUNDS; round++) {
        long number = caller.socket().connect(List.of(End.LOOPBACK), port);
        expectAll(caller, number, false, reason);
      }
    }
  }

  private static void answer(SctpServerChannel server, boolean breaksOff) {
    try {
      for (int round = 0; round < ROUNDS; round++) {
        sayAndEnd(server.accept(), breaksOff);
      }
    } catch (IOException e) {
      // The check then waits in vain, and says for what.
      throw new UncheckedIOException(e);
    }
  }

  /// The thread of the callee stands still until the other one has come and gone.
  private static void hearOfAPeerThatIsGone(boolean breaksOff, LossReason reason)
      throws IOException {
    try (Pair pair = Pair.open()) {
      goUnseen(pair, breaksOff);
      pair.callee().told().readOn();
      expect(pair.callee().awaitMessage().association() == pair.in(), "what has held it up");
      long number = expectAll(pair.callee(), -1, true, reason);
      expect(number != pair.in(), "it is another association");
      pair.caller().send(pair.out(), new byte[10], 0, 11);
      expect(pair.callee().awaitMessage().association() == pair.in(), "the first one goes on");
    }
  }

  private static void pausedWhenGone() throws IOException {
    try (Pair pair = Pair.open()) {
      goUnseen(pair, false);
      pair.callee().told().pauseAtUp(pair.callee().socket());
      pair.callee().told().readOn();
      expect(pair.callee().awaitMessage().association() == pair.in(), "what has held it up");
      long number = pair.callee().awaitUp().association();
      pair.caller().send(pair.out(), new byte[10], 0, 11);
      expect(pair.callee().awaitMessage().association() == pair.in(), "only the other one's");
      expect(!pair.callee().told().has(Told.Event.Down.class), "an end has overtaken messages");
      pair.callee().socket().resume(number);
      expectMessagesAndEnd(pair.callee(), number, LossReason.CLOSED, false);
    }
  }

  private static void goUnseen(Pair pair, boolean breaksOff) throws IOException {
    pair.callee().told().stopReading();
    pair.caller().send(pair.out(), new byte[1], 0, 11);
    pair.callee().told().awaitStandstill();
    SctpChannel peer = SctpChannel.open();
    peer.connect(new InetSocketAddress(End.LOOPBACK, pair.callee().socket().port()), 2, 2);
    sayAndEnd(peer, breaksOff);
  }

  private static void sayAndEnd(SctpChannel channel, boolean breaksOff) throws IOException {
    // Breaking off would throw away what waits to be sent together.
    channel.setOption(SctpStandardSocketOptions.SCTP_NODELAY, true);
    for (int i = 0; i < MESSAGES; i++) {
      MessageInfo info = MessageInfo.createOutgoing((SocketAddress) null, 0);
      channel.send(ByteBuffer.wrap(new byte[] {(byte) i}), info);
    }
    if (breaksOff) {
      channel.setOption(SctpStandardSocketOptions.SO_LINGER, 0);
    }
    channel.close();
  }

  private static long expectAll(End end, long expected, boolean isIncoming, LossReason reason) {
    Told.Event.Up up = end.awaitUp();
    long number = up.association();
    expect(expected < 0 || number == expected, expected + " was expected, but it is " + up);
    expect(up.isIncoming() == isIncoming, "who called is mixed up: " + up);
    expect(up.peers().equals(List.of(End.LOOPBACK)) && up.peerPort() > 0, "" + up);
    expectMessagesAndEnd(end, number, reason, reason == LossReason.RESET && !isIncoming);
    return number;
  }

  /// A peer that breaks off may not have sent its last messages; what is told is in order in any case.
  private static void expectMessagesAndEnd(
      End end, long number, LossReason reason, boolean mayLose) {
    Told.Event.Down down = end.awaitDown();
    expect(down.association() == number && down.reason() == reason, reason + ", but " + down);
    expect(down.detail().contains("127.0.0.1 port "), "it says who: " + down);
    for (int i = 0; i < MESSAGES; i++) {
      if (mayLose && !end.told().has(Told.Event.Message.class)) {
        return;
      }
      expect(end.told().has(Told.Event.Message.class), "message " + i + " comes before the end");
      Told.Event.Message message = end.awaitMessage();
      expect(message.association() == number && message.bytes()[0] == i, i + ", but " + message);
    }
  }
}

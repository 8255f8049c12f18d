package io.rserpool.net.kernel;

import static io.rserpool.net.kernel.KernelSctpChecks.expect;

import com.sun.nio.sctp.MessageInfo;
import com.sun.nio.sctp.SctpChannel;
import com.sun.nio.sctp.SctpStandardSocketOptions;
import io.rserpool.engine.LossReason;
import io.rserpool.net.kernel.KernelSctpChecks.Check;
import io.rserpool.net.kernel.KernelSctpChecks.Needs;
import io.rserpool.net.sctp.SctpOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.List;

/// Associations end, or do not come up at all.
final class EndChecks {

  private EndChecks() {}

  static List<Check> all() {
    return List.of(
        new Check("aShutdownComesAfterAllThatWasSent", Needs.SCTP, EndChecks::shutdown),
        new Check("anAbortIsToldToThePeerOnly", Needs.SCTP, EndChecks::abort),
        new Check("aCallToAPortWhereNobodyListensIsRefused", Needs.SCTP, EndChecks::refused),
        new Check("aSocketThatDoesNotListenRefuses", Needs.NATIVE_ACCESS, EndChecks::notListening),
        new Check("aCallThatNobodyAnswersIsGivenUp", Needs.GUEST, EndChecks::unanswered),
        new Check("aCallCanBeTakenBack", Needs.GUEST, EndChecks::takenBack),
        new Check(
            "aSecondCallToTheSamePeerFailsWithAReason", Needs.NATIVE_ACCESS, EndChecks::second),
        new Check("aMessageThatIsTooLongBreaksTheAssociation", Needs.SCTP, EndChecks::tooLong),
        new Check("aMessageThatDoesNotFitTheSendBufferIsNamed", Needs.SCTP, EndChecks::noRoom),
        new Check(
            "aClosedSocketBreaksItsAssociationsAndGivesThePortBack", Needs.SCTP, EndChecks::closed),
        new Check("aPortThatIsTakenIsNamed", Needs.SCTP, EndChecks::taken));
  }

  private static void shutdown() throws IOException {
    try (Pair pair = Pair.open()) {
      for (int i = 0; i < 200; i++) {
        pair.caller().send(pair.out(), new byte[5_000], 0, 11);
      }
      pair.caller().socket().shutdown(pair.out());
      for (int i = 0; i < 200; i++) {
        expect(pair.callee().awaitMessage().bytes().length == 5_000, "message " + i);
      }
      expectDown(pair.callee(), pair.in(), LossReason.CLOSED);
      expectDown(pair.caller(), pair.out(), LossReason.CLOSED);
      expect(!pair.caller().socket().send(pair.out(), new byte[1], 0, 11), "it is gone");
    }
  }

  private static void abort() throws IOException {
    try (Pair pair = Pair.open()) {
      pair.caller().socket().abort(pair.out(), "a check");
      expectDown(pair.callee(), pair.in(), LossReason.RESET);
      expect(!pair.caller().told().has(Told.Event.Down.class), "who aborts is told nothing");
      Pair again = Pair.join(pair.caller(), pair.callee());
      expect(again.out() != pair.out(), "a number is never given twice");
    }
  }

  private static void refused() throws IOException {
    try (End caller = End.listening()) {
      End gone = End.listening();
      int port = gone.socket().port();
      gone.close();
      long number = caller.socket().connect(List.of(End.LOOPBACK), port);
      expectDown(caller, number, LossReason.REFUSED);
    }
  }

  private static void notListening() throws IOException {
    SctpOptions quiet = SctpOptions.defaults().at(List.of(End.LOOPBACK), 0, false);
    try (End callee = End.open(quiet);
        End caller = End.listening()) {
      expectDown(caller, caller.call(callee), LossReason.REFUSED);
      Pair other = Pair.join(callee, caller);
      other.caller().send(other.out(), new byte[10], 0, 11);
      expect(other.callee().awaitMessage().bytes().length == 10, "but it calls others");
    }
  }

  private static void unanswered() throws IOException {
    try (End caller = End.open(SctpOptions.defaults())) {
      long begin = System.nanoTime();
      long number = caller.socket().connect(List.of(End.address("10.255.0.99")), 3863);
      expectDown(caller, number, LossReason.UNREACHABLE);
      long ms = (System.nanoTime() - begin) / 1_000_000;
      expect(ms > 3_000, "3.4 s were expected, but it took " + ms + " ms");
    }
  }

  private static void takenBack() throws IOException {
    try (End caller = End.open(SctpOptions.defaults());
        End callee = End.open(SctpOptions.defaults().at(List.of(), 0, true))) {
      long first = caller.socket().connect(List.of(End.address("10.255.0.99")), 3863);
      long second = caller.socket().connect(List.of(End.address("10.255.0.98")), 3863);
      caller.socket().abort(first, "not needed any more");
      caller.socket().shutdown(second);
      expectDown(caller, second, LossReason.CLOSED);
      Pair.join(caller, callee);
      expect(!caller.told().has(Told.Event.Down.class), "who aborts is told nothing");
    }
  }

  private static void second() throws IOException {
    try (Pair pair = Pair.open()) {
      long again = pair.caller().call(pair.callee());
      Told.Event.Down down = pair.caller().awaitDown();
      expect(down.association() == again, "the second one fails: " + down);
      expect(down.detail().contains("already"), "it says why: " + down);
      pair.caller().send(pair.out(), new byte[10], 0, 11);
      expect(pair.callee().awaitMessage().bytes().length == 10, "the first one goes on");
    }
  }

  private static void tooLong() throws IOException {
    int bytes = Assembly.MESSAGE_BYTES_MAX + 1;
    try (End callee = End.listening();
        SctpChannel caller = SctpChannel.open()) {
      caller.setOption(SctpStandardSocketOptions.SO_SNDBUF, 4 * bytes);
      caller.connect(new InetSocketAddress(End.LOOPBACK, callee.socket().port()), 2, 2);
      long number = callee.awaitUp().association();
      caller.send(
          ByteBuffer.allocateDirect(bytes), MessageInfo.createOutgoing((SocketAddress) null, 0));
      Told.Event.Down down = expectDown(callee, number, LossReason.OFFENDING);
      expect(down.detail().contains("1048576"), "it says what was too much: " + down);
      expect(!callee.told().has(Told.Event.Message.class), "nothing of it is handed on");
    }
  }

  private static void noRoom() throws IOException {
    try (Pair pair = Pair.join(End.open(MessageChecks.withBuffers(65_536)), End.listening())) {
      expect(!pair.caller().socket().send(pair.out(), new byte[500_000], 0, 11), "not taken");
      Told.Event.Down down = expectDown(pair.caller(), pair.out(), LossReason.OFFENDING);
      expect(down.detail().contains("send buffer"), "it says what is wrong: " + down);
      expectDown(pair.callee(), pair.in(), LossReason.RESET);
    }
  }

  private static void closed() throws IOException {
    End callee = End.listening();
    int port = callee.socket().port();
    try (Pair pair = Pair.join(End.listening(), callee)) {
      callee.close();
      expectDown(pair.caller(), pair.out(), LossReason.RESET);
      End.open(SctpOptions.defaults().at(List.of(End.LOOPBACK), port, true)).close();
      expect(!callee.told().has(Told.Event.Down.class), "who closes is told nothing");
    }
  }

  private static void taken() throws IOException {
    try (End first = End.listening()) {
      int port = first.socket().port();
      End.open(SctpOptions.defaults().at(List.of(End.LOOPBACK), port, true)).close();
      throw new AssertionError("a port was given twice");
    } catch (IOException e) {
      expect(e.getMessage().contains("cannot be had"), "it says what is wrong: " + e.getMessage());
    }
  }

  private static Told.Event.Down expectDown(End end, long number, LossReason reason) {
    Told.Event.Down down = end.awaitDown();
    expect(down.association() == number, "association " + number + ", but " + down);
    expect(down.reason() == reason, reason + " was expected, but it is " + down);
    return down;
  }
}

package io.rserpool.net.kernel;

import static io.rserpool.net.kernel.KernelSctpChecks.expect;

import io.rserpool.engine.LossReason;
import io.rserpool.net.kernel.KernelSctpChecks.Check;
import io.rserpool.net.kernel.KernelSctpChecks.Needs;
import io.rserpool.net.sctp.SctpOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/// Associations come up, and messages cross them.
final class MessageChecks {

  private static final int[] SIZES = {
    1, 2, 3, 4, 5, 100, 1_451, 1_452, 1_453, 8_191, 8_192, 65_535, 65_536, 65_537, 200_000, 1 << 20
  };

  private MessageChecks() {}

  static List<Check> all() {
    return List.of(
        new Check(
            "bothEndsKnowEachOther", Needs.NATIVE_ACCESS, MessageChecks::bothEndsKnowEachOther),
        new Check("messagesOfAllSizesCrossBothWays", Needs.SCTP, MessageChecks::messagesOfAllSizes),
        new Check("streamsAndProtocolsAreKept", Needs.SCTP, MessageChecks::streamsAndProtocols),
        new Check("aMessageMayBeLongerThanTheReceiveBuffer", Needs.SCTP, MessageChecks::pieces),
        new Check(
            "aPeerThatDoesNotReadHoldsUpItselfAlone", Needs.SCTP, MessageChecks::backPressure),
        new Check("aPausedAssociationHoldsUpItsPeerAlone", Needs.SCTP, MessageChecks::pause),
        new Check("anAssociationRunsOverIpv6", Needs.SCTP, MessageChecks::ipv6),
        new Check(
            "whatIsSetIsInheritedByAssociations", Needs.NATIVE_ACCESS, MessageChecks::settings),
        new Check(
            "socketsAtTwoAddressesMayHaveTheSamePort",
            Needs.NATIVE_ACCESS,
            MessageChecks::samePort),
        new Check("aHundredAssociationsShareAPort", Needs.SCTP, MessageChecks::hundred));
  }

  private static void bothEndsKnowEachOther() throws IOException {
    try (End callee = End.listening();
        End caller = End.listening()) {
      long number = caller.call(callee);
      Told.Event.Up out = caller.awaitUp();
      Told.Event.Up in = callee.awaitUp();
      expect(out.association() == number, "the number is another one: " + out);
      expect(!out.isIncoming() && in.isIncoming(), "who called is mixed up: " + out + in);
      expect(out.peerPort() == callee.socket().port(), "port of the callee: " + out);
      expect(in.peerPort() == caller.socket().port(), "the caller's own port calls: " + in);
      List<?> loopback = List.of(End.LOOPBACK);
      expect(out.peers().equals(loopback) && in.peers().equals(loopback), "peers: " + out + in);
      expect(out.locals().equals(loopback) && in.locals().equals(loopback), "own: " + out + in);
      expect(out.streams() == 2 && in.streams() == 2, "two streams were asked for: " + out + in);
    }
  }

  private static void messagesOfAllSizes() throws IOException {
    try (Pair pair = Pair.open()) {
      for (int size : SIZES) {
        byte[] message = content(size);
        pair.caller().send(pair.out(), message, size % 2, 11);
        Told.Event.Message there = pair.callee().awaitMessage();
        expect(
            Arrays.equals(there.bytes(), message), size + " bytes were damaged on the way there");
        expect(there.stream() == size % 2, "stream " + there.stream());
        pair.callee().send(pair.in(), message, 0, 12);
        Told.Event.Message back = pair.caller().awaitMessage();
        expect(Arrays.equals(back.bytes(), message), size + " bytes were damaged on the way back");
      }
    }
  }

  private static void streamsAndProtocols() throws IOException {
    int[] protocols = {0, 11, 12, 0x01020304, 0xfffffffe};
    try (Pair pair = Pair.open()) {
      for (int i = 0; i < 1_000; i++) {
        byte[] message = ByteBuffer.allocate(4).putInt(i).array();
        pair.caller().send(pair.out(), message, i % 2, protocols[i % protocols.length]);
      }
      int[] expected = {0, 1};
      for (int i = 0; i < 1_000; i++) {
        Told.Event.Message got = pair.callee().awaitMessage();
        int number = ByteBuffer.wrap(got.bytes()).getInt();
        expect(number == expected[got.stream()], "out of order in its stream: " + number);
        expected[got.stream()] += 2;
        expect(got.payloadProtocolId() == protocols[number % protocols.length], "ppid of " + got);
      }
    }
  }

  private static void pieces() throws IOException {
    try (Pair pair = Pair.join(End.listening(), End.open(withBuffers(65_536)))) {
      for (int i = 0; i < 3; i++) {
        byte[] message = content((1 << 20) - i);
        pair.caller().send(pair.out(), message, 0, 12);
        pair.caller().send(pair.out(), new byte[] {7}, 1, 11);
        Told.Event.Message first = pair.callee().awaitMessage();
        expect(Arrays.equals(first.bytes(), message), "a long one was damaged: " + first);
        expect(first.payloadProtocolId() == 12 && first.stream() == 0, "of what kind: " + first);
        expect(pair.callee().awaitMessage().payloadProtocolId() == 11, "a short one follows");
      }
    }
  }

  private static void backPressure() throws IOException {
    SctpOptions small = withBuffers(65_536);
    try (Pair slow = Pair.join(End.open(small), End.open(small));
        End third = End.listening()) {
      slow.callee().told().stopReading();
      int taken = 0;
      while (slow.caller().socket().send(slow.out(), content(1_000), 0, 11)) {
        taken++;
        expect(taken < 100_000, "a peer that does not read takes everything");
      }
      Pair quick = Pair.join(slow.caller(), third);
      quick.caller().send(quick.out(), content(10), 0, 11);
      expect(quick.callee().awaitMessage().bytes().length == 10, "another association goes on");
      expect(!slow.callee().told().has(Told.Event.Message.class), "it did not read");

      slow.callee().told().readOn();
      slow.caller().send(slow.out(), content(999), 0, 11);
      for (int i = 0; i < taken; i++) {
        expect(slow.callee().awaitMessage().bytes().length == 1_000, "message " + i);
      }
      expect(slow.callee().awaitMessage().bytes().length == 999, "the last one");
    }
  }

  private static void pause() throws IOException {
    SctpOptions small = withBuffers(65_536);
    try (Pair paused = Pair.join(End.open(small), End.open(small));
        Pair other = Pair.join(End.listening(), paused.callee())) {
      paused.callee().socket().pause(paused.in());
      int taken = 0;
      while (paused.caller().socket().send(paused.out(), content(1_000), 0, 11)) {
        taken++;
        expect(taken < 100_000, "the peer of a paused association is not slowed down");
      }
      other.caller().send(other.out(), content(10), 0, 11);
      expect(paused.callee().awaitMessage().association() == other.in(), "only the other one");

      paused.callee().socket().resume(paused.in());
      paused.caller().send(paused.out(), content(999), 0, 11);
      for (int i = 0; i < taken; i++) {
        expect(paused.callee().awaitMessage().bytes().length == 1_000, "message " + i);
      }
      expect(paused.callee().awaitMessage().bytes().length == 999, "the last one");
    }
  }

  static SctpOptions withBuffers(int bytes) {
    SctpOptions usual = SctpOptions.defaults();
    return new SctpOptions(
        List.of(End.LOOPBACK),
        0,
        true,
        2,
        usual.heartbeat(),
        usual.rtoInitial(),
        usual.rtoMin(),
        usual.rtoMax(),
        2,
        6,
        4,
        bytes,
        0);
  }

  private static void ipv6() throws IOException {
    SctpOptions options = SctpOptions.defaults().at(List.of(), 0, true);
    try (End callee = End.open(options);
        End caller = End.open(options)) {
      long number = caller.socket().connect(List.of(End.address("::1")), callee.socket().port());
      caller.awaitUp();
      Told.Event.Up in = callee.awaitUp();
      expect(in.peers().contains(End.address("::1")), "the caller is ::1, too: " + in);
      caller.send(number, content(10), 0, 11);
      expect(callee.awaitMessage().bytes().length == 10, "a message over IPv6");
    }
  }

  /// As the kernel itself has them, in `/proc/net/sctp`.
  private static void settings() throws IOException {
    try (Pair pair = Pair.open()) {
      int port = pair.caller().socket().port();
      List<String> association =
          columns("/proc/net/sctp/assocs", line -> line.get(11).equals("" + port));
      int peers = association.indexOf("<->");
      List<String> set = association.subList(peers + 3, peers + 6);
      expect(
          set.equals(List.of("2", "2", "6")),
          "streams in and out, retransmissions: " + association);
      String number = association.get(6);
      List<String> path = columns("/proc/net/sctp/remaddr", line -> line.get(1).equals(number));
      expect(path.get(4).equals("2"), "retransmissions of the path: " + path);
    }
  }

  /// The first line of a table for which this holds, cut into words.
  private static List<String> columns(String table, Predicate<List<String>> condition)
      throws IOException {
    for (String line : Files.readAllLines(Path.of(table))) {
      List<String> words = List.of(line.strip().split("\\s+"));
      if (words.size() > 7 && !words.getFirst().startsWith("A") && condition.test(words)) {
        return words;
      }
    }
    throw new AssertionError("there is no such line in " + table);
  }

  private static void samePort() throws IOException {
    try (Pair first = Pair.open()) {
      int port = first.caller().socket().port();
      SctpOptions other = SctpOptions.defaults().at(List.of(End.address("127.0.0.2")), port, true);
      try (Pair second = Pair.join(End.open(other), End.listening())) {
        second.caller().socket().shutdown(second.out());
        expect(second.callee().awaitDown().reason() == LossReason.CLOSED, "the second is meant");
        first.caller().send(first.out(), content(10), 0, 11);
        expect(first.callee().awaitMessage().bytes().length == 10, "the first goes on");
      }
    }
  }

  private static void hundred() throws IOException {
    List<End> callers = new ArrayList<>();
    try (End callee = End.listening()) {
      for (int i = 0; i < 100; i++) {
        callers.add(End.listening());
        callers.get(i).call(callee);
      }
      for (End caller : callers) {
        Told.Event.Up up = caller.awaitUp();
        caller.send(up.association(), content(100), 0, 11);
      }
      for (int i = 0; i < 100; i++) {
        callee.awaitUp();
        callee.awaitMessage();
      }
    } finally {
      callers.forEach(End::close);
    }
  }

  /// A handle resolution of pool `EchoPool`, and a list request from 0x01020304 to 0x05060708.
  static void sendOneOfEachProtocol() throws IOException {
    byte[] asap = {5, 0, 0, 16, 0, 9, 0, 12, 'E', 'c', 'h', 'o', 'P', 'o', 'o', 'l'};
    byte[] enrp = {5, 0, 0, 12, 1, 2, 3, 4, 5, 6, 7, 8};
    try (Pair pair = Pair.open()) {
      pair.caller().send(pair.out(), asap, 0, 11);
      pair.caller().send(pair.out(), enrp, 1, 12);
      pair.callee().awaitMessage();
      pair.callee().awaitMessage();
      pair.caller().socket().shutdown(pair.out());
      pair.caller().awaitDown();
    }
  }

  private static byte[] content(int size) {
    byte[] bytes = new byte[size];
    new SplittableRandom(size).nextBytes(bytes);
    return bytes;
  }
}

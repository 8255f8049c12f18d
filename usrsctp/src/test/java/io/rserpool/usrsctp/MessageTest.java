package io.rserpool.usrsctp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf("io.rserpool.usrsctp.Presence#isThere")
@Timeout(300)
class MessageTest {

  private static final int[] EDGES = {
    1, 2, 3, 1_000, 1_400, 1_452, 1_500, 65_535, 65_536, 131_071, 131_072, 131_073, 200_000
  };

  @Test
  void messagesOfAllSizesArriveWholeInOrderBothWaysAtTheSameTime() throws Exception {
    try (Pair pair = new Pair(Pair.patient());
        ExecutorService threads = Executors.newCachedThreadPool()) {
      List<byte[]> there = messages(11);
      List<byte[]> back = messages(12);
      List<Future<?>> sent = new ArrayList<>();
      sent.add(
          threads.submit(() -> sendAll(pair.callerSocket, pair.caller, pair.callerNumber, there)));
      sent.add(
          threads.submit(() -> sendAll(pair.calledSocket, pair.called, pair.calledNumber, back)));
      receiveAll(pair.called, pair.calledNumber, there);
      receiveAll(pair.caller, pair.callerNumber, back);
      for (Future<?> one : sent) {
        one.get();
      }
    }
  }

  @Test
  void payloadProtocolIdsHave32Bits() throws Exception {
    try (Pair pair = new Pair(Pair.patient())) {
      for (int id : new int[] {0, 11, 12, 0x0a0b0c0d, -1}) {
        pair.callerSocket.send(pair.callerNumber, new byte[] {1}, 0, id);
        assertThat(pair.called.await(Recorder.Message.class).payloadProtocolId()).isEqualTo(id);
      }
    }
  }

  @Test
  void unorderedMessagesAllArrive() throws Exception {
    try (Pair pair = new Pair(Pair.patient())) {
      for (int i = 0; i < 50; i++) {
        assertThat(pair.callerSocket.sendUnordered(pair.callerNumber, new byte[] {1}, 1, i))
            .isTrue();
      }
      List<Integer> came = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        Recorder.Message message = pair.called.await(Recorder.Message.class);
        assertThat(message.stream()).isEqualTo(1);
        came.add(message.payloadProtocolId());
      }
      assertThat(came).doesNotHaveDuplicates().hasSize(50);
    }
  }

  @Test
  void aMessageOfOneMebibyteIsTakenAndALongerOneIsNot() throws Exception {
    try (Pair pair = new Pair(Pair.patient())) {
      byte[] longest = new byte[1 << 20];
      new Random(3).nextBytes(longest);
      assertThat(pair.callerSocket.send(pair.callerNumber, longest, 0, 11)).isTrue();
      assertThat(pair.called.await(Recorder.Message.class).bytes()).isEqualTo(longest);
      assertThatThrownBy(
              () -> pair.callerSocket.send(pair.callerNumber, new byte[(1 << 20) + 1], 0, 11))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("1 to 1048576 bytes");
      assertThatThrownBy(() -> pair.callerSocket.send(pair.callerNumber, new byte[0], 0, 11))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static List<byte[]> messages(long seed) {
    Random random = new Random(seed);
    List<byte[]> messages = new ArrayList<>();
    for (int edge : EDGES) {
      messages.add(new byte[edge]);
    }
    for (int i = 0; i < 150; i++) {
      messages.add(new byte[1 + random.nextInt(1 << random.nextInt(1, 18))]);
    }
    messages.forEach(random::nextBytes);
    return messages;
  }

  private static Void sendAll(
      UsrsctpSocket socket, Recorder recorder, long association, List<byte[]> messages)
      throws InterruptedException {
    for (int i = 0; i < messages.size(); i++) {
      while (!socket.send(association, messages.get(i), i % 2, i)) {
        recorder.await(Recorder.Writable.class);
      }
    }
    return null;
  }

  /// Order is kept within each of the two streams.
  private static void receiveAll(Recorder recorder, long association, List<byte[]> messages)
      throws InterruptedException {
    int[] next = {0, 1};
    for (int i = 0; i < messages.size(); i++) {
      Recorder.Message message = recorder.await(Recorder.Message.class);
      int expected = next[message.stream()];
      next[message.stream()] += 2;
      assertThat(message.association()).isEqualTo(association);
      assertThat(message.payloadProtocolId()).isEqualTo(expected);
      assertThat(message.bytes()).isEqualTo(messages.get(expected));
    }
  }
}

package io.rserpool.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.PoolHandle;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class PoolSessionTest extends SessionFixture {

  @Test
  void whatIsSentComesBackInOrder() {
    serve();
    try (PoolSession session = user.connect(POOL)) {
      assertThat(session.element().elementId()).isEqualTo(ElementId.of(1));
      for (int i = 0; i < 100; i++) {
        assertThat(ask(session, "message " + i)).isEqualTo("message " + i);
      }
      assertThat(session.sender()).isEqualTo(ElementId.of(1));
    }
  }

  @Test
  void muchMoreThanAllQueuesTogetherArrivesWhole() {
    serve();
    byte[] block = new byte[1 << 20];
    for (int i = 0; i < block.length; i++) {
      block[i] = (byte) (i * 31);
    }
    try (PoolSession session = user.connect(POOL)) {
      Thread sender =
          Thread.ofVirtual()
              .start(() -> {
                for (int i = 0; i < 16; i++) {
                  session.send(block);
                }
                session.endOutput();
              });
      byte[] buffer = new byte[100_000];
      long total = 0;
      for (int n = session.receive(buffer); n >= 0; n = session.receive(buffer)) {
        for (int i = 0; i < n; i++) {
          if (buffer[i] != block[(int) ((total + i) % block.length)]) {
            throw new AssertionError("wrong byte at " + (total + i));
          }
        }
        total += n;
      }
      assertThat(total).isEqualTo(16L * block.length);
      assertThat(sender.isInterrupted()).isFalse();
    }
  }

  @Test
  void streamsCarryLinesToTheEndOfInput() throws IOException {
    serve();
    try (PoolSession session = user.connect(POOL);
        OutputStream output = session.output();
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(session.input(), StandardCharsets.UTF_8))) {
      output.write("one\ntwo\n".getBytes(StandardCharsets.UTF_8));
      output.flush();
      assertThat(reader.readLine()).isEqualTo("one");
      session.endOutput();
      assertThat(reader.readLine()).isEqualTo("two");
      assertThat(reader.readLine()).isNull();
      assertThatThrownBy(() -> send(session, "x")).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void sessionWithAnUnknownPoolFailsAtOnce() {
    assertThatThrownBy(() -> user.connect(PoolHandle.of("NoSuchPool")))
        .isInstanceOf(UnknownPoolException.class)
        .hasMessageContaining("NoSuchPool");
  }

  @Test
  void elementsThatRefuseAreReportedAndTheNextOneServes() {
    serve().stopListening();
    serve().stopListening();
    serve();
    for (int i = 0; i < 3; i++) {
      try (PoolSession session = user.connect(POOL)) {
        assertThat(session.element().elementId()).isEqualTo(ElementId.of(3));
        assertThat(ask(session, "hello")).isEqualTo("hello");
      }
    }
  }

  @Test
  void poolOfNobodyWhoAnswersFailsWithTheLastReason() {
    serve().stopListening();
    serve().stopListening();
    SessionFailedException failure =
        catchThrowableOfType(SessionFailedException.class, () -> user.connect(POOL));
    assertThat(failure.source()).isEqualTo(FailureSource.REFUSED);
    assertThat(failure.isRetryable()).isTrue();
    assertThat(failure).hasMessageContaining("EchoPool").hasMessageContaining("0x0000000");
  }

  @Test
  void preferredElementIsTakenIfItIsThere() {
    serve();
    serve();
    serve();
    SessionOptions options = SessionOptions.builder().preferred(ElementId.of(2)).build();
    for (int i = 0; i < 4; i++) {
      try (PoolSession session = user.connect(POOL, options)) {
        assertThat(session.element().elementId()).isEqualTo(ElementId.of(2));
      }
    }
  }

  @Test
  void receiveWithATimeLimitTimesOutAndGoesOnLater() {
    serve();
    try (PoolSession session = user.connect(POOL)) {
      assertThatThrownBy(() -> session.receive(new byte[1], Duration.ofMillis(20)))
          .isInstanceOf(CallTimeoutException.class)
          .hasMessageContaining("20 ms");
      assertThat(ask(session, "still there")).isEqualTo("still there");
    }
  }

  @Test
  void interruptedReceiveLeavesTheSessionUnharmed() throws Exception {
    serve();
    try (PoolSession session = user.connect(POOL)) {
      for (Thread.Builder kind : List.of(Thread.ofVirtual(), Thread.ofPlatform())) {
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread reader =
            kind.start(() -> {
              try {
                session.receive(new byte[1]);
              } catch (InterruptedCallException _) {
                interrupted.complete(Thread.currentThread().isInterrupted());
              }
            });
        reader.interrupt();
        assertThat(interrupted.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(ask(session, "unharmed")).isEqualTo("unharmed");
      }
    }
  }

  @Test
  void closeWakesWhoeverIsBlockedInTheSession() throws Exception {
    serve().freeze();
    PoolSession session = user.connect(POOL);
    CountDownLatch begun = new CountDownLatch(2);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Integer> reader =
          threads.submit(() -> {
            begun.countDown();
            return session.receive(new byte[1]);
          });
      Future<Integer> flusher =
          threads.submit(() -> {
            begun.countDown();
            session.receive(new byte[1], Duration.ofSeconds(20));
            return 0;
          });
      begun.await();
      session.close();
      session.close();
      assertThatThrownBy(reader::get).hasCauseInstanceOf(ClosedException.class);
      assertThatThrownBy(flusher::get).hasCauseInstanceOf(ClosedException.class);
    }
    assertThatThrownBy(() -> send(session, "x")).isInstanceOf(ClosedException.class);
    assertThat(catchThrowableOfType(ClosedException.class, session::flush).isRetryable()).isFalse();
  }

  @Test
  void closedPoolUserClosesItsSessions() {
    serve();
    PoolSession session = user.connect(POOL);
    user.close();
    assertThatThrownBy(() -> session.receive(new byte[1])).isInstanceOf(ClosedException.class);
  }

  @Test
  void whatWasSentBeforeCloseArrives() throws Exception {
    try (ServerSocket sink = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        PoolElement _ =
            PoolElement.register(registrar.scope(), Registration.of(POOL, sink.getLocalPort()))) {
      PoolSession session = user.connect(POOL);
      try (Socket accepted = sink.accept()) {
        send(session, "last words");
        session.close();
        assertThat(new String(accepted.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
            .isEqualTo("last words");
      }
    }
  }

  @Test
  void aThousandVirtualThreadsBlockInSessionsAtOnce() throws Exception {
    serve();
    serve();
    int count = 1_000;
    CountDownLatch connected = new CountDownLatch(count);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> answers = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int number = i;
        answers.add(
            threads.submit(() -> {
              try (PoolSession session = user.connect(POOL)) {
                connected.countDown();
                connected.await();
                return ask(session, "number " + number);
              }
            }));
      }
      for (int i = 0; i < count; i++) {
        assertThat(answers.get(i).get(20, TimeUnit.SECONDS)).isEqualTo("number " + i);
      }
    }
  }
}

package io.rserpool.grpc;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Threads that call without end, and what becomes of their calls.
final class Load implements AutoCloseable {

  private static final int DEADLINE_S = 40;

  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofPlatform().name("load ", 0).factory());
  private final AtomicLong answers = new AtomicLong();
  private final AtomicLong slowestNs = new AtomicLong();
  private final AtomicLong lastAnswerNs = new AtomicLong(System.nanoTime());
  private final AtomicLong silenceNs = new AtomicLong();
  private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
  private volatile Set<String> names = ConcurrentHashMap.newKeySet();
  private final AtomicLongArray ended;
  private volatile boolean isOver;

  private Load(int threads) {
    ended = new AtomicLongArray(threads);
  }

  /// Lets threads call [Echo#SAY].
  static Load start(Channel channel, int threads) {
    Load load = new Load(threads);
    for (int i = 0; i < threads; i++) {
      int number = i;
      load.threads.execute(() -> load.callAll(channel, number));
    }
    return load;
  }

  private void callAll(Channel channel, int number) {
    String text = "thread " + number;
    while (!isOver) {
      long startNs = System.nanoTime();
      try {
        String answer =
            ClientCalls.blockingUnaryCall(
                channel,
                Echo.SAY,
                CallOptions.DEFAULT.withDeadlineAfter(DEADLINE_S, TimeUnit.SECONDS),
                text);
        if (!answer.endsWith(":" + text)) {
          failures.add("'" + text + "' was answered '" + answer + "'");
        }
        long nowNs = System.nanoTime();
        names.add(answer.substring(0, answer.indexOf(':')));
        answers.incrementAndGet();
        slowestNs.accumulateAndGet(nowNs - startNs, Math::max);
        silenceNs.accumulateAndGet(nowNs - lastAnswerNs.getAndSet(nowNs), Math::max);
      } catch (StatusRuntimeException e) {
        failures.add(e.getStatus().toString());
      }
      ended.incrementAndGet(number);
    }
  }

  long answers() {
    return answers.get();
  }

  List<String> failures() {
    return List.copyOf(failures);
  }

  /// Who has answered since this was asked last.
  Set<String> takeNames() {
    Set<String> taken = names;
    names = ConcurrentHashMap.newKeySet();
    return taken;
  }

  /// The longest call, and the longest time without any answer, since this was asked last.
  String takeTimes() {
    return "slowest call %d ms, longest time without any answer %d ms"
        .formatted(
            TimeUnit.NANOSECONDS.toMillis(slowestNs.getAndSet(0)),
            TimeUnit.NANOSECONDS.toMillis(silenceNs.getAndSet(0)));
  }

  /// Waits until so many more calls are answered.
  void awaitAnswers(long more) {
    long wanted = answers() + more;
    await(() -> answers() >= wanted, more + " more answers");
  }

  /// Waits until every thread is done with the call it is in, however that ends, and the next one.
  void awaitEveryThread() {
    long[] before = new long[ended.length()];
    Arrays.setAll(before, ended::get);
    for (int i = 0; i < before.length; i++) {
      int number = i;
      await(() -> ended.get(number) >= before[number] + 2, "the end of a call of thread " + number);
    }
  }

  static void await(BooleanSupplier condition, String what) {
    long untilNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - untilNs > 0) {
        throw new AssertionError("expected within 120 s, but did not see: " + what);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }

  @Override
  public void close() {
    isOver = true;
    threads.close();
  }
}

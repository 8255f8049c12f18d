package io.rserpool.grpc;

import io.grpc.Attributes;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.SynchronizationContext;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One call of the application, and as many attempts as it takes.
///
/// Attempts run side by side when the element of the earlier one is gone or slow, one after the
/// other when it has failed. The first whose answer begins wins. All state belongs to one context
/// that runs one thing after another, without a lock around anybody else's code.
final class RepeatedCall<Q, R> extends ClientCall<Q, R> {

  /// More attempts than these are never waited for at a time: the oldest is given up.
  private static final int OPEN_MAX = 3;

  /// The second attempt is made at once, since it goes elsewhere; later ones at these distances.
  private static final long PAUSE_FIRST_MS = 10;

  private static final long PAUSE_MAX_MS = 250;

  private final MethodDescriptor<Q, R> method;
  private final CallOptions callOptions;
  private final Channel next;
  private final FailoverOptions options;
  private final Context context = Context.current();
  private final SynchronizationContext serial =
      new SynchronizationContext((_, thrown) -> broken(thrown));
  private final List<Trial<Q, R>> open = new ArrayList<>();
  private final List<Candidate> tried = new ArrayList<>();
  private volatile @Nullable Delivery<R> delivery;
  private Metadata headers = new Metadata();
  private List<Q> request = List.of();
  private volatile @Nullable Trial<Q, R> winner;
  private long requested;
  private boolean isCompressed = true;
  private boolean isPausing;
  private boolean isDone;
  private int failures;
  private long giveUpAtNs;

  RepeatedCall(
      MethodDescriptor<Q, R> method,
      CallOptions callOptions,
      Channel next,
      FailoverOptions options) {
    this.method = method;
    this.callOptions = callOptions;
    this.next = next;
    this.options = options;
  }

  /// Does something in the order of the whole call. What the caller is to hear of it is told
  /// afterwards: nothing here waits for the caller's own code.
  void run(Runnable part) {
    serial.execute(part);
    Delivery<R> told = delivery;
    if (told != null) {
      told.flush();
    }
  }

  @Override
  public void start(Listener<R> listener, Metadata newHeaders) {
    Delivery<R> newDelivery =
        new Delivery<>(
            listener,
            callOptions.getExecutor(),
            thrown -> cancel("the listener of the call threw", thrown));
    run(() -> {
      delivery = newDelivery;
      headers = newHeaders;
    });
  }

  @Override
  public void request(int messages) {
    run(() -> {
      requested = Math.min(Integer.MAX_VALUE, requested + messages);
      open.forEach(trial -> trial.call().request(messages));
    });
  }

  @Override
  public void sendMessage(Q message) {
    run(() -> request = List.of(message));
  }

  @Override
  public void setMessageCompression(boolean enabled) {
    run(() -> isCompressed = enabled);
  }

  /// Now the request is whole and can be sent as often as it takes.
  @Override
  public void halfClose() {
    run(this::launch);
  }

  @Override
  public void cancel(@Nullable String message, @Nullable Throwable cause) {
    run(() -> {
      Status status = Status.CANCELLED.withCause(cause).withDescription(message);
      abandonAllBut(null);
      finish(status, new Metadata());
    });
  }

  @Override
  public Attributes getAttributes() {
    Trial<Q, R> answering = winner;
    return answering == null ? Attributes.EMPTY : answering.call().getAttributes();
  }

  private void launch() {
    if (isDone || winner != null) {
      return;
    }
    if (open.size() == OPEN_MAX) {
      open.removeFirst().abandon();
    }
    context.run(() -> {
      Trial<Q, R> trial = new Trial<>(this, tried, this::newCall);
      open.add(trial);
      trial.start(headers, isCompressed, (int) requested, request);
      watchTime(trial);
    });
  }

  private ClientCall<Q, R> newCall(Attempt attempt) {
    // The caller's executor is for the caller: it may run on a thread that waits for one answer
    // only.
    return next.newCall(method, callOptions.withExecutor(null).withOption(Attempt.KEY, attempt));
  }

  private void watchTime(Trial<Q, R> trial) {
    if (options.nextElementAfter().isPositive()) {
      later(
          options.nextElementAfter().toNanos(),
          () -> {
            if (open.size() < OPEN_MAX) {
              replace(trial);
            }
          });
    }
  }

  private void later(long delayNs, Runnable part) {
    CompletableFuture.delayedExecutor(
            delayNs,
            TimeUnit.NANOSECONDS,
            task -> Thread.ofVirtual().name("rserpool-grpc-repeat").start(task))
        .execute(() -> run(part));
  }

  /// Its element is gone, or slow: another one is asked as well. It may still answer, as an element
  /// does that leaves its pool in order.
  void replace(Trial<Q, R> trial) {
    if (winner == null && open.contains(trial) && !trial.isReplaced()) {
      trial.replaced();
      tried.addAll(trial.element());
      if (!isWaiting()) {
        launch();
      }
    }
  }

  /// Whether there is an attempt from which an answer is to be hoped for.
  private boolean isWaiting() {
    return isPausing || open.stream().anyMatch(trial -> !trial.isReplaced());
  }

  void message(Trial<Q, R> trial, R message) {
    if (open.contains(trial) && delivery != null) {
      win(trial);
      delivery.message(message);
    }
  }

  private void win(Trial<Q, R> trial) {
    if (winner == null) {
      winner = trial;
      abandonAllBut(trial);
      Metadata heard = trial.heardHeaders();
      if (heard != null && delivery != null) {
        delivery.headers(heard);
      }
    }
  }

  private void abandonAllBut(@Nullable Trial<Q, R> kept) {
    List<Trial<Q, R>> others = open.stream().filter(trial -> trial != kept).toList();
    open.removeAll(others);
    others.forEach(Trial::abandon);
  }

  void closed(Trial<Q, R> trial, Status status, Metadata trailers) {
    trial.end();
    if (!open.contains(trial)) {
      return;
    }
    boolean isFailure = status.getCode() == Status.Code.UNAVAILABLE && winner == null;
    if (isFailure && isPatient()) {
      open.remove(trial);
      tried.addAll(trial.element());
      if (!isWaiting()) {
        repeat();
      }
    } else {
      win(trial);
      open.remove(trial);
      finish(status, trailers);
    }
  }

  private boolean isPatient() {
    long nowNs = System.nanoTime();
    if (failures++ == 0) {
      giveUpAtNs = nowNs + options.patience().toNanos();
    }
    return nowNs - giveUpAtNs < 0;
  }

  private void repeat() {
    if (failures == 1) {
      launch();
      return;
    }
    long pauseMs = Math.min(PAUSE_MAX_MS, PAUSE_FIRST_MS << Math.min(failures - 2, 10));
    long pauseNs = TimeUnit.MILLISECONDS.toNanos(pauseMs);
    isPausing = true;
    later(
        pauseNs / 2 + ThreadLocalRandom.current().nextLong(pauseNs),
        () -> {
          isPausing = false;
          // All have failed by now, so all are as good as new.
          tried.clear();
          launch();
        });
  }

  private void finish(Status status, Metadata trailers) {
    if (!isDone && delivery != null) {
      isDone = true;
      delivery.close(status, trailers);
    }
  }

  /// Something threw that should not, such as the marshaller of the request.
  private void broken(Throwable thrown) {
    abandonAllBut(null);
    finish(
        Status.INTERNAL.withDescription("an attempt could not be made").withCause(thrown),
        new Metadata());
  }
}

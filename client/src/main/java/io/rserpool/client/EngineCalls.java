package io.rserpool.client;

import io.rserpool.engine.Effect;
import io.rserpool.engine.Engine;
import io.rserpool.engine.Event;
import io.rserpool.engine.Input;
import io.rserpool.net.Node;
import io.rserpool.net.NodeClosedException;
import io.rserpool.net.NodeOptions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.random.RandomGenerator;

/// One engine on an event loop of its own, and blocking calls of it from any thread.
final class EngineCalls implements AutoCloseable {

  /// How long a farewell may take; the peer finds out by itself if it does not arrive.
  private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(2);

  private final Node node;
  private final String who;
  private final Duration callTimeout;

  private EngineCalls(Node node, String who, Duration callTimeout) {
    this.node = node;
    this.who = who;
    this.callTimeout = callTimeout;
  }

  static EngineCalls start(
      Scope scope,
      String who,
      Function<RandomGenerator.SplittableGenerator, Engine> engine,
      Consumer<Event> observer) {
    scope.prepareTransports();
    long seed = new SecureRandom().nextLong();
    EventLog log = new EventLog();
    Node node =
        Node.start(
            engine.apply(new SplittableRandom(seed)),
            scope.profile(),
            NodeOptions.defaults(who).withSctp(scope.sctp()).withTls(scope.tls()),
            event -> {
              log.write(event);
              observer.accept(event);
            });
    return new EngineCalls(node, who, scope.callTimeout());
  }

  Node node() {
    return node;
  }

  /// Asks the engine and waits for its answer.
  Effect.Result call(LongFunction<? extends Input.Request> request, String what) {
    return call(request, what, callTimeout);
  }

  /// As [#call(LongFunction, String)], for at most so long.
  Effect.Result call(LongFunction<? extends Input.Request> request, String what, Duration limit) {
    CompletableFuture<Effect.Result> answer = new CompletableFuture<>();
    submit(request, answer::complete);
    long limitNs = Math.max(0, Math.min(limit.toNanos(), callTimeout.toNanos()));
    try {
      Effect.Result result = answer.get(limitNs, TimeUnit.NANOSECONDS);
      if (result instanceof Node.Closed) {
        throw new ClosedException(who);
      }
      return result;
    } catch (InterruptedException e) {
      throw InterruptedCallException.restoring(what, e);
    } catch (TimeoutException _) {
      throw new CallTimeoutException(
          "%s: no answer within %d ms".formatted(what, TimeUnit.NANOSECONDS.toMillis(limitNs)));
    } catch (ExecutionException e) {
      throw new IllegalStateException("an answer is never completed with a failure", e);
    }
  }

  /// Asks the engine without waiting; the answer comes on the node's thread.
  void submit(LongFunction<? extends Input.Request> request, Consumer<Effect.Result> onResult) {
    try {
      node.submit(request.apply(node.newRequestId()), onResult);
    } catch (NodeClosedException _) {
      throw new ClosedException(who);
    }
  }

  /// Says farewell to the registrars and ends the event loop.
  void shutdown(LongFunction<? extends Input.Request> request) {
    try {
      call(request, who + " shutdown", SHUTDOWN_TIMEOUT);
    } catch (RSerPoolException _) {
      // Gone already, or too slow: either way the node is closed next.
    } finally {
      close();
    }
  }

  @Override
  public void close() {
    node.close();
  }
}

package io.rserpool.gateway.call;

import io.rserpool.client.CallTimeoutException;
import io.rserpool.client.ClosedException;
import io.rserpool.client.InterruptedCallException;
import io.rserpool.client.NoRegistrarException;
import io.rserpool.client.RSerPoolException;
import io.rserpool.client.UnknownPoolException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/// Calls of the client library within a limit of their own, and with the exceptions that users of
/// sockets expect.
final class Bounded {

  private Bounded() {}

  /// Asks, for at most so long.
  ///
  /// @throws SocketTimeoutException if there was no answer in time
  static <T> T ask(String what, Duration limit, Supplier<T> question) throws IOException {
    CompletableFuture<T> answer = new CompletableFuture<>();
    Thread asking =
        Thread.ofVirtual()
            .name("rserpool-gateway-ask")
            .start(() -> {
              try {
                answer.complete(question.get());
              } catch (RuntimeException e) {
                // Whatever it is, somebody waits for it.
                answer.completeExceptionally(e);
              }
            });
    try {
      return answer.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException _) {
      asking.interrupt();
      throw new SocketTimeoutException(
          what + ": no answer of a registrar within " + limit.toMillis() + " ms");
    } catch (InterruptedException _) {
      asking.interrupt();
      Thread.currentThread().interrupt();
      throw new InterruptedIOException(what + ": interrupted");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownPoolException unknown) {
        throw unknown;
      }
      throw switch (e.getCause()) {
        case RSerPoolException failure -> translate(what, failure);
        case RuntimeException other -> new IOException(what + ": " + other.getMessage(), other);
        case null, default -> throw new IllegalStateException("nothing else is thrown", e);
      };
    }
  }

  /// The exception of sockets that says the same.
  static IOException translate(String what, RSerPoolException failure) {
    String text = what + ": " + failure.getMessage();
    IOException translated =
        switch (failure) {
          case CallTimeoutException _ -> new SocketTimeoutException(text);
          case NoRegistrarException _, UnknownPoolException _ -> new ConnectException(text);
          case ClosedException _ -> new SocketException(text);
          case InterruptedCallException _ -> new InterruptedIOException(text);
          case RSerPoolException other -> new IOException(text, other);
        };
    if (translated.getCause() == null) {
      translated.initCause(failure);
    }
    return translated;
  }
}

package io.rserpool.grpc;

import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One attempt of a repeated call. What it hears it hands on, in the order of the whole call.
final class Trial<Q, R> extends ClientCall.Listener<R> {

  private final RepeatedCall<Q, R> whole;
  private final Attempt attempt;
  private final ClientCall<Q, R> call;
  private @Nullable Metadata heardHeaders;

  /// Whether another attempt stands in for it.
  private boolean isReplaced;

  /// @param triedBefore the elements of earlier attempts
  /// @param newCall makes the attempt's call
  Trial(
      RepeatedCall<Q, R> whole,
      List<Candidate> triedBefore,
      Function<Attempt, ClientCall<Q, R>> newCall) {
    this.whole = whole;
    attempt = new Attempt(triedBefore, () -> whole.run(() -> whole.replace(this)));
    call = newCall.apply(attempt);
  }

  void start(Metadata headers, boolean isCompressed, int requested, List<Q> request) {
    Metadata own = new Metadata();
    own.merge(headers);
    call.start(this, own);
    call.setMessageCompression(isCompressed);
    if (requested > 0) {
      call.request(requested);
    }
    request.forEach(call::sendMessage);
    call.halfClose();
  }

  ClientCall<Q, R> call() {
    return call;
  }

  boolean isReplaced() {
    return isReplaced;
  }

  void replaced() {
    isReplaced = true;
  }

  /// Where it was sent, if it was.
  List<Candidate> element() {
    return attempt.element();
  }

  /// What the server said before its first message.
  @Nullable Metadata heardHeaders() {
    return heardHeaders;
  }

  /// Nobody waits for it any more.
  void end() {
    attempt.end();
  }

  void abandon() {
    end();
    call.cancel("another attempt of the same call has answered", null);
  }

  @Override
  public void onHeaders(Metadata headers) {
    whole.run(() -> heardHeaders = headers);
  }

  @Override
  public void onMessage(R message) {
    whole.run(() -> whole.message(this, message));
  }

  @Override
  public void onClose(Status status, Metadata trailers) {
    whole.run(() -> whole.closed(this, status, trailers));
  }
}

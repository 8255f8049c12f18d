package io.rserpool.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

class RepeatedCallTest {

  /// One attempt as the channel sees it.
  private static final class Sent extends ClientCall<String, String> {
    private final CallOptions options;
    private final List<String> messages = new ArrayList<>();
    private Listener<String> listener;
    private Metadata headers;
    private int requested;
    private volatile boolean isClosed;
    private volatile boolean isCancelled;

    Sent(CallOptions options) {
      this.options = options;
    }

    @Override
    public void start(Listener<String> newListener, Metadata newHeaders) {
      listener = newListener;
      headers = newHeaders;
    }

    @Override
    public void request(int messageCount) {
      requested += messageCount;
    }

    @Override
    public void cancel(String message, Throwable cause) {
      isCancelled = true;
    }

    @Override
    public void halfClose() {
      isClosed = true;
    }

    @Override
    public void sendMessage(String message) {
      messages.add(message);
    }

    void answers(String message) {
      listener.onHeaders(new Metadata());
      listener.onMessage(message);
      ends(Status.OK);
    }

    void ends(Status status) {
      listener.onClose(status, new Metadata());
    }

    /// Its element is removed.
    void loses() {
      options.getOption(Attempt.KEY).gone();
    }
  }

  /// A channel that keeps what it is given.
  private static final class Wire extends Channel {
    private final List<Sent> sent = Collections.synchronizedList(new ArrayList<>());

    @Override
    @SuppressWarnings("unchecked") // All methods here speak texts.
    public <Q, R> ClientCall<Q, R> newCall(MethodDescriptor<Q, R> method, CallOptions options) {
      Sent call = new Sent(options);
      sent.add(call);
      return (ClientCall<Q, R>) call;
    }

    @Override
    public String authority() {
      return "EchoPool";
    }
  }

  /// What the application hears.
  private static final class Heard extends ClientCall.Listener<String> {
    private final List<String> all = Collections.synchronizedList(new ArrayList<>());

    @Override
    public void onHeaders(Metadata headers) {
      all.add("headers");
    }

    @Override
    public void onMessage(String message) {
      all.add(message);
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      all.add(status.getCode().name());
    }
  }

  private final Wire wire = new Wire();
  private final Heard heard = new Heard();

  private ClientCall<String, String> call() {
    return call(FailoverOptions.defaults(), Echo.SAY, CallOptions.DEFAULT);
  }

  private ClientCall<String, String> call(
      FailoverOptions failover, MethodDescriptor<String, String> method, CallOptions options) {
    ClientCall<String, String> call =
        ClientInterceptors.intercept(wire, new FailoverInterceptor(failover))
            .newCall(method, options);
    Metadata headers = new Metadata();
    headers.put(Metadata.Key.of("who", Metadata.ASCII_STRING_MARSHALLER), "me");
    call.start(heard, headers);
    call.request(2);
    call.sendMessage("hello");
    call.halfClose();
    return call;
  }

  /// An attempt, once it is made: some are made by a thread of the call's own.
  private Sent sent(int index) {
    Load.await(
        () -> wire.sent.size() > index && wire.sent.get(index).isClosed, "attempt " + (index + 1));
    return wire.sent.get(index);
  }

  /// That thread may be the one that passes the answer on, too.
  private void assertHeard(String... parts) {
    Load.await(() -> heard.all.size() >= parts.length, String.join(", ", parts));
    assertThat(heard.all).containsExactly(parts);
  }

  @Test
  void aCallThatIsAnsweredIsSentOnce() {
    call();
    sent(0).answers("yes");
    assertThat(wire.sent).hasSize(1);
    assertThat(sent(0).messages).containsExactly("hello");
    assertThat(sent(0).requested).isEqualTo(2);
    assertThat(sent(0).isClosed).isTrue();
    assertHeard("headers", "yes", "OK");
  }

  @Test
  void anUnavailableElementIsFollowedByAnotherWithTheSameRequest() {
    call();
    sent(0).ends(Status.UNAVAILABLE);
    assertThat(wire.sent).hasSize(2);
    assertThat(sent(1).messages).containsExactly("hello");
    assertThat(sent(1).requested).isEqualTo(2);
    assertThat(sent(1).headers.keys()).containsExactly("who");
    sent(1).answers("yes");
    assertHeard("headers", "yes", "OK");
  }

  @Test
  void headersAloneAreNoAnswer() {
    call();
    sent(0).listener.onHeaders(new Metadata());
    sent(0).ends(Status.UNAVAILABLE);
    sent(1).answers("yes");
    assertHeard("headers", "yes", "OK");
  }

  @Test
  void afterTheSecondAttemptThereArePausesButNoEnd() {
    call();
    for (int i = 0; i < 5; i++) {
      sent(i).ends(Status.UNAVAILABLE);
    }
    sent(5).answers("yes");
    assertHeard("headers", "yes", "OK");
  }

  @Test
  void impatienceLetsTheFirstFailureThrough() {
    call(FailoverOptions.defaults().withPatience(Duration.ZERO), Echo.SAY, CallOptions.DEFAULT);
    sent(0).ends(Status.UNAVAILABLE);
    assertThat(wire.sent).hasSize(1);
    assertHeard("UNAVAILABLE");
  }

  @Test
  void anyOtherFailureIsTheServersAnswer() {
    call();
    sent(0).ends(Status.INVALID_ARGUMENT);
    assertThat(wire.sent).hasSize(1);
    assertHeard("INVALID_ARGUMENT");
  }

  @Test
  void whatMustNotBeRepeatedPassesThrough() {
    call(FailoverOptions.defaults(), Echo.ONCE, CallOptions.DEFAULT);
    assertThat(sent(0).options.getOption(Attempt.KEY)).isNull();
    sent(0).ends(Status.UNAVAILABLE);
    assertThat(wire.sent).hasSize(1);
    assertHeard("UNAVAILABLE");
  }

  @Test
  void whenAnElementIsRemovedAnotherIsAskedAndTheFirstAnswerCounts() {
    call();
    sent(0).loses();
    sent(0).loses();
    assertThat(wire.sent).hasSize(2);
    assertThat(sent(0).isCancelled).isFalse();
    sent(1).answers("from the second");
    assertThat(sent(0).isCancelled).isTrue();
    sent(0).answers("from the first");
    assertHeard("headers", "from the second", "OK");
  }

  @Test
  void anElementThatLeavesInOrderMayStillAnswer() {
    call();
    sent(0).loses();
    sent(0).answers("from the first");
    assertThat(sent(1).isCancelled).isTrue();
    assertHeard("headers", "from the first", "OK");
  }

  @Test
  void theAttemptAfterARemovalMayFailAsWell() {
    call();
    sent(0).loses();
    sent(1).ends(Status.UNAVAILABLE);
    sent(2).answers("yes");
    assertHeard("headers", "yes", "OK");
  }

  @Test
  void noMoreThanThreeAttemptsAreWaitedFor() {
    call();
    sent(0).loses();
    sent(1).loses();
    sent(2).loses();
    assertThat(wire.sent).hasSize(4);
    assertThat(sent(0).isCancelled).isTrue();
    assertThat(sent(1).isCancelled).isFalse();
    sent(3).answers("yes");
    assertHeard("headers", "yes", "OK");
  }

  @Test
  void aSlowElementIsFollowedByAnotherIfWished() {
    call(
        FailoverOptions.defaults().withNextElementAfter(Duration.ofMillis(20)),
        Echo.SAY,
        CallOptions.DEFAULT);
    sent(1).answers("from the second");
    assertHeard("headers", "from the second", "OK");
    assertThat(sent(0).isCancelled).isTrue();
  }

  @Test
  void aStreamIsRepeatedUntilItsFirstMessageOnly() {
    ClientCall<String, String> call =
        call(FailoverOptions.defaults(), Echo.SPELL, CallOptions.DEFAULT);
    sent(0).ends(Status.UNAVAILABLE);
    sent(1).listener.onHeaders(new Metadata());
    sent(1).listener.onMessage("a");
    call.request(7);
    assertThat(sent(1).requested).isEqualTo(9);
    sent(1).loses();
    sent(1).ends(Status.UNAVAILABLE);
    assertThat(wire.sent).hasSize(2);
    assertHeard("headers", "a", "UNAVAILABLE");
  }

  @Test
  void aCallThatIsCancelledEndsAtOnceWithAllItsAttempts() {
    ClientCall<String, String> call = call();
    sent(0).loses();
    call.cancel("enough", null);
    assertThat(wire.sent).allMatch(attempt -> attempt.isCancelled);
    sent(0).ends(Status.CANCELLED);
    sent(1).ends(Status.UNAVAILABLE);
    assertThat(wire.sent).hasSize(2);
    assertHeard("CANCELLED");
  }

  @Test
  void theCallersExecutorRunsTheCallersCodeAndNothingElse() {
    Queue<Runnable> tasks = new ArrayDeque<>();
    Executor own = tasks::add;
    call(FailoverOptions.defaults(), Echo.SAY, CallOptions.DEFAULT.withExecutor(own));
    assertThat(sent(0).options.getExecutor()).isNull();
    sent(0).ends(Status.UNAVAILABLE);
    sent(1).answers("yes");
    assertThat(heard.all).isEmpty();
    while (!tasks.isEmpty()) {
      tasks.remove().run();
    }
    assertHeard("headers", "yes", "OK");
  }
}

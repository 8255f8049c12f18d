package io.rserpool.client.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rserpool.engine.LossReason;
import io.rserpool.net.sctp.SctpOptions;
import io.rserpool.net.tls.TestScope;
import io.rserpool.net.tls.TlsCredentials;
import io.rserpool.net.tls.TlsOptions;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.Octets;
import io.rserpool.protocol.TransportUse;
import io.rserpool.protocol.asap.AsapCookie;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Channels over TLS over SCTP (RFC 3436).
@Timeout(60)
final class SctpTlsChannelTest {

  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Duration MOMENT = Duration.ofMillis(1);
  private static final List<IpAddress> HERE = List.of(IpAddress.ofBytes(new byte[] {127, 0, 0, 1}));

  /// The longest record of TLS (RFC 8446 section 5.2), with its header.
  private static final int RECORD_BYTES_MAX = 5 + (1 << 14) + 256;

  private final ToySctp stack = new ToySctp();
  private final List<UserMessage> wire = new CopyOnWriteArrayList<>();
  private final List<AutoCloseable> toClose = new ArrayList<>();

  @TempDir Path directory;
  private TestScope members;
  private TlsOptions ofElement;
  private TlsOptions ofUser;

  @BeforeEach
  void start() {
    members = new TestScope(directory);
    ofElement = members.issue("element", "e1");
    ofUser = members.issue("user", "u1");
    stack.tap(message -> {
      // A copy: whoever receives deciphers in place.
      wire.add(
          new UserMessage(message.bytes().clone(), message.payloadProtocolId(), message.stream()));
      return message;
    });
  }

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable one : toClose.reversed()) {
      one.close();
    }
    stack.close();
  }

  private <T extends AutoCloseable> T closing(T opened) {
    toClose.add(opened);
    return opened;
  }

  private ServicePort listen(TransportUse use, TlsOptions tls) throws IOException {
    return closing(stack.listen(use, HERE, tls));
  }

  private Channel call(ServicePort port, TlsOptions tls) throws IOException {
    return call(port, tls, LIMIT);
  }

  private Channel call(ServicePort port, TlsOptions tls, Duration limit) throws IOException {
    return closing(stack.call(port.address(), limit, SctpOptions.defaults(), tls));
  }

  private static UserMessage message(String text, long ppid) {
    return new UserMessage(text.getBytes(StandardCharsets.US_ASCII), ppid);
  }

  private static String text(Incoming incoming) {
    assertThat(incoming).isInstanceOf(UserMessage.class);
    return new String(((UserMessage) incoming).bytes(), StandardCharsets.US_ASCII);
  }

  @Test
  void bothSidesKnowTheOtherAndEverythingTravelsEncipheredOnOneStream() throws Exception {
    ServicePort port = listen(TransportUse.DATA_PLUS_CONTROL, ofElement);
    Channel user = call(port, ofUser);
    Channel element = closing(port.accept());
    assertThat(user.identity().name()).isEqualTo("rserpool://test/element/e1");
    assertThat(element.identity().name()).isEqualTo("rserpool://test/user/u1");
    user.send(new UserMessage("a secret word".getBytes(StandardCharsets.US_ASCII), 33, 1, true));
    UserMessage received = (UserMessage) element.receive(LIMIT);
    assertThat(text(received)).isEqualTo("a secret word");
    assertThat(received.payloadProtocolId()).isEqualTo(33);
    assertThat(received.stream()).isZero();
    AsapCookie cookie = new AsapCookie(Octets.ofUtf8("a secret cookie"));
    element.sendControl(cookie);
    assertThat(user.receive(LIMIT)).isEqualTo(new Incoming.Control(cookie));
    assertThat(wire)
        .isNotEmpty()
        .allSatisfy(sent -> {
          assertThat(sent.stream()).isZero();
          assertThat(sent.payloadProtocolId()).isEqualTo(Channel.CONTROL_PAYLOAD_PROTOCOL);
          assertThat(sent.bytes()).hasSizeLessThanOrEqualTo(RECORD_BYTES_MAX);
          assertThat(new String(sent.bytes(), StandardCharsets.ISO_8859_1))
              .doesNotContain("secret");
        });
    assertThat(stack.unordered()).isZero();
  }

  @Test
  void longMessagesBothWaysAtOnceDoNotBlockEachOther() throws Exception {
    ServicePort port = listen(TransportUse.DATA_PLUS_CONTROL, ofElement);
    Channel user = call(port, ofUser);
    Channel element = closing(port.accept());
    int[] sizes = {1, 16_383, 16_384, 16_385, 100_000, Channel.MESSAGE_BYTES_MAX};
    int rounds = 5;
    CompletableFuture<Void> there = new CompletableFuture<>();
    CompletableFuture<Void> back = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> sendAll(user, sizes, rounds, 1, there));
    Thread.ofVirtual().start(() -> sendAll(element, sizes, rounds, 2, back));
    CompletableFuture<Void> heard = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> receiveAll(element, sizes, rounds, 1, heard));
    CompletableFuture<Void> answered = new CompletableFuture<>();
    receiveAll(user, sizes, rounds, 2, answered);
    for (CompletableFuture<Void> one : List.of(there, back, heard, answered)) {
      one.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }
  }

  private static byte[] bytes(int size, long seed) {
    byte[] bytes = new byte[size];
    new SplittableRandom(seed).nextBytes(bytes);
    return bytes;
  }

  private static void sendAll(
      Channel channel, int[] sizes, int rounds, int seed, CompletableFuture<Void> end) {
    try {
      for (int i = 0; i < rounds; i++) {
        for (int size : sizes) {
          channel.send(new UserMessage(bytes(size, seed + size), size));
        }
      }
      end.complete(null);
    } catch (IOException e) {
      end.completeExceptionally(e);
    }
  }

  private static void receiveAll(
      Channel channel, int[] sizes, int rounds, int seed, CompletableFuture<Void> end) {
    try {
      for (int i = 0; i < rounds; i++) {
        for (int size : sizes) {
          UserMessage message = (UserMessage) channel.receive(LIMIT);
          assertThat(message.payloadProtocolId()).isEqualTo(size);
          assertThat(message.bytes()).isEqualTo(bytes(size, seed + size));
        }
      }
      end.complete(null);
    } catch (IOException | RuntimeException | AssertionError e) {
      end.completeExceptionally(e);
    }
  }

  @Test
  void senderWaitsForAPeerThatDoesNotReadAndStillHearsIt() throws Exception {
    ServicePort port = listen(TransportUse.DATA_PLUS_CONTROL, ofElement);
    Channel user = call(port, ofUser);
    Channel element = closing(port.accept());
    CompletableFuture<Void> end = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> sendAll(user, new int[] {64 * 1024}, 1_000, 1, end));
    while (!stack.holdsBack() && !Thread.interrupted()) {
      Thread.onSpinWait();
    }
    element.send(message("stop", 1));
    assertThat(text(user.receive(LIMIT))).isEqualTo("stop");
    assertThat(end).isNotDone();
    user.close();
    assertThatThrownBy(() -> end.get(LIMIT.toSeconds(), TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasMessageContaining("ended on this side");
  }

  @Test
  void eachSideEndsOnItsOwn() throws Exception {
    ServicePort port = listen(TransportUse.DATA_PLUS_CONTROL, ofElement);
    Channel user = call(port, ofUser);
    Channel element = closing(port.accept());
    user.send(message("question", 1));
    user.endOutput();
    assertThat(text(element.receive(LIMIT))).isEqualTo("question");
    assertThat(element.receive(LIMIT)).isEqualTo(Incoming.End.END);
    element.send(message("answer", 1));
    element.close();
    assertThat(text(user.receive(LIMIT))).isEqualTo("answer");
    assertThat(user.receive(LIMIT)).isEqualTo(Incoming.End.END);
  }

  @Test
  void endThatTlsDidNotSayIsNoEnd() throws Exception {
    ServicePort port = listen(TransportUse.DATA_PLUS_CONTROL, ofElement);
    Channel user = call(port, ofUser);
    closing(port.accept());
    stack.kill(port.address().port(), LossReason.CLOSED);
    assertThatThrownBy(() -> user.receive(LIMIT))
        .isInstanceOf(EOFException.class)
        .hasMessageContaining("TLS did not say so");
  }

  @Test
  void changedBytesEndTheConversation() throws Exception {
    ServicePort port = listen(TransportUse.DATA_PLUS_CONTROL, ofElement);
    Channel user = call(port, ofUser);
    Channel element = closing(port.accept());
    user.send(message("before", 1));
    assertThat(text(element.receive(LIMIT))).isEqualTo("before");
    stack.tap(message -> {
      byte[] changed = message.bytes().clone();
      changed[changed.length - 1] ^= 1;
      return new UserMessage(changed, message.payloadProtocolId());
    });
    user.send(message("after", 1));
    assertThatThrownBy(() -> element.receive(LIMIT)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> element.send(message("more", 1))).isInstanceOf(IOException.class);
  }

  @Test
  void serviceForDataOnlyHasNoControlChannelAndItsProtocol11IsData() throws Exception {
    ServicePort port = listen(TransportUse.DATA_ONLY, ofElement);
    Channel user = call(port, ofUser);
    Channel element = closing(port.accept());
    assertThat(user.hasControl()).isFalse();
    assertThat(element.hasControl()).isFalse();
    user.send(message("eleven", Channel.CONTROL_PAYLOAD_PROTOCOL));
    assertThat(text(element.receive(LIMIT))).isEqualTo("eleven");
    assertThatThrownBy(() -> user.sendControl(new AsapCookie(Octets.of(new byte[4]))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("data only");
  }

  @Test
  void userWhoSpeaksPlainlyIsToldThatTheServiceSpeaksTls() throws Exception {
    ServicePort port = listen(TransportUse.DATA_PLUS_CONTROL, ofElement);
    Channel data = call(port, TlsOptions.OFF);
    data.send(message("a secret word", 33));
    assertThatThrownBy(() -> data.receive(LIMIT))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("speaks TLS, but this user's sessions are plain");
    Channel control = call(port, TlsOptions.OFF);
    control.sendControl(new AsapCookie(Octets.ofUtf8("a secret cookie")));
    assertThatThrownBy(() -> control.receive(LIMIT))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("speaks TLS, but this user's sessions are plain");
  }

  @Test
  void userWhoExpectsTlsIsToldThatTheServiceIsPlain() throws Exception {
    ServicePort port = listen(TransportUse.DATA_PLUS_CONTROL, TlsOptions.OFF);
    CompletableFuture<String> complaint = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(() -> {
          try (Channel element = port.accept()) {
            complaint.complete("received " + element.receive(LIMIT));
          } catch (IOException e) {
            complaint.complete(e.getMessage());
          }
        });
    assertThatThrownBy(() -> call(port, ofUser))
        .isInstanceOf(ConnectException.class)
        .hasMessageContaining("sctp://127.0.0.1:" + port.address().port())
        .hasMessageContaining("its sessions are plain");
    assertThat(complaint.get()).contains("speaks TLS, but sessions are plain here");
  }

  @Test
  void plainServiceThatSpeaksFirstIsNotBelieved() throws Exception {
    ServicePort port = listen(TransportUse.DATA_ONLY, TlsOptions.OFF);
    Thread.ofVirtual()
        .start(() -> {
          try {
            closing(port.accept()).send(message("welcome", 7));
          } catch (IOException _) {
            // The user says what is wrong.
          }
        });
    assertThatThrownBy(() -> call(port, ofUser))
        .isInstanceOf(ConnectException.class)
        .hasMessageContaining("expected TLS, but what came is plain")
        .hasMessageContaining("payload protocol 7")
        .hasMessageNotContaining("welcome");
  }

  @Test
  void serviceThatSaysNothingIsGivenUpInTime() throws Exception {
    ServicePort port = listen(TransportUse.DATA_PLUS_CONTROL, TlsOptions.OFF);
    assertThatThrownBy(() -> call(port, ofUser, Duration.ofMillis(200)))
        .isInstanceOf(SocketTimeoutException.class)
        .hasMessageContaining("did not shake hands in time");
    assertThat(stack.openPorts()).isEqualTo(1);
  }

  @Test
  void whoIsNoElementOfThisScopeIsNotBelieved() throws Exception {
    ServicePort ofStranger =
        listen(TransportUse.DATA_ONLY, members.stranger().issue("element", "e1"));
    assertThatThrownBy(() -> call(ofStranger, ofUser)).isInstanceOf(ConnectException.class);
    ServicePort pretender = listen(TransportUse.DATA_ONLY, members.issue("user", "pretender"));
    assertThatThrownBy(() -> call(pretender, ofUser))
        .isInstanceOf(ConnectException.class)
        .hasMessageContaining("expected an element's certificate")
        .hasMessageContaining("rserpool://test/user/pretender");
  }

  @Test
  void userOfAnotherAuthorityIsNotLetIn() throws Exception {
    ServicePort port = listen(TransportUse.DATA_PLUS_CONTROL, ofElement);
    TlsOptions stranger = members.stranger().issue("user", "u1");
    assertThatThrownBy(() -> call(port, stranger)).isInstanceOf(ConnectException.class);
    Channel user = call(port, ofUser);
    user.send(message("hello", 1));
    Channel element = closing(port.accept());
    assertThat(text(element.receive(LIMIT))).isEqualTo("hello");
  }

  @Test
  void renewedCertificateIsShownToWhoeverCallsNextAndNobodyIsCutOff() throws Exception {
    Path files = directory.resolve("renewed");
    TlsOptions renewed = members.issue(files, "element", "old");
    ServicePort port = listen(TransportUse.DATA_PLUS_CONTROL, renewed);
    Channel before = call(port, ofUser);
    Channel element = closing(port.accept());
    members.issue(files, "element", "new");
    assertThat(renewed.credentials().refresh()).isInstanceOf(TlsCredentials.Change.Renewed.class);
    assertThat(call(port, members.issue("user", "u2")).identity().name()).endsWith("/new");
    before.send(message("still here", 1));
    assertThat(text(element.receive(LIMIT))).isEqualTo("still here");
    assertThat(before.identity().name()).endsWith("/old");
    assertThat(before.receive(MOMENT)).isEqualTo(Incoming.Silence.SILENCE);
  }
}

package io.rserpool.client.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rserpool.net.sctp.SctpOptions;
import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.TransportAddress.Kind;
import io.rserpool.protocol.TransportUse;
import io.rserpool.wire.session.Preamble;
import io.rserpool.wire.session.Side;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Calls between sides that do not expect each other.
@Timeout(30)
final class FramedCallTest {

  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(100);
  private static final IpAddress HOST = IpAddress.ofBytes(new byte[] {127, 0, 0, 1});

  private interface Plain {
    void serve(Socket user) throws IOException;
  }

  private ServerSocket listening;

  @BeforeEach
  void start() throws IOException {
    listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void stop() throws IOException {
    listening.close();
  }

  private AsapTransport address() {
    return new AsapTransport.Tcp(HOST, listening.getLocalPort(), TransportUse.DATA_PLUS_CONTROL);
  }

  private void serve(Plain service) {
    Thread.ofVirtual()
        .start(() -> {
          try (Socket user = listening.accept()) {
            service.serve(user);
          } catch (IOException _) {
            // The user is gone.
          }
        });
  }

  @Test
  void serviceThatSendsBackWhatItGetsIsNotTakenForAFramedOne() {
    serve(user -> user.getInputStream().transferTo(user.getOutputStream()));
    assertThatThrownBy(() -> Channels.open(address(), LIMIT))
        .isExactlyInstanceOf(IOException.class)
        .hasMessageContaining("tcp://127.0.0.1:" + listening.getLocalPort())
        .hasMessageContaining("this side's own came back");
  }

  @Test
  void serviceThatSaysSomethingElseIsNamedByIt() {
    serve(user -> {
      user.getOutputStream().write("220 mail.example ESMTP".getBytes(StandardCharsets.US_ASCII));
      user.getInputStream().transferTo(OutputStream.nullOutputStream());
    });
    assertThatThrownBy(() -> Channels.open(address(), LIMIT))
        .isExactlyInstanceOf(IOException.class)
        .hasMessageContaining("the stream begins with 220 mail");
  }

  @Test
  void serviceThatSaysNothingIsGivenUpInTime() {
    assertThatThrownBy(() -> Channels.open(address(), SHORT))
        .isInstanceOf(SocketTimeoutException.class)
        .hasMessageContaining("it is frozen, or speaks without it");
  }

  @Test
  void portWhereNobodyIsLetInIsAsIfNobodyListened() throws IOException {
    serve(Socket::close);
    assertThatThrownBy(() -> Channels.open(address(), LIMIT))
        .isInstanceOf(ConnectException.class)
        .hasMessageContaining("ended the connection");
    serve(user -> {
      user.getInputStream().readNBytes(Preamble.SIZE);
      user.setSoLinger(true, 0);
    });
    assertThatThrownBy(() -> Channels.open(address(), LIMIT)).isInstanceOf(ConnectException.class);
    listening.close();
    assertThatThrownBy(() -> Channels.open(address(), LIMIT)).isInstanceOf(ConnectException.class);
  }

  @Test
  void plainUserAtAFramedPortIsToldSoInOneSentence() throws IOException {
    try (ServicePort port =
            Channels.listen(
                Kind.TCP,
                TransportUse.DATA_PLUS_CONTROL,
                List.of(HOST),
                0,
                SctpOptions.defaults());
        Channel user = Channels.open(new AsapTransport.Tcp(HOST, port.address().port()), LIMIT);
        Channel element = port.accept()) {
      assertThat(element.hasControl()).isTrue();
      assertThatThrownBy(() -> user.receive(LIMIT))
          .isExactlyInstanceOf(IOException.class)
          .hasMessageContaining("speaks TCP with a control channel, but it is known for data only");
    }
  }

  @Test
  void preambleIsNothingButDataForAPlainServiceAndLaterInItsAnswers() throws IOException {
    byte[] preamble = Preamble.encode(Side.ELEMENT);
    try (ServicePort port = Channels.listen(Kind.TCP, List.of(HOST), 0);
        Channel user = Channels.open(port.address(), LIMIT);
        Channel element = port.accept()) {
      user.send(new UserMessage(preamble, 0));
      assertThat(((UserMessage) element.receive(LIMIT)).bytes()).isEqualTo(preamble);
      element.send(new UserMessage(new byte[1], 0));
      assertThat(((UserMessage) user.receive(LIMIT)).bytes()).hasSize(1);
      element.send(new UserMessage(preamble, 0));
      assertThat(((UserMessage) user.receive(LIMIT)).bytes()).isEqualTo(preamble);
    }
  }
}

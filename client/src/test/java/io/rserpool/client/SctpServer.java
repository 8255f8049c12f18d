package io.rserpool.client;

import io.rserpool.client.channel.Channel;
import io.rserpool.client.channel.Incoming;
import io.rserpool.client.channel.ServicePort;
import io.rserpool.client.channel.ToySctp;
import io.rserpool.client.channel.UserMessage;
import io.rserpool.engine.LossReason;
import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.Octets;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.TransportUse;
import io.rserpool.protocol.asap.AsapBusinessCard;
import io.rserpool.protocol.asap.AsapCookie;
import io.rserpool.protocol.asap.AsapCookieEcho;
import io.rserpool.protocol.asap.AsapEndpointKeepAlive;
import io.rserpool.protocol.asap.AsapEndpointKeepAliveAck;
import io.rserpool.protocol.asap.AsapMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/// An echo server over made-up SCTP. Before each answer it may send a cookie that counts.
final class SctpServer implements AutoCloseable {

  private final ToySctp stack;
  private final ServicePort port;
  private final boolean sendsCookies;
  private final int number;

  /// What came, in order: the texts of messages, `echo of ` with cookies, `end` and `loss`.
  final BlockingQueue<String> received = new LinkedBlockingQueue<>();

  /// One for each sign of life that it was asked for.
  final Semaphore keepAlives = new Semaphore(0);

  private volatile boolean isFrozen;

  /// What it sends on the control channel before it answers "odd".
  volatile List<AsapMessage> oddities = List.of();

  SctpServer(ToySctp stack, int number, boolean sendsCookies) {
    this.stack = stack;
    this.number = number;
    this.sendsCookies = sendsCookies;
    try {
      port = stack.listen(List.of(IpAddress.ofBytes(new byte[] {127, 0, 0, 1})), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return port.address().port();
  }

  PoolElement register(Scope scope, PoolHandle handle, TransportUse use) {
    AsapTransport.Sctp own = (AsapTransport.Sctp) port.address();
    return PoolElement.register(
        scope,
        Registration.builder(handle, new AsapTransport.Sctp(own.addresses(), own.port(), use))
            .elementId(ElementId.of(number))
            .build());
  }

  private void accept() {
    try {
      while (true) {
        Channel user = port.accept();
        Thread.ofVirtual().start(() -> serve(user));
      }
    } catch (IOException _) {
      // No longer listening.
    }
  }

  private void serve(Channel user) {
    try (user) {
      int count = 0;
      while (true) {
        Incoming incoming = user.receive(Channel.FOREVER);
        while (isFrozen) {
          LockSupport.park();
        }
        switch (incoming) {
          case UserMessage message -> {
            String text = new String(message.bytes(), StandardCharsets.US_ASCII);
            received.add(text);
            if (sendsCookies) {
              user.sendControl(new AsapCookie(Octets.ofUtf8(number + "/" + ++count)));
            }
            for (AsapMessage odd : text.equals("odd") ? oddities : List.<AsapMessage>of()) {
              user.sendControl(odd);
            }
            if (text.equals("bye")) {
              return;
            }
            if (!text.equals("hush")) {
              user.send(message);
            }
          }
          case Incoming.Control(AsapCookieEcho echo) ->
              received.add(
                  "echo of " + new String(echo.cookie().toBytes(), StandardCharsets.US_ASCII));
          case Incoming.Control(AsapEndpointKeepAlive question) -> {
            user.sendControl(new AsapEndpointKeepAliveAck(question.handle(), ElementId.of(number)));
            keepAlives.release();
          }
          case Incoming.Control(AsapBusinessCard card) -> received.add("card of " + card.handle());
          case Incoming.Control _, Incoming.Silence _ -> {
            // Nothing to be done.
          }
          case Incoming.End _ -> {
            received.add("end");
            return;
          }
        }
      }
    } catch (IOException _) {
      received.add("loss");
    }
  }

  /// Goes on accepting, but reads nothing any more.
  void freeze() {
    isFrozen = true;
  }

  /// Accepts nobody any more; present users are served.
  void stopListening() {
    port.close();
  }

  void kill() {
    stack.kill(port(), LossReason.RESET);
  }

  @Override
  public void close() {
    port.close();
  }
}

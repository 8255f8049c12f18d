package io.rserpool.client;

import io.rserpool.client.channel.Channel;
import io.rserpool.client.channel.Channels;
import io.rserpool.client.channel.Incoming;
import io.rserpool.client.channel.ServicePort;
import io.rserpool.client.channel.ToySctp;
import io.rserpool.client.channel.UserMessage;
import io.rserpool.engine.LossReason;
import io.rserpool.net.sctp.SctpOptions;
import io.rserpool.net.tls.TlsOptions;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.Octets;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.TransportAddress;
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
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/// An echo server with a control channel, over TCP or made-up SCTP. Before each answer it may send
/// a cookie that counts.
final class ControlServer implements AutoCloseable {

  private static final List<IpAddress> HERE = List.of(IpAddress.ofBytes(new byte[] {127, 0, 0, 1}));

  private final ServicePort port;
  private final Runnable death;
  private final boolean sendsCookies;
  private final int number;
  private final Set<Channel> users = ConcurrentHashMap.newKeySet();

  /// What came, in order: the texts of messages, `echo of ` with cookies, `end` and `loss`.
  final BlockingQueue<String> received = new LinkedBlockingQueue<>();

  /// One for each sign of life that it was asked for.
  final Semaphore keepAlives = new Semaphore(0);

  private volatile boolean isFrozen;
  private volatile boolean isKilled;

  /// What it sends on the control channel before it answers "odd".
  volatile List<AsapMessage> oddities = List.of();

  private ControlServer(ServicePort port, Runnable death, int number, boolean sendsCookies) {
    this.port = port;
    this.death = death;
    this.number = number;
    this.sendsCookies = sendsCookies;
  }

  static ControlServer overSctp(ToySctp stack, int number, boolean sendsCookies) {
    return overSctp(stack, number, sendsCookies, TlsOptions.OFF);
  }

  static ControlServer overSctp(ToySctp stack, int number, boolean sendsCookies, TlsOptions tls) {
    try {
      ServicePort port = stack.listen(TransportUse.DATA_PLUS_CONTROL, HERE, tls);
      int own = port.address().port();
      return new ControlServer(port, () -> stack.kill(own, LossReason.RESET), number, sendsCookies)
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ControlServer overTcp(int number, boolean sendsCookies) {
    return listening(number, sendsCookies, TlsOptions.OFF).start();
  }

  static ControlServer overTls(int number, boolean sendsCookies, TlsOptions tls) {
    return listening(number, sendsCookies, tls).start();
  }

  /// Frozen from the start, so that only its system lets users in.
  static ControlServer frozenOverTcp(int number) {
    return listening(number, false, TlsOptions.OFF);
  }

  private static ControlServer listening(int number, boolean sendsCookies, TlsOptions tls) {
    try {
      ServicePort port =
          Channels.listen(
              TransportAddress.Kind.TCP,
              TransportUse.DATA_PLUS_CONTROL,
              HERE,
              0,
              SctpOptions.defaults(),
              tls);
      return new ControlServer(port, () -> {}, number, sendsCookies);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ControlServer start() {
    Thread.ofVirtual().start(this::accept);
    return this;
  }

  PoolElement register(Scope scope, PoolHandle handle) {
    return PoolElement.register(
        scope,
        Registration.builder(handle, port.address()).elementId(ElementId.of(number)).build());
  }

  private void accept() {
    try {
      while (true) {
        Channel user = port.accept();
        users.add(user);
        if (isKilled) {
          user.abort();
        }
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

  /// Breaks everything, as the death of a process does.
  void kill() {
    isKilled = true;
    death.run();
    close();
  }

  @Override
  public void close() {
    port.close();
    users.forEach(Channel::abort);
  }
}

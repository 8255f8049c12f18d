package io.rserpool.client;

import io.rserpool.client.channel.Channel;
import io.rserpool.client.channel.Channels;
import io.rserpool.client.channel.Incoming;
import io.rserpool.client.channel.ServicePort;
import io.rserpool.client.channel.UserMessage;
import io.rserpool.net.sctp.SctpOptions;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.Octets;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.TransportAddress;
import io.rserpool.protocol.TransportUse;
import io.rserpool.protocol.asap.AsapCookie;
import io.rserpool.protocol.asap.AsapCookieEcho;
import io.rserpool.protocol.asap.AsapEndpointKeepAlive;
import io.rserpool.protocol.asap.AsapEndpointKeepAliveAck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;

/// An echo server over TCP with a control channel. Before each answer it sends a cookie that counts.
final class FramedServer implements AutoCloseable {

  private final ServicePort port;
  private final int number;
  private final Set<Channel> users = ConcurrentHashMap.newKeySet();
  private volatile boolean isKilled;

  /// What came, in order: the texts of messages, `echo of ` with cookies, `end` and `loss`.
  final BlockingQueue<String> received = new LinkedBlockingQueue<>();

  /// @param accepts false for a server that is frozen from the start, so that only its system lets
  ///     users in
  FramedServer(int number, boolean accepts) {
    this.number = number;
    try {
      port =
          Channels.listen(
              TransportAddress.Kind.TCP,
              TransportUse.DATA_PLUS_CONTROL,
              List.of(IpAddress.ofBytes(new byte[] {127, 0, 0, 1})),
              0,
              SctpOptions.defaults());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (accepts) {
      Thread.ofVirtual().start(this::accept);
    }
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
        switch (user.receive(Channel.FOREVER)) {
          case UserMessage message -> {
            received.add(new String(message.bytes(), StandardCharsets.US_ASCII));
            user.sendControl(new AsapCookie(Octets.ofUtf8(number + "/" + ++count)));
            user.send(message);
          }
          case Incoming.Control(AsapCookieEcho echo) ->
              received.add(
                  "echo of " + new String(echo.cookie().toBytes(), StandardCharsets.US_ASCII));
          case Incoming.Control(AsapEndpointKeepAlive question) ->
              user.sendControl(
                  new AsapEndpointKeepAliveAck(question.handle(), ElementId.of(number)));
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

  /// Accepts nobody any more; present users are served.
  void stopListening() {
    port.close();
  }

  /// Breaks everything, as the death of a process does.
  void kill() {
    isKilled = true;
    port.close();
    users.forEach(Channel::abort);
  }

  @Override
  public void close() {
    kill();
  }
}

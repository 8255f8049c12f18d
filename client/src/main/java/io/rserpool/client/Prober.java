package io.rserpool.client;

import io.rserpool.client.channel.Channel;
import io.rserpool.client.channel.Incoming;
import io.rserpool.engine.session.ProbeResult;
import io.rserpool.protocol.TransportAddress;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;

/// Looks whether an element still lets users in, by calling it and leaving at once.
final class Prober {

  /// How soon a port of SCTP that lets nobody in breaks a call off: the system behind it has
  /// answered the call already.
  private static final Duration PUT_OUT_WITHIN = Duration.ofMillis(250);

  private Prober() {}

  static ProbeResult probe(Caller caller, TransportAddress address, Duration limit) {
    Channel channel;
    try {
      channel = caller.call(address, limit);
    } catch (ConnectException _) {
      return ProbeResult.REFUSES;
    } catch (IOException _) {
      return ProbeResult.UNREACHABLE;
    }
    try {
      return channel.keepsMessages() && isBrokenOff(channel)
          ? ProbeResult.REFUSES
          : ProbeResult.ACCEPTS;
    } finally {
      channel.abort();
    }
  }

  private static boolean isBrokenOff(Channel channel) {
    try {
      return channel.receive(PUT_OUT_WITHIN) instanceof Incoming.End;
    } catch (IOException _) {
      return true;
    }
  }
}

package io.rserpool.client;

import io.rserpool.client.channel.Channel;
import io.rserpool.protocol.TransportAddress;
import java.io.IOException;
import java.time.Duration;

/// Calls elements: [io.rserpool.client.channel.Channels#open], or what stands in for it.
interface Caller {

  /// As [io.rserpool.client.channel.Channels#open].
  Channel call(TransportAddress address, Duration timeout) throws IOException;
}

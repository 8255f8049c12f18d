package io.rserpool.registrar;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.engine.Endpoint;
import io.rserpool.engine.Event;
import io.rserpool.engine.peers.PeerEvent;
import io.rserpool.net.MulticastOptions;
import io.rserpool.protocol.Profile;
import java.io.IOException;
import java.net.DatagramSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Real registrars that know nothing of each other but the multicast group, on the loopback
/// interface.
final class PresenceMulticastTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final BlockingQueue<Event> first = new LinkedBlockingQueue<>();
  private final BlockingQueue<Event> second = new LinkedBlockingQueue<>();

  private static RegistrarConfig config(int port) {
    return RegistrarConfig.defaults()
        .withProfile(Profile.RSPLIB)
        .withAsap(List.of(Endpoint.of(Endpoint.Scheme.TCP, "127.0.0.1", 0)))
        .withEnrp(List.of(Endpoint.of(Endpoint.Scheme.TCP, "127.0.0.1", 0)))
        .withPresenceMulticast(
            new MulticastOptions(true, MulticastOptions.PRESENCE_GROUP, port, "lo", 0));
  }

  private static int freePort() throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      return socket.getLocalPort();
    }
  }

  private static <E extends Event> E await(BlockingQueue<Event> events, Class<E> kind)
      throws InterruptedException {
    for (Event event = next(events); event != null; event = next(events)) {
      if (kind.isInstance(event)) {
        return kind.cast(event);
      }
    }
    throw new AssertionError("no " + kind.getSimpleName() + " within " + PATIENCE);
  }

  private static Event next(BlockingQueue<Event> events) throws InterruptedException {
    return events.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  @Test
  void registrarsFindEachOtherAndTheSecondHasTheFirstAsItsMentor() throws Exception {
    int port = freePort();
    try (Registrar one = Registrar.start(config(port), first::add)) {
      PeerEvent.Synchronised alone = await(first, PeerEvent.Synchronised.class);
      assertThat(alone.mentor().isNone()).isTrue();
      try (Registrar other = Registrar.start(config(port), second::add)) {
        PeerEvent.Synchronised synchronised = await(second, PeerEvent.Synchronised.class);
        assertThat(synchronised.mentor()).isEqualTo(one.id());
        assertThat(await(first, PeerEvent.Found.class).peer()).isEqualTo(other.id());
      }
    }
  }
}

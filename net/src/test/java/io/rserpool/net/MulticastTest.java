package io.rserpool.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rserpool.engine.Effect;
import io.rserpool.engine.Event;
import io.rserpool.engine.Input;
import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.asap.AsapServerAnnounce;
import java.net.DatagramSocket;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class MulticastTest {

  private static final AsapServerAnnounce ANNOUNCE =
      new AsapServerAnnounce(
          ServerId.of(5), List.of(new AsapTransport.Tcp(new IpAddress.V4(0x7f000001), 3_863)));

  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

  private Node start(RecordingEngine engine, MulticastOptions multicast) {
    return Node.start(
        engine,
        Profile.STANDARD,
        NodeOptions.defaults("multicast").withMulticast(multicast),
        events::add);
  }

  private static int freePort() throws Exception {
    try (DatagramSocket socket = new DatagramSocket()) {
      return socket.getLocalPort();
    }
  }

  @Test
  void anAnnouncementReachesAllNodesOfTheGroup() throws Exception {
    MulticastOptions loopback =
        new MulticastOptions(true, MulticastOptions.RSPLIB_GROUP, freePort(), "lo", 0);
    RecordingEngine one = new RecordingEngine();
    RecordingEngine other = new RecordingEngine();
    try (Node announcing = start(one, loopback);
        Node _ = start(other, loopback)) {
      // Joining is asynchronous and datagrams may be lost: announce as registrars do, again and
      // again.
      Input.AnnouncementReceived heard = null;
      for (int i = 0; heard == null && i < 200; i++) {
        RecordingEngine.carryOut(announcing, new Effect.Announce(ANNOUNCE));
        if (other.inputs.poll(100, TimeUnit.MILLISECONDS)
            instanceof Input.AnnouncementReceived received) {
          heard = received;
        }
      }
      assertThat(heard).as("events: %s", events).isNotNull();
      assertThat(heard.announce()).isEqualTo(ANNOUNCE);
      one.await(Input.AnnouncementReceived.class);
    }
  }

  @Test
  void anInterfaceThatIsNotThereIsToldAndTheNodeGoesOn() throws Exception {
    RecordingEngine engine = new RecordingEngine();
    try (Node node =
        start(
            engine, new MulticastOptions(true, MulticastOptions.IANA_GROUP, 3_863, "nosuch0", 1))) {
      Event event = events.poll(RecordingEngine.PATIENCE_S, TimeUnit.SECONDS);
      assertThat(event.describe())
          .isEqualTo(
              "group=224.0.1.185:3863 multicast is off:"
                  + " there is no network interface 'nosuch0'");
      RecordingEngine.carryOut(node, new Effect.Announce(ANNOUNCE));
      engine.await(RecordingEngine.Do.class);
    }
  }

  @Test
  void theGroupIsAMulticastAddress() {
    assertThatThrownBy(() -> new MulticastOptions(true, "10.0.0.1", 1, "", 1))
        .hasMessage("a multicast group is an address such as 224.0.1.185, but this is '10.0.0.1'");
  }

  @Test
  void eachProfileHasItsGroup() {
    assertThat(MulticastOptions.of(Profile.STANDARD).group()).isEqualTo("224.0.1.185");
    assertThat(MulticastOptions.of(Profile.RSPLIB).group()).isEqualTo("239.0.0.50");
  }
}

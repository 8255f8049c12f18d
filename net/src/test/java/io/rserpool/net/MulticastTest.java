package io.rserpool.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rserpool.engine.AssociationKind;
import io.rserpool.engine.Effect;
import io.rserpool.engine.Endpoint;
import io.rserpool.engine.Endpoint.Scheme;
import io.rserpool.engine.Event;
import io.rserpool.engine.Input;
import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.ServerInformation;
import io.rserpool.protocol.asap.AsapServerAnnounce;
import io.rserpool.protocol.enrp.EnrpPresence;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class MulticastTest {

  private static final AsapServerAnnounce ANNOUNCE =
      new AsapServerAnnounce(
          ServerId.of(5), List.of(new AsapTransport.Tcp(new IpAddress.V4(0x7f000001), 3_863)));

  private static final EnrpPresence PRESENCE =
      new EnrpPresence(
          ServerId.of(5),
          ServerId.NONE,
          true,
          0xffff,
          new ServerInformation(
              ServerId.of(5), List.of(new AsapTransport.Tcp(new IpAddress.V4(0), 9_901))));

  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

  private Node start(RecordingEngine engine, MulticastOptions multicast) {
    return start(engine, multicast, MulticastOptions.OFF);
  }

  private Node start(RecordingEngine engine, MulticastOptions asap, MulticastOptions enrp) {
    return Node.start(
        engine,
        Profile.STANDARD,
        NodeOptions.defaults("multicast").withMulticast(asap).withPresenceMulticast(enrp),
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
  void aPresenceReachesAllNodesOfTheRegistrarsGroupAndNobodyElse() throws Exception {
    MulticastOptions asap =
        new MulticastOptions(true, MulticastOptions.RSPLIB_GROUP, freePort(), "lo", 0);
    MulticastOptions enrp =
        new MulticastOptions(true, MulticastOptions.PRESENCE_GROUP, freePort(), "lo", 0);
    RecordingEngine one = new RecordingEngine();
    RecordingEngine other = new RecordingEngine();
    RecordingEngine element = new RecordingEngine();
    try (Node announcing = start(one, asap, enrp);
        Node _ = start(other, asap, enrp);
        Node _ = start(element, asap);
        DatagramSocket nobody = new DatagramSocket()) {
      Input.PresenceReceived heard = null;
      byte[] nonsense = {1, 2, 3};
      for (int i = 0; heard == null && i < 200; i++) {
        nobody.send(
            new DatagramPacket(
                nonsense, nonsense.length, InetAddress.getLoopbackAddress(), enrp.port()));
        RecordingEngine.carryOut(
            announcing, new Effect.Announce(ANNOUNCE), new Effect.AnnouncePresence(PRESENCE));
        for (Input input = other.inputs.poll(100, TimeUnit.MILLISECONDS);
            input != null;
            input = other.inputs.poll()) {
          heard = input instanceof Input.PresenceReceived received ? received : heard;
        }
      }
      assertThat(heard).as("events: %s", events).isNotNull();
      assertThat(heard.presence()).isEqualTo(PRESENCE);
      assertThat(heard.sourcePort()).isEqualTo(enrp.port());
      one.await(Input.PresenceReceived.class);
      element.await(Input.AnnouncementReceived.class);
      assertThat(element.inputs).noneMatch(Input.PresenceReceived.class::isInstance);
      assertThat(events).anyMatch(event -> event.describe().contains("announcement ignored"));
    }
  }

  @Test
  void whatIsSaidToAGroupComesFromTheAddressAtWhichTheNodeListensOverSctp() throws Exception {
    MulticastOptions asap =
        new MulticastOptions(true, MulticastOptions.RSPLIB_GROUP, freePort(), "lo", 0);
    MulticastOptions enrp =
        new MulticastOptions(true, MulticastOptions.PRESENCE_GROUP, freePort(), "lo", 0);
    int asapPort = freePort();
    RecordingEngine other = new RecordingEngine();
    try (MadeUpSctp sctp = MadeUpSctp.usable();
        Node announcing =
            Node.start(
                new RecordingEngine(),
                Profile.RSPLIB,
                NodeOptions.defaults("listening")
                    .withMulticast(asap)
                    .withPresenceMulticast(enrp)
                    .withSctpStacks(List.of(sctp)),
                events::add);
        Node _ = start(other, asap, enrp)) {
      announcing.bind(
          AssociationKind.ASAP, new Endpoint(Scheme.SCTP, List.of("::1", "127.0.0.2"), asapPort));
      announcing.bind(AssociationKind.ENRP, Endpoint.of(Scheme.SCTP, "127.0.0.3", enrp.port()));
      Input.AnnouncementReceived announce = null;
      Input.PresenceReceived presence = null;
      for (int i = 0; (announce == null || presence == null) && i < 200; i++) {
        RecordingEngine.carryOut(
            announcing, new Effect.Announce(ANNOUNCE), new Effect.AnnouncePresence(PRESENCE));
        Input input = other.inputs.poll(100, TimeUnit.MILLISECONDS);
        announce = input instanceof Input.AnnouncementReceived received ? received : announce;
        presence = input instanceof Input.PresenceReceived received ? received : presence;
      }
      assertThat(announce).as("events: %s", events).isNotNull();
      assertThat(announce.source()).isEqualTo(new IpAddress.V4(0x7f000002));
      assertThat(announce.sourcePort()).isEqualTo(asapPort);
      assertThat(presence).as("events: %s", events).isNotNull();
      assertThat(presence.source()).isEqualTo(new IpAddress.V4(0x7f000003));
      assertThat(presence.sourcePort()).isEqualTo(enrp.port());
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
    assertThat(MulticastOptions.ofPresence(Profile.RSPLIB))
        .isEqualTo(new MulticastOptions(true, "239.0.0.51", 9_901, "", 30));
    assertThat(MulticastOptions.ofPresence(Profile.STANDARD).enabled()).isFalse();
    assertThat(MulticastOptions.ofPresence(Profile.RFC).enabled()).isFalse();
  }
}

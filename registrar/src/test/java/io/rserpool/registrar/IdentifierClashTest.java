package io.rserpool.registrar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rserpool.engine.Endpoint;
import io.rserpool.engine.Event;
import io.rserpool.engine.peers.PeerEvent;
import io.rserpool.engine.registrar.RegistrarEvent;
import io.rserpool.protocol.ServerId;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What a registrar does when its engine says that a peer has its identifier.
final class IdentifierClashTest {

  private static final int PATIENCE_S = 20;
  private static final String PEER = "tcp://127.0.0.1:9";

  private final BlockingQueue<ServerId> starts = new LinkedBlockingQueue<>();

  // Both listen at two addresses each, so that all of them have to be had again.
  private static RegistrarConfig config() {
    return RegistrarConfig.defaults()
        .withAsap(List.of(Endpoint.of(Endpoint.Scheme.TCP, "localhost", 0)))
        .withEnrp(List.of(Endpoint.of(Endpoint.Scheme.TCP, "localhost", 0)));
  }

  private static Supplier<ServerId> oneAfterTheOther() {
    Iterator<Integer> numbers = IntStream.iterate(5, i -> i + 1).iterator();
    return () -> ServerId.of(numbers.next());
  }

  /// Where others call it.
  private static Endpoint local(Registrar registrar) {
    Endpoint enrp = registrar.enrp().getFirst();
    return Endpoint.of(enrp.scheme(), "localhost", enrp.port());
  }

  private void collect(Event event) {
    if (event instanceof RegistrarEvent.Started started) {
      starts.add(started.serverId());
    }
  }

  private ServerId nextStart() throws InterruptedException {
    return starts.poll(PATIENCE_S, TimeUnit.SECONDS);
  }

  private static void clash(Registrar registrar, int id) {
    registrar.observe(new PeerEvent.IdentifierClash(ServerId.of(id), PEER, true));
  }

  @Test
  void aDrawnIdentifierThatAPeerHasIsExchangedAndThePortsAreKept() throws Exception {
    try (Registrar registrar = Registrar.start(config(), oneAfterTheOther(), this::collect)) {
      List<Endpoint> asap = registrar.asap();
      List<Endpoint> enrp = registrar.enrp();
      assertThat(nextStart()).isEqualTo(ServerId.of(5));
      clash(registrar, 5);
      assertThat(nextStart()).isEqualTo(ServerId.of(6));
      assertThat(registrar.status().serverId()).isEqualTo(ServerId.of(6));
      assertThat(registrar.id()).isEqualTo(ServerId.of(6));
      assertThat(registrar.asap()).isEqualTo(asap);
      assertThat(registrar.enrp()).isEqualTo(enrp);
    }
  }

  @Test
  void twoRegistrarsThatDrewTheSameIdentifierBecomeDifferentPeers() throws Exception {
    try (Registrar first = Registrar.start(config().withId(ServerId.of(5)));
        Registrar second =
            Registrar.start(
                config().withPeers(List.of(local(first))), oneAfterTheOther(), this::collect)) {
      assertThat(nextStart()).isEqualTo(ServerId.of(5));
      assertThat(nextStart()).isEqualTo(ServerId.of(6));
      assertThat(second.status().serverId()).isEqualTo(ServerId.of(6));
      assertThat(first.status().serverId()).isEqualTo(ServerId.of(5));
    }
  }

  @Test
  void aRegistrarStopsWhenItsConfiguredIdentifierIsThatOfAPeer() {
    try (Registrar first = Registrar.start(config().withId(ServerId.of(5)));
        Registrar second =
            Registrar.start(config().withId(ServerId.of(5)).withPeers(List.of(local(first))))) {
      assertThatThrownBy(second::awaitEnd)
          .isInstanceOf(StartException.class)
          .hasMessageContaining("has the same identifier");
    }
  }

  @Test
  void aClashThatIsSeenTwiceIsMendedOnce() throws Exception {
    try (Registrar registrar = Registrar.start(config(), oneAfterTheOther(), this::collect)) {
      clash(registrar, 5);
      clash(registrar, 5);
      assertThat(nextStart()).isEqualTo(ServerId.of(5));
      assertThat(nextStart()).isEqualTo(ServerId.of(6));
      assertThat(registrar.status().serverId()).isEqualTo(ServerId.of(6));
      clash(registrar, 6);
      assertThat(nextStart()).isEqualTo(ServerId.of(7));
      assertThat(registrar.status().serverId()).isEqualTo(ServerId.of(7));
    }
  }

  @Test
  void aConfiguredIdentifierThatAPeerHasStopsTheRegistrar() {
    Registrar registrar = Registrar.start(config().withId(ServerId.of(9)));
    clash(registrar, 9);
    assertThatThrownBy(registrar::awaitEnd)
        .isInstanceOf(StartException.class)
        .hasMessageContaining("0x00000009")
        .hasMessageContaining(PEER);
    assertThatThrownBy(registrar::status).hasMessageContaining("is closed");
    registrar.close();
  }

  @Test
  void whoAlwaysMeetsItsOwnIdentifierStopsAfterSomeAttempts() throws Exception {
    try (Registrar registrar = Registrar.start(config(), oneAfterTheOther(), this::collect)) {
      for (int id = 5; id < 10; id++) {
        assertThat(nextStart()).isEqualTo(ServerId.of(id));
        // The exchange has ended once the new incarnation answers.
        assertThat(registrar.status().serverId()).isEqualTo(ServerId.of(id));
        clash(registrar, id);
      }
      assertThatThrownBy(registrar::awaitEnd)
          .isInstanceOf(StartException.class)
          .hasMessageContaining("5 identifiers");
    }
  }

  @Test
  void whoIsClosedHasEndedWell() throws Exception {
    Registrar registrar = Registrar.start(config());
    registrar.close();
    registrar.awaitEnd();
    clash(registrar, 0);
    assertThatThrownBy(registrar::status).hasMessageContaining("is closed");
  }
}

package io.rserpool.registrar;

import static io.rserpool.registrar.AttackedScope.POOL;
import static io.rserpool.registrar.AttackedScope.awaitUntil;
import static io.rserpool.registrar.AttackedScope.registration;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rserpool.engine.peers.PeerEvent;
import io.rserpool.engine.peers.PeerStatus;
import io.rserpool.net.NetEvent;
import io.rserpool.net.tls.TlsOptions;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.ServerInformation;
import io.rserpool.protocol.enrp.EnrpHandleUpdate;
import io.rserpool.protocol.enrp.EnrpInitTakeover;
import io.rserpool.protocol.enrp.EnrpPresence;
import io.rserpool.protocol.enrp.EnrpTakeoverServer;
import io.rserpool.protocol.enrp.UpdateAction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Attacks by ENRP (RFC 5355 sections 2.5 and 2.15, and as far as something is done about it 2.17).
@Timeout(60)
final class RegistrarAttacksTest {

  private static final ServerId LIAR = ServerId.of(0xbad);

  @TempDir Path directory;

  private AttackedScope scope;
  private SecureStage stage;
  private Registrar registrar;

  @BeforeEach
  void start() {
    scope = AttackedScope.start(directory);
    stage = scope.stage();
    registrar = scope.registrar();
  }

  @AfterEach
  void stop() throws Exception {
    scope.end();
  }

  private static EnrpPresence presence(ServerId sender) {
    return new EnrpPresence(sender, ServerId.NONE, false, 0, ServerInformation.NONE);
  }

  private static EnrpHandleUpdate update(
      ServerId sender, UpdateAction action, ElementId element, ServerId home) {
    PoolElementParameter entry = AttackedScope.element(element, home, Policy.RoundRobin.INSTANCE);
    return new EnrpHandleUpdate(sender, ServerId.NONE, action, false, POOL, entry);
  }

  private void tellLies(Caller liar, ServerId name) throws IOException {
    try {
      liar.say(presence(name));
      liar.say(update(name, UpdateAction.DEL_PE, scope.elementId(), registrar.id()));
      liar.say(update(name, UpdateAction.ADD_PE, ElementId.of(9), name));
    } catch (IOException _) {
      // It has hung up already.
    }
  }

  /// Registrars know where to call each other, so that any of them may take over from any other.
  @Test
  void securedRegistrarsTellEachOtherWhereTheyAre() throws Exception {
    Registrar second = stage.start(stage.config("r2").withPeers(registrar.enrp()), _ -> {});
    Registrar third = stage.start(stage.config("r3").withPeers(second.enrp()), _ -> {});
    List<Registrar> all = List.of(registrar, second, third);
    for (Registrar each : all) {
      List<String> others =
          all.stream()
              .filter(other -> other != each)
              .map(other -> "127.0.0.1:" + other.enrp().getFirst().port())
              .sorted()
              .toList();
      awaitUntil(() -> others.equals(addressesOfPeers(each)));
    }
  }

  private static List<String> addressesOfPeers(Registrar registrar) {
    return registrar.status().peers().stream()
        .flatMap(peer -> peer.addresses().stream())
        .map(address -> address.substring(address.indexOf("//") + 2))
        .sorted()
        .toList();
  }

  /// 2.5: somebody who is no registrar wants to be one, and tells lies about elements.
  @Test
  void onlyRegistrarsAreHeardAsRegistrars() throws Exception {
    for (String role : List.of("element", "user")) {
      Caller liar = stage.callAsRegistrar(registrar, stage.issue(role, "liar"));
      tellLies(liar, LIAR);
      liar.awaitEnd();
    }
    scope.assertUnharmed();
    assertThat(registrar.status().peers()).isEmpty();
  }

  /// 2.5: with a certificate that he has made himself.
  @Test
  void forgedRegistrarsAreNotLetIn() throws Exception {
    TlsOptions forged = stage.forge("registrar", "r1");
    assertThatThrownBy(() -> stage.callAsRegistrar(registrar, forged))
        .isInstanceOf(UncheckedIOException.class);
    scope.await(NetEvent.HandshakeFailed.class);
    scope.assertUnharmed();
  }

  /// 2.5: a registrar of the scope that says it is another one.
  @Test
  void aServerIdentifierBelongsToTheNameThatUsedItFirst() throws Exception {
    Registrar second = stage.start(stage.config("r2").withPeers(registrar.enrp()), _ -> {});
    awaitUntil(() -> !registrar.status().peers().isEmpty());
    Caller liar = stage.callAsRegistrar(registrar, stage.issue("registrar", "r3"));
    tellLies(liar, second.id());
    liar.awaitEnd();
    PeerEvent.Impostor impostor = scope.await(PeerEvent.Impostor.class);
    assertThat(impostor.peer()).isEqualTo(second.id());
    assertThat(impostor.identity()).contains("registrar/r3");
    assertThat(registrar.status().peers()).extracting(PeerStatus::id).containsExactly(second.id());
    scope.assertUnharmed();
  }

  /// 2.15: whoever speaks plainly is not heard at all, neither as an element nor as a registrar.
  @Test
  void nothingThatIsSaidPlainlyIsTakenIn() throws Exception {
    for (int i = 0; i < 20; i++) {
      Caller element = stage.call(registrar, TlsOptions.OFF);
      element.say(registration(ElementId.of(i + 1)));
      element.awaitEnd();
      Caller liar = stage.callAsRegistrar(registrar, TlsOptions.OFF);
      tellLies(liar, LIAR);
      liar.awaitEnd();
    }
    assertThat(scope.await(NetEvent.HandshakeFailed.class).reason()).contains("not an SSL/TLS");
    scope.assertUnharmed();
    assertThat(registrar.status().peers()).isEmpty();
  }

  /// 2.17: a registrar of the scope that has been compromised speaks of elements of others.
  @Test
  void aRegistrarSpeaksForItsOwnElementsOnly() throws Exception {
    Caller liar = stage.callAsRegistrar(registrar, stage.issue("registrar", "r3"));
    liar.say(presence(LIAR));
    liar.say(update(LIAR, UpdateAction.DEL_PE, scope.elementId(), registrar.id()));
    liar.say(update(LIAR, UpdateAction.ADD_PE, scope.elementId(), LIAR));
    PeerEvent.UpdateIgnored ignored = scope.await(PeerEvent.UpdateIgnored.class);
    assertThat(ignored.elementId()).isEqualTo(scope.elementId());
    scope.assertUnharmed();
  }

  /// 2.17: it takes over a registrar that lives. RFC 5353 section 3.5 lets that one object, and its
  /// elements stay.
  @Test
  void whoeverLivesIsNotTakenOver() throws Exception {
    Caller liar = stage.callAsRegistrar(registrar, stage.issue("registrar", "r3"));
    liar.say(presence(LIAR));
    liar.say(new EnrpInitTakeover(LIAR, ServerId.NONE, registrar.id()));
    assertThat(scope.await(PeerEvent.TakenForDead.class).by()).isEqualTo(LIAR);
    liar.say(new EnrpTakeoverServer(LIAR, ServerId.NONE, registrar.id()));
    assertThat(scope.await(PeerEvent.TakenForDead.class).done()).isTrue();
    scope.assertUnharmed();
  }
}

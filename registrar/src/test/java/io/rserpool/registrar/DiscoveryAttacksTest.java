package io.rserpool.registrar;

import static io.rserpool.registrar.AttackedScope.POOL;
import static io.rserpool.registrar.AttackedScope.awaitUntil;
import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.client.PoolElement;
import io.rserpool.client.PoolUser;
import io.rserpool.client.Registration;
import io.rserpool.client.Scope;
import io.rserpool.engine.Effect;
import io.rserpool.engine.Endpoint;
import io.rserpool.engine.peers.PeerEvent;
import io.rserpool.engine.peers.PeerStatus;
import io.rserpool.engine.user.UserEngine;
import io.rserpool.engine.user.UserRequest;
import io.rserpool.engine.user.UserResult;
import io.rserpool.engine.user.UserSettings;
import io.rserpool.net.MulticastOptions;
import io.rserpool.net.NetEvent;
import io.rserpool.net.Node;
import io.rserpool.net.NodeOptions;
import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.ServerInformation;
import io.rserpool.protocol.asap.AsapServerAnnounce;
import io.rserpool.protocol.enrp.EnrpPresence;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Discovery of registrars is spoofed or thwarted (RFC 5355 sections 2.6, 2.7 and 2.12): by forged
/// announcements to elements and users, forged presences to registrars, floods of both, and impostors at
/// addresses where registrars should be.
@Timeout(60)
final class DiscoveryAttacksTest {

  private static final IpAddress HERE = IpAddress.ofBytes(new byte[] {127, 0, 0, 1});
  private static final ServerId LIAR = ServerId.of(0xbad);

  /// More datagrams than are read in a second.
  private static final int FLOOD = 3_000;

  @TempDir Path directory;

  private final MulticastOptions announcements =
      new MulticastOptions(true, MulticastOptions.RSPLIB_GROUP, SecureStage.freePort(), "lo", 0);
  private final MulticastOptions presences =
      new MulticastOptions(true, MulticastOptions.PRESENCE_GROUP, SecureStage.freePort(), "lo", 0);

  private final Forger toUsers = new Forger(announcements);
  private final Forger toRegistrars = new Forger(presences);

  private AttackedScope scope;
  private SecureStage stage;

  @BeforeEach
  void start() {
    scope = AttackedScope.start(directory, this::inGroups);
    stage = scope.stage();
  }

  @AfterEach
  void stop() throws Exception {
    toUsers.close();
    toRegistrars.close();
    scope.end();
  }

  private RegistrarConfig inGroups(RegistrarConfig config) {
    return config.withMulticast(announcements).withPresenceMulticast(presences);
  }

  /// Impostors that answer there: one that certifies itself, one that is somebody else in the scope.
  private List<Impostor> impostors() {
    return List.of(
        stage.closing(new Impostor(stage.forge("registrar", "r1"))),
        stage.closing(new Impostor(stage.issue("element", "liar"))));
  }

  private static EnrpPresence presence(ServerId name, int port) {
    return new EnrpPresence(
        name,
        ServerId.NONE,
        true,
        0,
        new ServerInformation(name, List.of(new AsapTransport.Tcp(HERE, port))));
  }

  private void announce(int port) {
    toUsers.say(new AsapServerAnnounce(LIAR, List.of(new AsapTransport.Tcp(HERE, port))));
  }

  /// Registrars call whoever is said to be one, and do not believe him.
  @Test
  void forgedPresencesMakeNobodyAPeer() throws Exception {
    for (Impostor impostor : impostors()) {
      awaitUntil(() -> {
        toRegistrars.say(presence(LIAR, impostor.port()));
        return impostor.calls() > 0;
      });
      toRegistrars.say(presence(scope.registrar().id(), impostor.port()));
    }
    assertThat(scope.await(PeerEvent.Heard.class).peer()).isEqualTo(LIAR);
    assertThat(scope.registrar().status().peers()).isEmpty();

    // Whoever belongs to the scope is found all the same, and is not replaced by a lie.
    Registrar second = stage.start(inGroups(stage.config("r2")), _ -> {});
    awaitUntil(() -> !scope.registrar().status().peers().isEmpty());
    for (Impostor impostor : impostors()) {
      toRegistrars.say(presence(second.id(), impostor.port()));
    }
    assertThat(scope.registrar().status().peers())
        .extracting(PeerStatus::id)
        .containsExactly(second.id());
    scope.assertUnharmed();
  }

  /// Invented registrars by the thousand: only so many are called at once, and nobody waits for them.
  @Test
  void aFloodOfForgedPresencesIsBorne() throws Exception {
    Impostor impostor = impostors().getFirst();
    for (int i = 1; i <= FLOOD; i++) {
      toRegistrars.say(presence(ServerId.of(i), impostor.port()));
      toUsers.say(
          new AsapServerAnnounce(
              ServerId.of(i), List.of(new AsapTransport.Tcp(HERE, impostor.port()))));
    }
    scope.await(NetEvent.AnnouncementsDropped.class);
    scope.assertUnharmed();
    assertThat(scope.registrar().status().peers()).isEmpty();
    Registrar second = stage.start(inGroups(stage.config("r2")), _ -> {});
    awaitUntil(() -> !scope.registrar().status().peers().isEmpty());
    assertThat(second.id()).isNotEqualTo(scope.registrar().id());
    scope.assertUnharmed();
  }

  /// A user who knows no registrar hears of impostors first, and of a registrar in between.
  @Test
  void forgedAnnouncementsLeadNoUserAstray() throws Exception {
    List<Impostor> impostors = impostors();
    UserSettings settings = UserSettings.forProfile(Profile.STANDARD);
    UserSettings trusting =
        settings.toBuilder()
            .hunt(
                settings.hunt().toBuilder()
                    .trustedRegistrars(stage.issue("user", "trusting").registrars())
                    .build())
            .build();
    Node user =
        stage.closing(
            Node.start(
                new UserEngine(trusting, new SplittableRandom(1)),
                Profile.STANDARD,
                NodeOptions.defaults("user")
                    .withTls(stage.issue("user", "listener"))
                    .withMulticast(announcements),
                _ -> {}));
    CompletableFuture<Effect.Result> answer = new CompletableFuture<>();
    user.submit(new UserRequest.Resolve(user.newRequestId(), POOL, 0), answer::complete);
    for (Impostor impostor : impostors) {
      awaitUntil(() -> {
        announce(impostor.port());
        return impostor.calls() > 0 || answer.isDone();
      });
    }
    assertThat(answer.get(30, TimeUnit.SECONDS))
        .isInstanceOfSatisfying(
            UserResult.Resolved.class,
            found ->
                assertThat(found.elements())
                    .extracting(PoolElementParameter::elementId)
                    .containsExactly(scope.elementId()));
    scope.assertUnharmed();
  }

  /// Where the first registrars of a list should be, impostors answer.
  @Test
  void whoMeetsImpostorsGoesOnToARegistrar() throws Exception {
    List<Impostor> impostors = impostors();
    List<Endpoint> listed =
        List.of(
            impostors.getFirst().endpoint(),
            impostors.getLast().endpoint(),
            scope.registrar().asap().getFirst());
    PoolHandle pool = PoolHandle.of("other");
    try (PoolElement element =
            PoolElement.register(
                Scope.of(listed).withTls(stage.issue("element", "other-1")),
                Registration.of(pool, 7_778));
        PoolUser user = PoolUser.open(Scope.of(listed).withTls(stage.issue("user", "someone")))) {
      assertThat(user.resolve(pool).elements())
          .extracting(PoolElementParameter::elementId)
          .containsExactly(element.elementId());
      awaitUntil(() -> element.homeId().equals(scope.registrar().id()));
      assertThat(impostors).allMatch(impostor -> impostor.calls() > 0);
    }
    scope.assertElementStayed();
  }
}

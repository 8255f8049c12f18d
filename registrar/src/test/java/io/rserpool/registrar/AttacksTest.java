package io.rserpool.registrar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rserpool.engine.Event;
import io.rserpool.net.NetEvent;
import io.rserpool.net.tls.TlsOptions;
import io.rserpool.pki.Role;
import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.CauseCode;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.ErrorCause;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.ServerInformation;
import io.rserpool.protocol.asap.AsapDeregistration;
import io.rserpool.protocol.asap.AsapDeregistrationResponse;
import io.rserpool.protocol.asap.AsapEndpointUnreachable;
import io.rserpool.protocol.asap.AsapHandleResolution;
import io.rserpool.protocol.asap.AsapHandleResolutionResponse;
import io.rserpool.protocol.asap.AsapRegistration;
import io.rserpool.protocol.asap.AsapRegistrationResponse;
import io.rserpool.protocol.enrp.EnrpHandleUpdate;
import io.rserpool.protocol.enrp.EnrpPresence;
import io.rserpool.protocol.enrp.UpdateAction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The attacks of RFC 5355 section 2, mounted against a running registrar: they fail, and who belongs to
/// the scope is served meanwhile.
@Timeout(60)
final class AttacksTest {

  private static final PoolHandle POOL = PoolHandle.of("echo");
  private static final ElementId ELEMENT = ElementId.of(0x77);
  private static final IpAddress LOOPBACK = IpAddress.ofBytes(new byte[] {127, 0, 0, 1});

  @TempDir Path directory;

  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private SecureStage stage;
  private Registrar registrar;
  private Caller element;

  /// A registrar, and an element that is registered.
  @BeforeEach
  void start() throws IOException {
    stage = new SecureStage(directory);
    registrar = stage.start(stage.config("r1"), events::add);
    element = stage.call(registrar, stage.issue(Role.ELEMENT, "echo-1"));
    assertThat(registration(element, ELEMENT)).isEmpty();
  }

  @AfterEach
  void stop() throws Exception {
    stage.end();
  }

  private static PoolElementParameter element(ElementId id, ServerId home) {
    return new PoolElementParameter(
        id,
        home,
        60,
        new AsapTransport.Tcp(LOOPBACK, 7_777),
        Policy.RoundRobin.INSTANCE,
        AsapTransport.Absent.INSTANCE);
  }

  /// Why a registration is refused; empty if it is not.
  private static List<CauseCode> registration(Caller caller, ElementId id) throws IOException {
    caller.say(new AsapRegistration(POOL, element(id, ServerId.NONE)));
    AsapRegistrationResponse answer = caller.hear(AsapRegistrationResponse.class);
    List<CauseCode> causes = answer.causes().stream().map(ErrorCause::cause).toList();
    assertThat(answer.rejected()).isEqualTo(!causes.isEmpty());
    return causes;
  }

  private static List<CauseCode> deregistration(Caller caller, ElementId id) throws IOException {
    caller.say(new AsapDeregistration(POOL, id));
    return caller.hear(AsapDeregistrationResponse.class).causes().stream()
        .map(ErrorCause::cause)
        .toList();
  }

  private <E extends Event> E await(Class<E> kind) throws InterruptedException {
    for (Event event = next(); event != null; event = next()) {
      if (kind.isInstance(event)) {
        return kind.cast(event);
      }
    }
    throw new AssertionError("no " + kind.getSimpleName() + " came in time");
  }

  /// Ends, and lets the test fail, when its time is over.
  private static void awaitUntil(BooleanSupplier isTrue) throws InterruptedException {
    while (!isTrue.getAsBoolean()) {
      if (Thread.interrupted()) {
        throw new InterruptedException("it has not become true in time");
      }
      Thread.onSpinWait();
    }
  }

  private Event next() throws InterruptedException {
    return events.poll(20, TimeUnit.SECONDS);
  }

  /// The scope is as it was: the element is there, alone, is resolved, and may register again.
  private void assertUnharmed() throws IOException {
    assertThat(registration(element, ELEMENT)).isEmpty();
    assertThat(registrar.status().elements()).isEqualTo(1);
    Caller user = stage.call(registrar, stage.issue(Role.USER, "someone"));
    user.say(new AsapHandleResolution(POOL, false, 0));
    assertThat(user.hear(AsapHandleResolutionResponse.class).resolution())
        .isInstanceOfSatisfying(
            AsapHandleResolutionResponse.Found.class,
            found ->
                assertThat(found.elements())
                    .extracting(PoolElementParameter::elementId)
                    .containsExactly(ELEMENT));
  }

  /// 2.1, 2.2: a flood of registrations by nobody, each over an association of its own.
  @Test
  void whoProvesNothingRegistersNothing() throws Exception {
    for (int i = 0; i < 20; i++) {
      // No certificate at all is a handshake without a name: those who speak plainly are not heard.
      Caller plain = stage.call(registrar, TlsOptions.OFF);
      plain.say(new AsapRegistration(POOL, element(ElementId.of(i + 1), ServerId.NONE)));
      plain.awaitEnd();
    }
    await(NetEvent.HandshakeFailed.class);
    assertUnharmed();
  }

  /// 2.3: somebody says that he is another element.
  @Test
  void registrationBelongsToItsIdentity() throws Exception {
    Caller other = stage.call(registrar, stage.issue(Role.ELEMENT, "echo-2"));
    assertThat(registration(other, ELEMENT)).containsExactly(CauseCode.NON_UNIQUE_ELEMENT_ID);
    assertThat(deregistration(other, ELEMENT)).containsExactly(CauseCode.SECURITY);
    assertUnharmed();
    assertThat(deregistration(element, ELEMENT)).isEmpty();
  }

  /// 2.3, at another registrar of the scope.
  @Test
  void registrationBelongsToItsIdentityAtEveryRegistrar() throws Exception {
    Registrar second = stage.start(stage.config("r2").withPeers(registrar.enrp()), _ -> {});
    awaitUntil(() -> second.status().elements() > 0);
    Caller other = stage.call(second, stage.issue(Role.ELEMENT, "echo-2"));
    assertThat(registration(other, ELEMENT)).containsExactly(CauseCode.NON_UNIQUE_ELEMENT_ID);
    assertThat(deregistration(other, ELEMENT)).containsExactly(CauseCode.SECURITY);
    assertUnharmed();
    Caller itself = stage.call(second, stage.issue(Role.ELEMENT, "echo-1"));
    assertThat(registration(itself, ELEMENT)).isEmpty();
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

  /// 2.4: somebody with a certificate that does not let him.
  @Test
  void usersRegisterNothing() throws Exception {
    Caller user = stage.call(registrar, stage.issue(Role.USER, "someone"));
    assertThat(registration(user, ElementId.of(5))).containsExactly(CauseCode.SECURITY);
    assertThat(deregistration(user, ELEMENT)).containsExactly(CauseCode.SECURITY);
    assertUnharmed();
  }

  /// 2.4, by a policy that changes while the registrar runs.
  @Test
  void policyDecidesAndIsReadAgain() throws Exception {
    Path policy = directory.resolve("policy.yaml");
    Files.writeString(
        policy,
        """
        registrars: ["rserpool://test/registrar/*"]
        rules:
          - who: "rserpool://test/element/*"
            register: ["echo"]
        """);
    RegistrarConfig config = stage.config("r2");
    Registrar second =
        stage.start(config.withSecurity(config.security().withPolicy(policy)), events::add);
    Caller member = stage.call(second, stage.issue(Role.ELEMENT, "echo-3"));
    assertThat(registration(member, ELEMENT)).isEmpty();
    Files.writeString(
        policy,
        """
        registrars: ["rserpool://test/registrar/*"]
        denied: ["rserpool://test/element/echo-3"]
        rules:
          - who: "rserpool://test/element/*"
            register: ["echo"]
        """);
    member.awaitEnd();
    awaitUntil(() -> second.status().elements() == 0);
  }

  /// 2.5: somebody who is no registrar wants to be one, and tells lies about elements.
  @Test
  void onlyRegistrarsAreHeardAsRegistrars() throws Exception {
    for (Role role : List.of(Role.ELEMENT, Role.USER)) {
      Caller liar = stage.callAsRegistrar(registrar, stage.issue(role, "liar"));
      tellLies(liar);
      liar.awaitEnd();
    }
    assertUnharmed();
    assertThat(registrar.status().peers()).isEmpty();
  }

  /// 2.5: with a certificate that he has made himself.
  @Test
  void forgedRegistrarsAreNotLetIn() throws Exception {
    TlsOptions forged = stage.issue(stage.newAuthority("forger"), Role.REGISTRAR, "r1");
    assertThatThrownBy(() -> tellLies(stage.callAsRegistrar(registrar, forged)))
        .isInstanceOfAny(IOException.class, UncheckedIOException.class);
    await(NetEvent.HandshakeFailed.class);
    assertUnharmed();
  }

  private void tellLies(Caller liar) throws IOException {
    ServerId self = ServerId.of(0xbad);
    try {
      liar.say(new EnrpPresence(self, ServerId.NONE, false, 0, ServerInformation.NONE));
      liar.say(
          new EnrpHandleUpdate(
              self,
              ServerId.NONE,
              UpdateAction.DEL_PE,
              false,
              POOL,
              element(ELEMENT, registrar.id())));
      liar.say(
          new EnrpHandleUpdate(
              self,
              ServerId.NONE,
              UpdateAction.ADD_PE,
              false,
              POOL,
              element(ElementId.of(9), self)));
    } catch (IOException _) {
      // It has hung up already.
    }
  }

  /// 2.13: a flood of reports that an element is unreachable.
  @Test
  void reportsOfOneUserRemoveNobody() throws Exception {
    Caller user = stage.call(registrar, stage.issue(Role.USER, "someone"));
    for (int i = 0; i < 50; i++) {
      user.say(new AsapEndpointUnreachable(POOL, ELEMENT));
    }
    user.say(new AsapHandleResolution(POOL, false, 0));
    user.hear(AsapHandleResolutionResponse.class);
    assertUnharmed();
  }

  /// 2.8 and 2.11: what was said is not understood by who listens, and says nothing when repeated.
  @Test
  void whatWasOverheardIsOfNoUse() throws Exception {
    byte[] overheard;
    try (Eavesdropper ear = new Eavesdropper(registrar.asap().getFirst(), -1);
        Caller other = Caller.call(ear.endpoint(), stage.issue(Role.ELEMENT, "echo-2"))) {
      assertThat(registration(other, ElementId.of(2))).isEmpty();
      assertThat(deregistration(other, ElementId.of(2))).isEmpty();
      overheard = ear.heard();
    }
    assertThat(new String(overheard, StandardCharsets.ISO_8859_1))
        .doesNotContain("echo", "rserpool");
    try (Socket replayer =
        new Socket(InetAddress.ofLiteral("127.0.0.1"), registrar.asap().getFirst().port())) {
      replayer.getOutputStream().write(overheard);
      await(NetEvent.HandshakeFailed.class);
    } catch (SocketException _) {
      // It has hung up before all was said.
    }
    assertUnharmed();
  }

  /// 2.10: not one byte can be changed on the way.
  @Test
  void changedBytesEndTheAssociation() throws Exception {
    int size;
    TlsOptions other = stage.issue(Role.ELEMENT, "echo-2");
    try (Eavesdropper ear = new Eavesdropper(registrar.asap().getFirst(), -1);
        Caller caller = Caller.call(ear.endpoint(), other)) {
      size = ear.heard().length;
      assertThat(registration(caller, ElementId.of(2))).isEmpty();
      assertThat(deregistration(caller, ElementId.of(2))).isEmpty();
    }
    // Within the first message after the handshake, which is as long each time or some bytes
    // shorter.
    try (Eavesdropper ear = new Eavesdropper(registrar.asap().getFirst(), size + 40);
        Caller caller = Caller.call(ear.endpoint(), stage.issue(Role.ELEMENT, "echo-3"))) {
      assertThatThrownBy(() -> registration(caller, ElementId.of(2)))
          .isInstanceOf(IOException.class);
    }
    assertUnharmed();
  }
}

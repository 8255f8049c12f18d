package io.rserpool.registrar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rserpool.engine.Endpoint;
import io.rserpool.engine.Event;
import io.rserpool.engine.registrar.RegistrarEvent;
import io.rserpool.engine.registrar.RegistrarSetting;
import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.asap.AsapError;
import io.rserpool.protocol.asap.AsapHandleResolution;
import io.rserpool.protocol.asap.AsapHandleResolutionResponse;
import io.rserpool.protocol.asap.AsapMessage;
import io.rserpool.protocol.asap.AsapRegistration;
import io.rserpool.protocol.asap.AsapRegistrationResponse;
import io.rserpool.wire.AsapCodec;
import io.rserpool.wire.Decoded;
import io.rserpool.wire.MessageFramer;
import io.rserpool.wire.WireForm;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// A real registrar on loopback ports, spoken to in bytes.
final class RegistrarTest {

  private static final int PATIENCE_MS = 20_000;
  private static final AsapCodec CODEC = new AsapCodec(WireForm.STANDARD);
  private static final PoolHandle POOL = PoolHandle.of("echo");
  private static final IpAddress LOOPBACK = IpAddress.ofBytes(new byte[] {127, 0, 0, 1});

  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

  private static RegistrarConfig config() {
    return RegistrarConfig.defaults()
        .withAsap(List.of(Endpoint.of(Endpoint.Scheme.TCP, "127.0.0.1", 0)))
        .withEnrp(List.of(Endpoint.of(Endpoint.Scheme.TCP, "127.0.0.1", 0)));
  }

  private static Socket connect(Registrar registrar) throws IOException {
    Endpoint endpoint = registrar.asap().getFirst();
    Socket socket = new Socket();
    socket.connect(new InetSocketAddress(endpoint.hosts().getFirst(), endpoint.port()));
    socket.setSoTimeout(PATIENCE_MS);
    return socket;
  }

  private static void write(Socket socket, AsapMessage message) throws IOException {
    socket.getOutputStream().write(CODEC.encode(message));
  }

  /// The next message of that kind; keep-alives and the like before it are passed over.
  private static <M extends AsapMessage> M read(Socket socket, Class<M> kind) throws IOException {
    while (true) {
      byte[] header = socket.getInputStream().readNBytes(4);
      int size = MessageFramer.sizeOf(header, 0, MessageFramer.SIZE_MAX);
      byte[] message = Arrays.copyOf(header, size);
      System.arraycopy(socket.getInputStream().readNBytes(size - 4), 0, message, 4, size - 4);
      Decoded<AsapMessage> decoded = CODEC.decode(message, 0, size);
      assertThat(decoded).isInstanceOf(Decoded.Message.class);
      AsapMessage value = ((Decoded.Message<AsapMessage>) decoded).message();
      if (kind.isInstance(value)) {
        return kind.cast(value);
      }
    }
  }

  private static PoolElementParameter element() {
    return new PoolElementParameter(
        ElementId.of(0x77),
        ServerId.NONE,
        60,
        new AsapTransport.Tcp(LOOPBACK, 7_777),
        Policy.RoundRobin.INSTANCE,
        AsapTransport.Absent.INSTANCE);
  }

  @Test
  void anElementRegistersAndAUserFindsIt() throws Exception {
    try (Registrar registrar = Registrar.start(config(), events::add);
        Socket elementSide = connect(registrar);
        Socket userSide = connect(registrar)) {
      write(elementSide, new AsapRegistration(POOL, element()));
      AsapRegistrationResponse registered = read(elementSide, AsapRegistrationResponse.class);
      assertThat(registered.rejected()).isFalse();
      assertThat(registered.elementId()).isEqualTo(ElementId.of(0x77));
      write(userSide, new AsapHandleResolution(POOL, false, 0));
      assertThat(read(userSide, AsapHandleResolutionResponse.class).resolution())
          .isInstanceOfSatisfying(
              AsapHandleResolutionResponse.Found.class,
              found -> {
                assertThat(found.elements())
                    .extracting(PoolElementParameter::elementId)
                    .containsExactly(ElementId.of(0x77));
                assertThat(found.elements().getFirst().homeId()).isEqualTo(registrar.id());
              });
      assertThat(registrar.status().elements()).isEqualTo(1);
    }
  }

  @Test
  void aBrokenMessageIsReportedAndTheRegistrarServesOn() throws Exception {
    try (Registrar registrar = Registrar.start(config());
        Socket socket = connect(registrar)) {
      socket.getOutputStream().write(new byte[] {0x4f, 0, 0, 4});
      assertThat(read(socket, AsapError.class).causes()).hasSize(1);
      write(socket, new AsapRegistration(POOL, element()));
      assertThat(read(socket, AsapRegistrationResponse.class).rejected()).isFalse();
    }
  }

  @Test
  void theIdentifierIsRandomUnlessItIsSet() {
    try (Registrar one = Registrar.start(config());
        Registrar other = Registrar.start(config());
        Registrar named = Registrar.start(config().withId(ServerId.of(9)))) {
      assertThat(one.id()).isNotEqualTo(other.id()).isNotEqualTo(ServerId.NONE);
      assertThat(named.id()).isEqualTo(ServerId.of(9));
      assertThat(named.status().serverId()).isEqualTo(ServerId.of(9));
    }
  }

  @Test
  void theStartIsToldWithTheOverrides() throws Exception {
    RegistrarConfig config =
        config()
            .withSettings(
                config().withProfile(Profile.RFC).settings().toBuilder()
                    .set(RegistrarSetting.POOLS_MAX, 17)
                    .build());
    try (Registrar _ = Registrar.start(config, events::add)) {
      Event first = events.poll(PATIENCE_MS, TimeUnit.MILLISECONDS);
      assertThat(first).isInstanceOf(RegistrarEvent.Started.class);
      assertThat(first.describe()).contains("profile=rfc").contains("pools-max=17");
    }
  }

  @Test
  void aTakenPortIsNamedAndNothingIsLeftBehind() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 0, java.net.InetAddress.ofLiteral("127.0.0.1"))) {
      Endpoint taken = Endpoint.of(Endpoint.Scheme.TCP, "127.0.0.1", other.getLocalPort());
      assertThatThrownBy(() -> Registrar.start(config().withEnrp(List.of(taken))))
          .isInstanceOf(StartException.class)
          .hasMessageStartingWith("cannot listen at " + taken + ": another program listens there");
    }
  }

  @Test
  void aStoppedRegistrarGivesItsPortBack() throws Exception {
    Registrar first = Registrar.start(config());
    RegistrarConfig same = config().withAsap(first.asap());
    try (Socket socket = connect(first)) {
      write(socket, new AsapRegistration(POOL, element()));
      read(socket, AsapRegistrationResponse.class);
      first.close();
      first.close();
      assertThat(socket.getInputStream().readNBytes(65_536).length % 4).isZero();
      assertThatThrownBy(first::status).hasMessageContaining("is closed");
    }
    try (Registrar again = Registrar.start(same)) {
      assertThat(again.asap()).isEqualTo(first.asap());
    }
  }

  @Test
  void severalAddressesAreListenedAt() throws Exception {
    RegistrarConfig config =
        config()
            .withAsap(
                List.of(
                    Endpoint.of(Endpoint.Scheme.TCP, "localhost", 0),
                    Endpoint.of(Endpoint.Scheme.TCP, "127.0.0.2", 0),
                    Endpoint.of(Endpoint.Scheme.IN_PROCESS, "severalAddresses", 0)));
    try (Registrar registrar = Registrar.start(config)) {
      assertThat(registrar.asap()).hasSize(3).allMatch(endpoint -> endpoint.port() > 0);
    }
  }

  @Test
  void whereOthersReachItThereIsTlsOrItIsSaidThatThereIsNone() {
    RegistrarConfig exposed =
        config().withAsap(List.of(Endpoint.of(Endpoint.Scheme.TCP, "0.0.0.0", 0)));
    assertThatThrownBy(() -> Registrar.start(exposed))
        .isInstanceOf(StartException.class)
        .hasMessageContainingAll("tcp://0.0.0.0:0 without TLS", "rserpool pki", "insecure");
    try (Registrar registrar =
        Registrar.start(exposed.withSecurity(Security.NONE.allowingInsecure()))) {
      assertThat(registrar.status().elements()).isZero();
    }
  }
}

package io.rserpool.services.fractal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rserpool.client.Failover;
import io.rserpool.client.FailureSource;
import io.rserpool.client.PoolElement;
import io.rserpool.client.PoolUser;
import io.rserpool.client.Registration;
import io.rserpool.client.SessionOptions;
import io.rserpool.client.TestRegistrar;
import io.rserpool.client.UnknownPoolException;
import io.rserpool.client.host.Cookies;
import io.rserpool.client.host.HostOptions;
import io.rserpool.client.host.PayloadProtocol;
import io.rserpool.client.host.Service;
import io.rserpool.client.host.ServiceHost;
import io.rserpool.client.host.ServiceSession;
import io.rserpool.engine.session.cookie.CookieKeys;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.TransportAddress;
import io.rserpool.protocol.TransportUse;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class FractalPictureTest {

  private static final PoolHandle POOL = FractalService.POOL;
  private static final PictureRequest REQUEST =
      PictureRequest.of(200, 160).withTiles(20, 20).withMaxIterations(100).withSessions(4);

  private final List<ServiceHost> hosts = new ArrayList<>();
  private final CountDownLatch thawed = new CountDownLatch(1);
  private final CookieKeys keys = CookieKeys.create(new SecureRandom(), System.currentTimeMillis());
  private TestRegistrar registrar;
  private PoolUser user;

  @BeforeEach
  void start() {
    registrar = TestRegistrar.start();
    user = PoolUser.open(registrar.scope());
  }

  @AfterEach
  void stop() {
    thawed.countDown();
    user.close();
    hosts.forEach(ServiceHost::close);
    registrar.close();
  }

  private ServiceHost serve(int id, Service service) {
    HostOptions options = HostOptions.builder(POOL).elementId(ElementId.of(id)).build();
    ServiceHost host = ServiceHost.start(registrar.scope(), service, options);
    hosts.add(host);
    return host;
  }

  /// A service that gives its users cookies.
  private ServiceHost serveWithCookies(int id, Service service) {
    HostOptions options =
        HostOptions.builder(POOL)
            .elementId(ElementId.of(id))
            .transport(TransportAddress.Kind.TCP, TransportUse.DATA_PLUS_CONTROL)
            .cookies(Cookies.sealed(keys))
            .build();
    ServiceHost host = ServiceHost.start(registrar.scope(), service, options);
    hosts.add(host);
    return host;
  }

  /// A fractal service whose answers are spoilt.
  private record Spoilt(Spoiling spoiling) implements Service {
    interface Spoiling {
      void serve(ServiceSession session) throws IOException;
    }

    @Override
    public String label() {
      return "spoilt";
    }

    @Override
    public PayloadProtocol protocol() {
      return new FractalService().protocol();
    }

    @Override
    public void serve(ServiceSession session) throws IOException {
      spoiling.serve(session);
    }
  }

  /// Answers half a tile and then nothing, as a process that was stopped.
  private void freeze(ServiceSession session) throws IOException {
    session.receive();
    session.send(new FractalMessage.Data(0, 0, new int[100]).encode());
    try {
      thawed.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static SessionOptions options() {
    return FractalPicture.options().toBuilder().readTimeout(Duration.ofMillis(300)).build();
  }

  /// For servers that never freeze: however busy the machine is, none of them is left.
  private static SessionOptions patient() {
    return FractalPicture.options().toBuilder()
        .readTimeout(Duration.ofSeconds(50))
        .heartbeatInterval(Duration.ZERO)
        .build();
  }

  private static void assertIsRight(Picture picture) {
    int index = 0;
    for (Tile tile : picture.request().tiles()) {
      Fractal fractal = new Fractal(picture.request().parameterOf(tile));
      for (int y = 0; y < tile.height(); y++) {
        for (int x = 0; x < tile.width(); x++) {
          if (picture.valueAt(tile.x() + x, tile.y() + y) != fractal.valueAt(x, y)) {
            throw new AssertionError("wrong point %d %d of %s".formatted(x, y, tile));
          }
        }
      }
      assertThat(picture.elements().get(index++).isNone()).isFalse();
    }
  }

  @Test
  void pictureIsSharedAmongTheServers(@TempDir Path directory) throws IOException {
    serve(1, new FractalService());
    serve(2, new FractalService());
    AtomicInteger told = new AtomicInteger();
    PictureListener listener =
        new PictureListener() {
          @Override
          public void tileDone(Tile tile, ElementId element, int done, int all) {
            assertThat(done).isEqualTo(told.incrementAndGet());
            assertThat(all).isEqualTo(80);
          }
        };
    Picture picture = FractalPicture.compute(user, POOL, REQUEST, options(), listener);
    assertIsRight(picture);
    assertThat(told).hasValue(80);
    assertThat(picture.tilesByElement()).containsOnlyKeys(ElementId.of(1), ElementId.of(2));
    assertThat(picture.tilesByElement().values().stream().mapToInt(n -> n).sum()).isEqualTo(80);
    assertThat(picture.moves()).isEmpty();

    Path file = directory.resolve("picture.png");
    picture.writePng(file);
    BufferedImage image = ImageIO.read(file.toFile());
    assertThat(image.getWidth()).isEqualTo(200);
    assertThat(image.getHeight()).isEqualTo(160);
  }

  @Test
  void oneSessionDrawsManyTilesAlthoughACookieBelongsToOne() {
    AtomicInteger met = new AtomicInteger();
    Service counting =
        new Spoilt(session -> {
          met.incrementAndGet();
          new FractalService().serve(session);
        });
    serveWithCookies(1, counting);
    serveWithCookies(2, counting);
    Picture picture =
        FractalPicture.compute(user, POOL, REQUEST, patient(), PictureListener.SILENT);
    assertIsRight(picture);
    assertThat(met).hasValue(REQUEST.sessions());
  }

  @Test
  void everyTileGoesOnFromItsOwnCookieWhenItsServerFails() {
    // A tile of 5,000 points is more than 10 messages; with a cookie after each of them.
    PictureRequest two = PictureRequest.of(200, 50).withTiles(100, 50).withSessions(1);
    FractalSettings failing =
        new FractalSettings(Duration.ofSeconds(1), 1, Duration.ofSeconds(1), 8);
    for (int id = 1; id <= 3; id++) {
      serveWithCookies(id, new FractalService(failing));
    }
    List<Failover> moves = new ArrayList<>();
    PictureListener listener =
        new PictureListener() {
          @Override
          public void movedOver(int session, Failover failover) {
            moves.add(failover);
          }
        };
    SessionOptions quick = patient().toBuilder().retryDelay(Duration.ofMillis(50)).build();
    Picture picture = FractalPicture.compute(user, POOL, two, quick, listener);
    assertIsRight(picture);
    assertThat(moves).hasSizeGreaterThanOrEqualTo(2).allMatch(Failover::cookieEchoed);
  }

  @Test
  void noTileIsLostWhenServersAreKilledAndFrozenOnTheWay() {
    ServiceHost killed = serve(1, new FractalService());
    serve(2, new Spoilt(this::freeze));
    serve(3, new FractalService());
    List<Failover> moves = new ArrayList<>();
    PictureListener listener =
        new PictureListener() {
          @Override
          public void tileDone(Tile tile, ElementId element, int done, int all) {
            if (done == 10) {
              killed.close();
            }
          }

          @Override
          public void movedOver(int session, Failover failover) {
            moves.add(failover);
          }
        };
    Picture picture = FractalPicture.compute(user, POOL, REQUEST, options(), listener);
    assertIsRight(picture);
    assertThat(moves)
        .anyMatch(move ->
            move.source() == FailureSource.READ_TIMEOUT
                && move.oldElement().elementId().equals(ElementId.of(2)));
    assertThat(picture.tilesByElement()).doesNotContainKey(ElementId.of(2));
    assertThat(picture.moves())
        .allSatisfy(
            move -> assertThat(move.firstResultNs()).isGreaterThan(move.failover().noticedNs()));
  }

  @Test
  void frozenServerThatTheRegistrarRemovesIsLeftWithoutWaitingForATimeout() throws IOException {
    serve(2, new FractalService());
    List<FailureSource> sources = new ArrayList<>();
    PictureListener listener =
        new PictureListener() {
          @Override
          public void tileDone(Tile tile, ElementId element, int done, int all) {
            if (done == 60) {
              user.remove(POOL, ElementId.of(1));
            }
          }

          @Override
          public void movedOver(int session, Failover failover) {
            sources.add(failover.source());
          }
        };
    SessionOptions patient =
        FractalPicture.options().toBuilder().readTimeout(Duration.ofSeconds(50)).build();
    try (ServerSocket frozen = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        PoolElement _ =
            PoolElement.register(
                registrar.scope(),
                Registration.builder(POOL, frozen.getLocalPort())
                    .elementId(ElementId.of(1))
                    .build())) {
      Picture picture = FractalPicture.compute(user, POOL, REQUEST, patient, listener);
      assertIsRight(picture);
      assertThat(sources).isNotEmpty().containsOnly(FailureSource.PUSHED_REMOVAL);
    }
  }

  @Test
  void serverThatTalksNonsenseIsLeft() {
    serve(
        1,
        new Spoilt(session -> {
          session.receive();
          session.send(new FractalMessage.Data(7, 7, new int[300]).encode());
          session.receive();
        }));
    serve(
        2,
        new Spoilt(session -> {
          session.receive();
          session.send(FractalMessage.Data.FINALIZER.encode());
          session.receive();
        }));
    serve(3, new FractalService());
    Picture picture =
        FractalPicture.compute(user, POOL, REQUEST, options(), PictureListener.SILENT);
    assertIsRight(picture);
    assertThat(picture.tilesByElement()).containsOnlyKeys(ElementId.of(3));
    assertThat(picture.moves())
        .allMatch(move -> move.failover().source() == FailureSource.APPLICATION);
  }

  @Test
  void pictureWithoutAPoolFailsWithTheReason() {
    assertThatThrownBy(
            () -> FractalPicture.compute(user, POOL, REQUEST, options(), PictureListener.SILENT))
        .isInstanceOf(UnknownPoolException.class);
  }
}

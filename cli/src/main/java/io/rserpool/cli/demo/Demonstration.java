package io.rserpool.cli.demo;

import io.rserpool.cli.console.CommandFailure;
import io.rserpool.cli.console.Screen;
import io.rserpool.client.Failover;
import io.rserpool.client.PoolUser;
import io.rserpool.client.RSerPoolException;
import io.rserpool.client.Subscription;
import io.rserpool.protocol.ElementId;
import io.rserpool.services.fractal.FractalPicture;
import io.rserpool.services.fractal.Move;
import io.rserpool.services.fractal.Picture;
import io.rserpool.services.fractal.PictureListener;
import io.rserpool.services.fractal.PictureRequest;
import io.rserpool.services.fractal.Tile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Plays the whole piece once.
final class Demonstration implements PictureListener {
  private static final Duration LIMIT = Duration.ofSeconds(55);
  private static final Duration LAST_NEWS = Duration.ofSeconds(3);

  private final Screen screen;
  private final Path output;
  private final Papers papers;
  private final Cast cast;
  private final Chronicle chronicle;
  private final Mischief mischief;
  private final Map<ElementId, Integer> tiles = new TreeMap<>();

  private Demonstration(Screen screen, Path output, Papers papers, Cast cast) {
    this.papers = papers;
    this.screen = screen;
    this.output = output;
    this.cast = cast;
    this.chronicle = new Chronicle(cast);
    this.mischief = new Mischief(cast, chronicle, screen);
  }

  /// Plays with the given processes' help; the caller ends them.
  ///
  /// @param isSecure whether everything goes over TLS
  static void play(Children children, Screen screen, Path output, boolean isSecure) {
    long beginNs = System.nanoTime();
    Papers papers = papers(children, screen, isSecure);
    screen.say("Starting three registrars and four fractal servers, a process each ...");
    Cast cast = Cast.start(children, papers, beginNs + LIMIT.toNanos());
    screen.say(
        String.format(Locale.ROOT, "Ready after %.1f s:", (System.nanoTime() - beginNs) / 1e9));
    cast.registrars().forEach(r -> screen.say("  " + r + "  process " + r.child().process().pid()));
    cast.servers().forEach(s -> screen.say("  " + s + "  process " + s.child().process().pid()));
    new Demonstration(screen, output, papers, cast).run(beginNs + LIMIT.toNanos());
  }

  private static Papers papers(Children children, Screen screen, boolean isSecure) {
    if (!isSecure) {
      return new Papers.None();
    }
    Papers papers = children.certified();
    screen.say(
        "Made an authority for this demonstration; it issues a certificate to every process.");
    screen.say(
        "All that they say to each other goes over TLS 1.3, and both sides of every connection prove"
            + " who they are.");
    return papers;
  }

  private void run(long deadlineNs) {
    PictureRequest request = DemoPicture.request();
    CountDownLatch end = new CountDownLatch(1);
    try (PoolUser user = PoolUser.open(papers.scope(cast.addresses()));
        Subscription _ = cast.watch(user, deadlineNs, chronicle::members)) {
      screen.say("At home: " + chronicle.describeHomes());
      screen.say(
          "Computing a picture of %d x %d points through %d sessions ..."
              .formatted(request.width(), request.height(), request.sessions()));
      Thread.ofPlatform().daemon().name("limit").start(() -> limit(user, end, deadlineNs));
      Picture picture = compute(user, request);
      screen.endProgress();
      awaitLastNews();
      picture.writePng(output);
      tell(request);
    } finally {
      end.countDown();
      mischief.close();
    }
  }

  private Picture compute(PoolUser user, PictureRequest request) {
    try {
      return FractalPicture.compute(user, Cast.POOL, request, FractalPicture.options(), this);
    } catch (RSerPoolException e) {
      screen.endProgress();
      throw CommandFailure.failed("the picture is not complete: " + e.getMessage(), e);
    }
  }

  @Override
  public void tileDone(Tile tile, ElementId element, int tilesDone, int tilesAll) {
    tiles.merge(element, 1, Integer::sum);
    screen.progress((double) tilesDone / tilesAll, "%d of %d tiles".formatted(tilesDone, tilesAll));
    mischief.tileDone(element, tilesDone, tilesAll);
  }

  @Override
  public void movedOver(int session, Failover failover) {
    chronicle.movedOver(failover);
    screen.say(
        "%s  session %d goes on with %s: %s"
            .formatted(
                chronicle.clock(System.nanoTime()),
                session + 1,
                chronicle.name(failover.newElement().elementId()),
                failover.source()));
  }

  @Override
  public void firstResult(Move move) {
    chronicle.firstResult(move);
  }

  /// Ends what takes too long by closing its pool user.
  private static void limit(PoolUser user, CountDownLatch end, long deadlineNs) {
    try {
      if (!end.await(deadlineNs - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        user.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// The registrars may be a moment behind the client.
  private void awaitLastNews() {
    long deadlineNs = System.nanoTime() + LAST_NEWS.toNanos();
    try {
      while (!chronicle.isComplete() && System.nanoTime() < deadlineNs) {
        Thread.sleep(50);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void tell(PictureRequest request) {
    screen.say("");
    screen.say("What happened, and how soon it was noticed:");
    chronicle.toLines().forEach(line -> screen.say("  " + line));
    screen.say("");
    int all = tiles.values().stream().mapToInt(Integer::intValue).sum();
    screen.say("The picture is complete: %d tiles, none lost.".formatted(all));
    cast.servers()
        .forEach(s -> screen.say("  %s computed %d".formatted(s, tiles.getOrDefault(s.id(), 0))));
    screen.say(
        "Written to %s (%d x %d), each tile tinted by the server that computed it."
            .formatted(output, request.width(), request.height()));
  }
}

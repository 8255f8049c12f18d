package io.rserpool.cli.demo;

import io.rserpool.cli.console.Screen;
import io.rserpool.protocol.ElementId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// Harms three servers and a registrar while they work. The picture's progress says when. Of the
/// servers, whoever has just finished a tile is next, so that each time a session is really there; of
/// the registrars, one that is the home of a server which is left alone to the end.
final class Mischief implements AutoCloseable {

  /// One deed.
  private enum Deed {
    KILL("killed by SIGKILL"),
    KILL_REGISTRAR("killed by SIGKILL"),
    FREEZE("frozen by SIGSTOP");

    private final String text;

    Deed(String text) {
      this.text = text;
    }
  }

  /// @param atPercent of all tiles
  private record Plan(int atPercent, Deed deed) {}

  private static final List<Plan> PLANS =
      List.of(
          new Plan(15, Deed.KILL),
          new Plan(30, Deed.KILL),
          new Plan(45, Deed.KILL_REGISTRAR),
          new Plan(65, Deed.FREEZE));

  /// From here on nobody is spared any more, so that the last deed is done in any case.
  private static final int SPARED_UNTIL_PERCENT = 80;

  private final Cast cast;
  private final List<Server> unharmed;
  private final Chronicle chronicle;
  private final Screen screen;
  private final Iterator<Plan> plans = PLANS.iterator();
  private final ExecutorService hand =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("mischief").factory());
  private Plan next = plans.next();
  private boolean isDone;

  /// Whose home was killed.
  private @Nullable Server spared;

  Mischief(Cast cast, Chronicle chronicle, Screen screen) {
    this.cast = cast;
    this.unharmed = new ArrayList<>(cast.servers());
    this.chronicle = chronicle;
    this.screen = screen;
  }

  /// A server has finished a tile. Called by one thread at a time.
  void tileDone(ElementId by, int done, int all) {
    if (isDone || 100 * done < next.atPercent() * all) {
      return;
    }
    boolean isTime =
        switch (next.deed()) {
          case KILL_REGISTRAR -> {
            RegistrarChild victim = homeOfMost();
            List<Server> orphans = unharmedOf(victim);
            spared = orphans.stream().findFirst().orElse(null);
            hand.execute(() -> kill(victim, orphans));
            yield true;
          }
          case KILL, FREEZE -> harmServer(by, 100 * done >= SPARED_UNTIL_PERCENT * all);
        };
    if (isTime) {
      isDone = !plans.hasNext();
      next = isDone ? next : plans.next();
    }
  }

  private boolean harmServer(ElementId by, boolean isNobodySpared) {
    Optional<Server> victim =
        unharmed.stream()
            .filter(server -> server.id().equals(by))
            .filter(server -> isNobodySpared || !server.equals(spared))
            .findFirst();
    Deed deed = next.deed();
    victim.ifPresent(server -> {
      unharmed.remove(server);
      hand.execute(() -> harm(server, deed));
    });
    return victim.isPresent();
  }

  private RegistrarChild homeOfMost() {
    return cast.registrars().stream()
        .max(Comparator.comparingInt(registrar -> unharmedOf(registrar).size()))
        .orElseThrow();
  }

  private List<Server> unharmedOf(RegistrarChild registrar) {
    return unharmed.stream().filter(server -> chronicle.isHome(registrar, server)).toList();
  }

  private void kill(RegistrarChild victim, List<Server> orphans) {
    List<RegistrarChild> others = new ArrayList<>(cast.registrars());
    others.remove(victim);
    Loss loss = Loss.now(victim, orphans, others);
    chronicle.happened(loss);
    victim.child().kill();
    screen.say(
        "%s  %s %s, %s"
            .formatted(
                chronicle.clock(loss.atNs()), victim, Deed.KILL_REGISTRAR.text, loss.homeOf()));
  }

  private void harm(Server server, Deed deed) {
    Incident incident = Incident.now(server, deed.text);
    chronicle.happened(incident);
    boolean isHarmed =
        switch (deed) {
          case KILL, KILL_REGISTRAR -> {
            server.child().kill();
            yield true;
          }
          case FREEZE -> server.child().freeze();
        };
    screen.say(
        isHarmed
            ? chronicle.clock(incident.atNs()) + "  " + server + " " + deed.text
            : "this system cannot freeze " + server);
  }

  @Override
  public void close() {
    hand.shutdownNow();
  }
}

package io.rserpool.cli.demo;

import io.rserpool.protocol.ElementId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Harms three servers while they work: the picture's progress says when, and whoever has just
/// finished a tile is next, so that each time a session is really there.
final class Mischief implements AutoCloseable {

  /// One deed.
  private enum Deed {
    KILL("killed by SIGKILL"),
    FREEZE("frozen by SIGSTOP");

    private final String text;

    Deed(String text) {
      this.text = text;
    }
  }

  /// @param atPercent of all tiles
  private record Plan(int atPercent, Deed deed) {}

  private static final List<Plan> PLANS =
      List.of(new Plan(20, Deed.KILL), new Plan(40, Deed.KILL), new Plan(60, Deed.FREEZE));

  private final List<Server> unharmed;
  private final Chronicle chronicle;
  private final Screen screen;
  private final Iterator<Plan> plans = PLANS.iterator();
  private final ExecutorService hand =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("mischief").factory());
  private Plan next = plans.next();
  private boolean isDone;

  Mischief(List<Server> servers, Chronicle chronicle, Screen screen) {
    this.unharmed = new ArrayList<>(servers);
    this.chronicle = chronicle;
    this.screen = screen;
  }

  /// A server has finished a tile. Called by one thread at a time.
  void tileDone(ElementId by, int done, int all) {
    if (isDone || 100 * done < next.atPercent() * all) {
      return;
    }
    for (Server server : List.copyOf(unharmed)) {
      if (server.id().equals(by)) {
        Deed deed = next.deed();
        unharmed.remove(server);
        hand.execute(() -> harm(server, deed));
        isDone = !plans.hasNext();
        next = isDone ? next : plans.next();
      }
    }
  }

  private void harm(Server server, Deed deed) {
    Incident incident = Incident.now(server, deed.text);
    chronicle.happened(incident);
    boolean isHarmed =
        switch (deed) {
          case KILL -> {
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

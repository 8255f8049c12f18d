package io.rserpool.sim.check;

import io.rserpool.engine.registrar.RegistrarView;
import io.rserpool.protocol.ServerId;
import io.rserpool.sim.access.Charter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What is really the case with one registrar process, and what it believed when it was last looked
/// at.
public final class RegistrarFacts {

  private final String name;
  private final Quiet quiet;
  private final Quiet steady = new Quiet();
  private final Supplier<Optional<RegistrarView>> view;
  private final Map<ServerId, Long> deaths = new LinkedHashMap<>();
  private Map<Identity, RegistrarView.Element> known = new LinkedHashMap<>();
  private Map<Identity, RegistrarView.Element> previous = new LinkedHashMap<>();
  private Supplier<Charter> charter = () -> Charter.OPEN;
  private @Nullable RegistrarView seen;
  private long changes = -1;
  private boolean isPaused;
  private boolean serves = true;

  /// A registrar process.
  ///
  /// @param name of its process
  /// @param quiet of its machine
  /// @param view what it knows, while there is a process
  public RegistrarFacts(String name, Quiet quiet, Supplier<Optional<RegistrarView>> view) {
    this.name = name;
    this.quiet = quiet;
    this.view = view;
  }

  /// The name of its process.
  public String name() {
    return name;
  }

  /// Since when its machine is left in peace.
  public Quiet quiet() {
    return quiet;
  }

  /// The same, but that pauses of its process are not counted: what it does after one is its own doing.
  public Quiet steady() {
    return steady;
  }

  /// What it knows now, if it runs.
  public Optional<RegistrarView> view() {
    return isPaused ? Optional.empty() : view.get();
  }

  /// What it knew of elements when [#look] was called last.
  public Map<Identity, RegistrarView.Element> known() {
    return known;
  }

  /// By what it judges.
  public void charter(Supplier<Charter> newCharter) {
    charter = newCharter;
  }

  Charter charter() {
    return charter.get();
  }

  /// What has changed between the two latest calls of [#look] that returned true.
  List<Change> changes() {
    List<Change> found = new ArrayList<>();
    known.forEach((identity, element) -> {
      RegistrarView.Element before = previous.get(identity);
      if (before == null || !before.element().equals(element.element())) {
        found.add(
            new Change(identity, before == null ? null : before.element(), element.element()));
      }
    });
    previous.forEach((identity, element) -> {
      if (!known.containsKey(identity)) {
        found.add(new Change(identity, element.element(), null));
      }
    });
    return found;
  }

  /// It is paused, or goes on.
  public void paused(boolean newPaused) {
    isPaused = newPaused;
  }

  /// One of its lives has ended.
  public void died(ServerId id, long nowNs) {
    deaths.put(id, nowNs);
    serves = true;
    known = new LinkedHashMap<>();
    seen = null;
    changes = -1;
  }

  /// Whether it has this identifier, or had it in an earlier life.
  public boolean isOrWas(ServerId id) {
    return deaths.containsKey(id) || view.get().map(now -> now.id().equals(id)).orElse(false);
  }

  /// When the life with the given identifier ended.
  public Optional<Long> deathOf(ServerId id) {
    return Optional.ofNullable(deaths.get(id));
  }

  /// Looks at it again; true if its handlespace has changed.
  ///
  /// @param gone takes the elements that it knew before and does not know any more
  public boolean look(List<Observation.Gone> gone) {
    RegistrarView now = view.get().orElse(null);
    if (now == null || (now.equals(seen) && now.changes() == changes)) {
      return false;
    }
    Map<Identity, RegistrarView.Element> before = known;
    previous = known;
    seen = now;
    changes = now.changes();
    known = new LinkedHashMap<>();
    for (RegistrarView.Element element : now.elements()) {
      known.put(identity(element), element);
    }
    before.forEach((identity, element) -> {
      if (!known.containsKey(identity)) {
        gone.add(new Observation.Gone(identity, element.element().homeId()));
      }
    });
    return true;
  }

  /// Looks whether it serves; true if it did not before.
  public boolean beginsToServe() {
    boolean before = serves;
    serves = view.get().map(RegistrarView::isServing).orElse(false);
    return serves && !before;
  }

  /// Its elements now, by identity; no elements if it does not run.
  public Map<Identity, RegistrarView.Element> elements() {
    look(new ArrayList<>());
    Map<Identity, RegistrarView.Element> all = new LinkedHashMap<>();
    view().ifPresent(now -> now.elements().forEach(element -> all.put(identity(element), element)));
    return all;
  }

  private static Identity identity(RegistrarView.Element element) {
    return new Identity(element.handle(), element.element().elementId());
  }
}

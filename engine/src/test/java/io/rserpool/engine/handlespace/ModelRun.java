package io.rserpool.engine.handlespace;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.engine.Engine;
import io.rserpool.engine.policy.PolicyRules;
import io.rserpool.engine.policy.SelectionSettings;
import io.rserpool.protocol.CauseCode;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.ServerId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

/// One handlespace and its model, under the same random operations.
final class ModelRun {

  private record Expiry(long atNs, long sequence, ElementEntry<Integer> entry) {}

  private final long seed;
  private final SplittableRandom random;

  private final RandomElements elements;
  private final SelectionSettings settings;
  private final PolicyRules rules;
  private final Handlespace<Integer> real;
  private final Map<PoolHandle, NaiveHolding> model = new TreeMap<>();
  private final List<Expiry> expiries = new ArrayList<>();
  private int step;

  // What there was to compare.
  int misfits;
  int rivals;
  int followed;
  int refusals;
  int turns;
  int leaderless;

  ModelRun(long seed) {
    this.seed = seed;
    this.random = new SplittableRandom(seed);
    this.elements = new RandomElements(random, seed);
    int steps = random.nextInt(3) == 0 ? SelectionSettings.ALL : random.nextInt(3);
    this.settings = new SelectionSettings(steps, steps, steps, random.nextInt(2));
    this.rules = PolicyRules.standard(settings).with(new EvenFirst(steps));
    this.real = new Handlespace<>(rules, random.split());
  }

  private String where() {
    return "step %d of mvn -pl engine -am test -Dtest=HandlespaceModelTest -Drserpool.seed=%d"
        .formatted(step, seed);
  }

  void steps(int count) {
    for (step = 0; step < count; step++) {
      PoolHandle handle = PoolHandle.of("pool " + random.nextInt(4));
      int id = elements.id();
      boolean shrinking = step / 150 % 2 == 1;
      switch (random.nextInt(10)) {
        case 0, 1, 2 -> admit(handle, id);
        case 3 -> {
          remove(handle, id);
          if (shrinking) {
            real.elements(handle).stream().limit(3).forEach(e -> remove(handle, e.id().value()));
          }
        }
        case 4 -> changeHome(handle, id);
        case 5 -> expire(handle, id);
        default -> select(handle, random.nextInt(1, random.nextInt(5) == 0 ? 60 : 5));
      }
      if (step % 10 == 0) {
        compare();
      }
      compareRival(handle);
    }
  }

  private boolean isValid(Policy policy) {
    return rules.find(policy.type()).isPresent()
        && (!(policy instanceof Policy.Extension) || EvenFirst.makesSense(policy));
  }

  private void admit(PoolHandle handle, int id) {
    NaiveHolding pool =
        model.getOrDefault(handle, new NaiveHolding(settings.turnSteps(), this::isValid));
    Optional<PoolElementParameter> known = pool.find(id);
    PoolElementParameter element =
        random.nextInt(4) == 0 && known.isPresent() ? known.get() : elements.next(handle, id);
    Optional<CauseCode> refusal = pool.refusal(element);
    assertThat(real.refusal(handle, element).map(Admission.Refused::code))
        .describedAs(where())
        .isEqualTo(refusal);
    boolean held = random.nextBoolean();
    boolean selectable = known.isPresent() && pool.isSelectable(id);
    Admission<Integer> admission =
        held ? real.hold(handle, element, step) : real.put(handle, element, step);
    if (!held && refusal.isPresent()) {
      checkRefused(admission, refusal.get());
      if (pool.held().isEmpty()) {
        elements.forget(handle);
      }
      return;
    }
    checkAdmitted(admission, known, element);
    pool.hold(element);
    model.put(handle, pool);
    if (known.isPresent() && selectable != pool.isSelectable(id)) {
      turns++;
    }
  }

  private void checkRefused(Admission<Integer> admission, CauseCode code) {
    assertThat(admission)
        .describedAs(where())
        .isInstanceOfSatisfying(
            Admission.Refused.class, refused -> assertThat(refused.code()).isEqualTo(code));
    refusals++;
  }

  private void checkAdmitted(
      Admission<Integer> admission,
      Optional<PoolElementParameter> known,
      PoolElementParameter element) {
    switch (admission) {
      case Admission.Added<Integer>(var entry) -> {
        assertThat(known).describedAs(where()).isEmpty();
        assertThat(entry.element()).describedAs(where()).isEqualTo(element);
      }
      case Admission.Replaced<Integer>(var entry, var previous, var changed) -> {
        assertThat(previous).describedAs(where()).isEqualTo(known.orElseThrow());
        assertThat(changed).describedAs(where()).isEqualTo(!previous.equals(element));
        assertThat(entry.element()).describedAs(where()).isEqualTo(element);
      }
      case Admission.Refused<Integer> refused ->
          throw new AssertionError(where() + ": refused, " + refused.code());
    }
  }

  private void remove(PoolHandle handle, int id) {
    var entry = real.find(handle, ElementId.of(id));
    NaiveHolding pool = model.get(handle);
    assertThat(entry.isPresent())
        .describedAs(where())
        .isEqualTo(pool != null && pool.find(id).isPresent());
    if (entry.isPresent()) {
      real.remove(entry.get());
      assertThat(entry.get().isSelectable()).describedAs(where()).isFalse();
      expiries.removeIf(expiry -> expiry.entry() == entry.get());
      pool.remove(id);
      if (pool.held().isEmpty()) {
        model.remove(handle);
        elements.forget(handle);
        followed += pool.followed;
      }
    }
  }

  private void changeHome(PoolHandle handle, int id) {
    real.find(handle, ElementId.of(id))
        .ifPresent(entry -> {
          ServerId home = elements.home();
          real.changeHome(entry, home);
          model.get(handle).changeHome(id, home);
        });
  }

  private void expire(PoolHandle handle, int id) {
    real.find(handle, ElementId.of(id))
        .ifPresent(entry -> {
          expiries.removeIf(expiry -> expiry.entry() == entry);
          if (random.nextInt(5) == 0) {
            real.clearExpiry(entry);
          } else {
            long atNs = (long) step + random.nextInt(50);
            real.setExpiry(entry, atNs);
            expiries.add(new Expiry(atNs, step, entry));
          }
        });
    expiries.sort(Comparator.comparingLong(Expiry::atNs).thenComparingLong(Expiry::sequence));
    assertThat(real.nextExpiryNs())
        .describedAs(where())
        .isEqualTo(expiries.isEmpty() ? Engine.NEVER : expiries.getFirst().atNs());
    while (!expiries.isEmpty() && expiries.getFirst().atNs() <= step) {
      assertThat(real.pollExpired(step))
          .describedAs(where())
          .containsSame(expiries.removeFirst().entry());
    }
    assertThat(real.pollExpired(step)).describedAs(where()).isEmpty();
  }

  private void select(PoolHandle handle, int items) {
    NaivePool pool = model.containsKey(handle) ? model.get(handle).selected : new NaivePool(0);
    boolean drawn =
        !pool.elements.isEmpty()
            && RandomPolicies.isDrawn(pool.elements.getFirst().parameter.policy());
    if (random.nextBoolean()) {
      List<Integer> preview = ids(real.preview(handle, items));
      if (!drawn) {
        assertThat(preview).describedAs(where()).isEqualTo(pool.preview(items));
      }
    }
    List<Integer> selected = ids(real.select(handle, items));
    if (drawn) {
      checkDrawn(pool, items, selected);
    } else {
      assertThat(selected).describedAs(where()).isEqualTo(pool.select(items));
    }
  }

  /// A draw has different members of the pool, as many as there are; which ones is for statistics.
  private void checkDrawn(NaivePool pool, int items, List<Integer> selected) {
    assertThat(selected).describedAs(where()).doesNotHaveDuplicates().isNotEmpty();
    assertThat(selected).describedAs(where()).allMatch(id -> pool.find(id).isPresent());
    if (pool.elements.getFirst().parameter.policy() instanceof Policy.Random) {
      assertThat(selected).describedAs(where()).hasSize(Math.min(items, pool.elements.size()));
    }
  }

  private void compareRival(PoolHandle handle) {
    NaiveHolding pool = model.get(handle);
    ServerId own = elements.home();
    Optional<PoolElementParameter> rival = pool == null ? Optional.empty() : pool.rival(own);
    assertThat(real.rival(handle, own).map(ElementEntry::element))
        .describedAs(where())
        .isEqualTo(rival);
    rivals += rival.isPresent() ? 1 : 0;
  }

  private void compare() {
    assertThat(real.pools()).describedAs(where()).isEqualTo(List.copyOf(model.keySet()));
    List<String> all = new ArrayList<>();
    Map<ServerId, List<String>> owned = new TreeMap<>();
    Map<ServerId, Long> sums = new TreeMap<>();
    model.forEach((handle, pool) -> {
      comparePool(handle, pool);
      pool.held()
          .forEach(element -> {
            String name = handle + "/" + element.elementId();
            all.add(name);
            owned.computeIfAbsent(element.homeId(), _ -> new ArrayList<>()).add(name);
            sums.merge(
                element.homeId(),
                NaiveChecksum.words(handle, element.elementId().value()),
                Long::sum);
          });
    });
    assertThat(names(real.extract(Cursor.START, 1_000_000))).describedAs(where()).isEqualTo(all);
    assertThat(real.elementCount()).describedAs(where()).isEqualTo(all.size());
    assertThat(real.owners()).describedAs(where()).isEqualTo(List.copyOf(owned.keySet()));
    owned.forEach((home, names) -> {
      assertThat(walk(home)).describedAs(where()).isEqualTo(names);
      assertThat(real.ownedCount(home)).describedAs(where()).isEqualTo(names.size());
      assertThat(real.checksum(home))
          .describedAs(where())
          .isEqualTo(NaiveChecksum.fold(sums.get(home)));
    });
  }

  private void comparePool(PoolHandle handle, NaiveHolding pool) {
    PoolView view = real.pool(handle).orElseThrow();
    assertThat(view.size()).describedAs(where()).isEqualTo(pool.held().size());
    assertThat(view.policy()).describedAs(where()).isEqualTo(pool.lead().policy());
    assertThat(view.transport()).describedAs(where()).isEqualTo(pool.lead().userTransport());
    List<ElementEntry<Integer>> entries = real.elements(handle);
    assertThat(entries)
        .extracting(ElementEntry::element)
        .describedAs(where())
        .isEqualTo(pool.held());
    for (ElementEntry<Integer> entry : entries) {
      boolean selectable = pool.isSelectable(entry.id().value());
      assertThat(entry.isSelectable()).describedAs(where()).isEqualTo(selectable);
      misfits += selectable ? 0 : 1;
    }
    leaderless += pool.selected.elements.isEmpty() ? 1 : 0;
  }

  private List<String> walk(ServerId home) {
    List<String> names = new ArrayList<>();
    Cursor cursor = Cursor.START;
    for (boolean more = true; more; ) {
      Extract<Integer> extract = real.extractOwned(home, cursor, 1 + random.nextInt(9));
      names.addAll(names(extract));
      cursor = extract.next();
      more = extract.more();
    }
    return names;
  }

  private static List<Integer> ids(List<ElementEntry<Integer>> entries) {
    return entries.stream().map(entry -> entry.id().value()).toList();
  }

  private static List<String> names(Extract<Integer> extract) {
    return extract.entries().stream().map(ElementEntry::toString).toList();
  }
}

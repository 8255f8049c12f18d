package io.rserpool.engine.handlespace;

import static io.rserpool.engine.handlespace.Elements.element;
import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.engine.Engine;
import io.rserpool.engine.policy.PolicyRules;
import io.rserpool.engine.policy.SelectionSettings;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.ServerId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Thousands of random operations on the handlespace and on a naive model of it, compared
/// throughout.
class HandlespaceModelTest {

  private static final int RUNS = 60;
  private static final int STEPS = 600;

  private record Expiry(long atNs, long sequence, ElementEntry<Integer> entry) {}

  /// One handlespace and its model.
  private static final class Run {
    private final long seed;
    private final SplittableRandom random;
    private final SelectionSettings settings;
    private final Handlespace<Integer> real;
    private final Map<PoolHandle, NaivePool> model = new TreeMap<>();
    private final Map<PoolHandle, Integer> kinds = new TreeMap<>();
    private final List<Expiry> expiries = new ArrayList<>();
    private int step;

    Run(long seed) {
      this.seed = seed;
      this.random = new SplittableRandom(seed);
      int steps = random.nextInt(3) == 0 ? SelectionSettings.ALL : random.nextInt(3);
      this.settings = new SelectionSettings(steps, steps, steps, random.nextInt(2));
      this.real = new Handlespace<>(PolicyRules.standard(settings), random.split());
    }

    String where() {
      return "step %d of mvn -pl engine -am test -Dtest=HandlespaceModelTest -Drserpool.seed=%d"
          .formatted(step, seed);
    }

    void steps(int count) {
      for (step = 0; step < count; step++) {
        PoolHandle handle = PoolHandle.of("pool " + random.nextInt(4));
        int id = random.nextInt(8) == 0 ? -random.nextInt(40) - 1 : random.nextInt(40) + 1;
        boolean shrinking = step / 150 % 2 == 1;
        switch (random.nextInt(10)) {
          case 0, 1, 2 -> put(handle, id);
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
      }
    }

    private void put(PoolHandle handle, int id) {
      int kind = kinds.computeIfAbsent(handle, _ -> random.nextInt(RandomPolicies.ALL.size()));
      boolean unchanged = random.nextInt(4) == 0;
      NaivePool pool = model.computeIfAbsent(handle, _ -> new NaivePool(settings.turnSteps()));
      var known = pool.find(id);
      PoolElementParameter element =
          known.isPresent() && unchanged
              ? known.get().parameter
              : element(
                  id, ServerId.of(random.nextInt(4)), RandomPolicies.ALL.get(kind).apply(random));
      switch (real.put(handle, element, step)) {
        case Admission.Added<Integer> _ -> assertThat(known).describedAs(where()).isEmpty();
        case Admission.Replaced<Integer>(var entry, var previous, var changed) -> {
          assertThat(previous).describedAs(where()).isEqualTo(known.orElseThrow().parameter);
          assertThat(changed).describedAs(where()).isEqualTo(!previous.equals(element));
          assertThat(entry.element()).describedAs(where()).isEqualTo(element);
        }
        case Admission.Refused<Integer> refused ->
            throw new AssertionError(where() + ": refused, " + refused.code());
      }
      pool.put(element);
    }

    private void remove(PoolHandle handle, int id) {
      var entry = real.find(handle, ElementId.of(id));
      NaivePool pool = model.get(handle);
      assertThat(entry.isPresent())
          .describedAs(where())
          .isEqualTo(pool != null && pool.find(id).isPresent());
      if (entry.isPresent()) {
        real.remove(entry.get());
        expiries.removeIf(expiry -> expiry.entry() == entry.get());
        pool.remove(id);
        if (pool.elements.isEmpty()) {
          model.remove(handle);
          kinds.remove(handle);
        }
      }
    }

    private void changeHome(PoolHandle handle, int id) {
      real.find(handle, ElementId.of(id))
          .ifPresent(entry -> {
            ServerId home = ServerId.of(random.nextInt(4));
            real.changeHome(entry, home);
            NaivePool.Element element = model.get(handle).find(id).orElseThrow();
            element.parameter = element.parameter.withHome(home);
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
      NaivePool pool = model.get(handle);
      boolean drawn = pool != null && isDrawn(pool.elements.getFirst().parameter.policy());
      if (random.nextBoolean()) {
        List<Integer> preview = ids(real.preview(handle, items));
        if (!drawn) {
          assertThat(preview)
              .describedAs(where())
              .isEqualTo(pool == null ? List.of() : pool.preview(items));
        }
      }
      List<Integer> selected = ids(real.select(handle, items));
      if (drawn) {
        checkDrawn(pool, items, selected);
      } else {
        assertThat(selected)
            .describedAs(where())
            .isEqualTo(pool == null ? List.of() : pool.select(items));
      }
    }

    /// A draw has different members of the pool, as many as there are; which ones is for
    /// statistics.
    private void checkDrawn(NaivePool pool, int items, List<Integer> selected) {
      assertThat(selected).describedAs(where()).doesNotHaveDuplicates().isNotEmpty();
      assertThat(selected).describedAs(where()).allMatch(id -> pool.find(id).isPresent());
      if (pool.elements.getFirst().parameter.policy() instanceof Policy.Random) {
        assertThat(selected).describedAs(where()).hasSize(Math.min(items, pool.elements.size()));
      }
    }

    private void compare() {
      assertThat(real.pools()).describedAs(where()).isEqualTo(List.copyOf(model.keySet()));
      List<String> all = new ArrayList<>();
      Map<ServerId, List<String>> owned = new TreeMap<>();
      Map<ServerId, Long> sums = new TreeMap<>();
      model.forEach((handle, pool) -> {
        assertThat(real.pool(handle).orElseThrow().size())
            .describedAs(where())
            .isEqualTo(pool.elements.size());
        pool.elements.stream()
            .sorted(Comparator.comparing((NaivePool.Element e) -> e.parameter.elementId()))
            .forEach(e -> {
              String name = handle + "/" + e.parameter.elementId();
              ServerId home = e.parameter.homeId();
              all.add(name);
              owned.computeIfAbsent(home, _ -> new ArrayList<>()).add(name);
              sums.merge(home, words(handle, e.id()), Long::sum);
            });
      });
      assertThat(names(real.extract(Cursor.START, 1_000_000))).describedAs(where()).isEqualTo(all);
      assertThat(real.elementCount()).describedAs(where()).isEqualTo(all.size());
      assertThat(real.owners()).describedAs(where()).isEqualTo(List.copyOf(owned.keySet()));
      owned.forEach((home, names) -> {
        assertThat(walk(home)).describedAs(where()).isEqualTo(names);
        assertThat(real.ownedCount(home)).describedAs(where()).isEqualTo(names.size());
        assertThat(real.checksum(home)).describedAs(where()).isEqualTo(fold(sums.get(home)));
      });
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
  }

  private static boolean isDrawn(Policy policy) {
    String name = policy.getClass().getSimpleName();
    return name.contains("Random");
  }

  private static long words(PoolHandle handle, int id) {
    byte[] block =
        java.util.Arrays.copyOf(handle.octets().toBytes(), (handle.size() + 3) / 4 * 4 + 4);
    java.nio.ByteBuffer buffer = java.nio.ByteBuffer.wrap(block).putInt(block.length - 4, id);
    long sum = 0;
    for (int i = 0; i < block.length; i += 2) {
      sum += buffer.getShort(i) & 0xffff;
    }
    return sum;
  }

  private static int fold(long sum) {
    // In ones' complement arithmetic a number other than 0 is folded by the remainder of 65535.
    return 0xffff - (int) (sum % 0xffff == 0 ? 0xffff : sum % 0xffff);
  }

  private static List<Integer> ids(List<ElementEntry<Integer>> entries) {
    return entries.stream().map(entry -> entry.id().value()).toList();
  }

  private static List<String> names(Extract<Integer> extract) {
    return extract.entries().stream().map(ElementEntry::toString).toList();
  }

  @Test
  void anyMixOfOperationsAgreesWithTheModel() {
    Long replayed = Long.getLong("rserpool.seed");
    for (long seed = 1; seed <= RUNS; seed++) {
      new Run(replayed == null ? seed : replayed).steps(STEPS);
      if (replayed != null) {
        return;
      }
    }
  }

  @Test
  void theModelIsTriedWithEveryPolicy() {
    var random = new SplittableRandom(1);
    var types = new HashSet<Long>();
    RandomPolicies.ALL.forEach(policy -> types.add(policy.apply(random).type()));
    assertThat(types)
        .containsExactlyInAnyOrderElementsOf(
            PolicyRules.standard(new SelectionSettings(1, 1, 1, 0)).types());
  }
}

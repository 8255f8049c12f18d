package io.rserpool.bench.takeover;

import io.rserpool.bench.requests.ServerProcess;
import io.rserpool.client.Pool;
import io.rserpool.client.PoolElement;
import io.rserpool.client.PoolUser;
import io.rserpool.client.Registration;
import io.rserpool.client.Scope;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.ServerId;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Some registrars; elements of one pool, all of which know only the first registrar; and a user that
/// has subscribed to the pool at another one. The first registrar can be replaced by a new process on
/// the same ports.
final class Stage implements AutoCloseable {

  static final int ELEMENTS = 10;

  private static final int SERVICE_PORT = 7;
  private static final PoolHandle POOL = PoolHandle.of("takeover");
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(15);
  private static final Duration AGREEMENT_TIME_MAX = Duration.ofMinutes(3);

  /// What the user knows.
  ///
  /// @param view how many elements, and where
  /// @param ids their identifiers
  record UserView(View view, SortedSet<ElementId> ids) {}

  private final Profile profile;
  private final List<Integer> asapPorts = new ArrayList<>();
  private final List<Integer> enrpPorts = new ArrayList<>();
  private final List<RegistrarChild> registrars = new ArrayList<>();
  private final List<PoolElement> elements = new ArrayList<>();
  private final Timeline<UserView> userViews = new Timeline<>();
  private final PoolUser user;

  /// Starts the registrars one after another, and the user.
  ///
  /// @param count registrars, two or more
  Stage(Profile profile, int count) throws IOException, InterruptedException {
    this.profile = profile;
    for (int i = 0; i < count; i++) {
      asapPorts.add(ServerProcess.freePort());
      enrpPorts.add(ServerProcess.freePort());
    }
    for (int i = 0; i < count; i++) {
      registrars.add(registrar(i));
      awaitServing(registrars.getLast());
    }
    user = PoolUser.open(Scope.of(address(1), address(count - 1)).withProfile(profile));
    user.watch(POOL, this::changed);
  }

  private RegistrarChild registrar(int index) throws IOException {
    List<Integer> ports = new ArrayList<>(List.of(asapPorts.get(index), enrpPorts.get(index)));
    for (int i = 0; i < enrpPorts.size(); i++) {
      if (i != index) {
        ports.add(enrpPorts.get(i));
      }
    }
    return RegistrarChild.start(profile, ports);
  }

  private static void awaitServing(RegistrarChild child) throws InterruptedException {
    long deadlineNs = System.nanoTime() + AGREEMENT_TIME_MAX.toNanos();
    if (child.views().await(Long.MIN_VALUE, View::isComplete, deadlineNs) == Moment.NEVER) {
      throw new IllegalStateException(
          "expected registrar " + child.id() + " to serve within " + AGREEMENT_TIME_MAX);
    }
  }

  private String address(int index) {
    return "tcp://127.0.0.1:" + asapPorts.get(index);
  }

  private void changed(Pool pool) {
    long nowNs = System.nanoTime();
    SortedMap<ServerId, Integer> homes = new TreeMap<>();
    SortedSet<ElementId> ids = new TreeSet<>();
    for (PoolElementParameter element : pool.elements()) {
      homes.merge(element.homeId(), 1, Integer::sum);
      ids.add(element.elementId());
    }
    userViews.add(nowNs, new UserView(new View(true, ids.size(), homes), ids));
  }

  /// All elements come anew, with the first registrar as their home, and everybody knows it.
  void enter() throws InterruptedException {
    Scope scope = Scope.of(address(0)).withProfile(profile).withCallTimeout(CALL_TIMEOUT);
    for (int i = 0; i < ELEMENTS; i++) {
      elements.add(PoolElement.register(scope, Registration.of(POOL, SERVICE_PORT)));
    }
    awaitAgreement(ELEMENTS);
  }

  /// All elements leave; the first registrar's process is replaced.
  void replaceFirst() throws IOException, InterruptedException {
    elements.forEach(PoolElement::close);
    elements.clear();
    first().kill();
    registrars.set(0, registrar(0));
    awaitServing(first());
    awaitAgreement(0);
  }

  /// Starts an element in a process of its own; its home is the first registrar.
  ///
  /// @return the process, after it has printed the element's identifier, and everybody knows it
  Mortal mortal() throws IOException, InterruptedException {
    Process process =
        ServerProcess.java(
            MortalElement.class.getName(),
            profile.toString(),
            address(0),
            POOL.toString(),
            Integer.toString(SERVICE_PORT));
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    String id = output.readLine();
    if (id == null) {
      process.destroyForcibly();
      throw new IOException("expected an element to register, but it ended");
    }
    awaitAgreement(ELEMENTS + 1);
    return new Mortal(process, ElementId.of(Integer.parseUnsignedInt(id.substring(2), 16)));
  }

  /// An element that may die.
  record Mortal(Process process, ElementId id) {}

  /// The registrar that all elements know.
  RegistrarChild first() {
    return registrars.getFirst();
  }

  /// The others.
  List<RegistrarChild> others() {
    return List.copyOf(registrars.subList(1, registrars.size()));
  }

  List<RegistrarChild> registrars() {
    return List.copyOf(registrars);
  }

  List<PoolElement> elements() {
    return List.copyOf(elements);
  }

  Timeline<UserView> userViews() {
    return userViews;
  }

  /// Waits until all registrars and the user know the same.
  void awaitAgreement(int count) throws InterruptedException {
    List<ServerId> all = registrars.stream().map(RegistrarChild::id).toList();
    long deadlineNs = System.nanoTime() + AGREEMENT_TIME_MAX.toNanos();
    while (!registrars.stream().allMatch(registrar -> registrar.agrees(all, count))
        || userViews.last().map(seen -> seen.view().elements()).orElse(0) != count) {
      if (System.nanoTime() > deadlineNs) {
        throw new IllegalStateException(
            "expected %d elements everywhere, but saw %s, and the user saw %s"
                .formatted(
                    count,
                    registrars.stream().map(registrar -> registrar.views().last()).toList(),
                    userViews.last()));
      }
      Thread.sleep(5);
    }
  }

  @Override
  public void close() {
    elements.forEach(PoolElement::close);
    user.close();
    registrars.forEach(RegistrarChild::kill);
  }
}

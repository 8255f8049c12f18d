package io.rserpool.sim.network;

import io.rserpool.engine.AssociationId;
import io.rserpool.engine.AssociationKind;
import io.rserpool.engine.Endpoint;
import io.rserpool.engine.Engine;
import io.rserpool.engine.Input;
import io.rserpool.protocol.IpAddress;
import io.rserpool.runtime.EngineHost;
import io.rserpool.sim.Simulation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A machine with one process, which hosts one engine at a time, and a [Resident] beside it if it has
/// sessions. The process can be paused, killed and started again; the machine can fail as a whole.
public final class Node {

  /// Who wants to know when a process has done something.
  @FunctionalInterface
  public interface Watcher {
    /// Its engine has handled an input, or a deadline, and all effects are out.
    void turned(Node node);
  }

  private static final int FIRST_CLIENT_PORT = 40_000;
  private static final int CLIENT_PORTS = 20_000;

  /// Ticks at one and the same time after which a process counts as hanging.
  private static final int TICKS_MAX = 10_000;

  private final Network network;
  private final Simulation simulation;
  private final String name;
  private final IpAddress address;
  private final Clock clock;
  private final Path.Gate out = new Path.Gate();
  private final Path.Gate in = new Path.Gate();
  private final HashMap<Integer, Speech> ports = new HashMap<>();
  private final Deque<Runnable> inbox = new ArrayDeque<>();
  private final Simulation.Event wake;
  private Watcher watcher = _ -> {};
  private @Nullable EngineHost host;
  private @Nullable NodeTransport transport;
  private @Nullable Links links;
  private Papers papers = Papers.PLAIN;
  private boolean isOn = true;
  private boolean isPaused;
  private int announcePort = 1;
  private int presencePort;
  private int clientPorts;
  private long linkNumber;
  private long skewNs;
  private long plannedNs = Engine.NEVER;
  private int ticks;
  private long tickedNs = -1;

  Node(Network network, String name, IpAddress address, Clock clock) {
    this.network = network;
    this.simulation = network.simulation();
    this.name = name;
    this.address = address;
    this.clock = clock;
    this.wake = simulation.event(this::tick);
  }

  /// Its name in traces.
  public String name() {
    return name;
  }

  /// Its address.
  public IpAddress address() {
    return address;
  }

  /// What it has to show to those with whom it has associations.
  public Papers papers() {
    return papers;
  }

  /// Gives it something to show, from the next association on.
  public void papers(Papers newPapers) {
    papers = newPapers;
  }

  /// Takes the calls to another machine from now on that nobody there listens to.
  public void squat(Node victim) {
    network.squat(victim, this);
  }

  /// Lets its process send bytes, whatever they are, beside what its engine sends.
  public void say(AssociationId association, byte[] message) {
    NodeTransport of = transport;
    if (of != null) {
      of.send(association, message);
    }
  }

  /// Tells somebody of everything that its process does.
  public void watch(Watcher newWatcher) {
    watcher = newWatcher;
  }

  /// Whether there is a process, be it paused.
  public boolean isAlive() {
    return host != null;
  }

  /// Whether there is a process that runs.
  public boolean isRunning() {
    return host != null && !isPaused;
  }

  /// Whether its process is paused.
  public boolean isPaused() {
    return host != null && isPaused;
  }

  /// Whether the machine works.
  public boolean isOn() {
    return isOn;
  }

  /// Starts a process.
  public void start(Engine engine, EngineHost.Owner owner) {
    if (host != null || !isOn) {
      throw new IllegalStateException(name + " cannot start a process: it has one, or is off");
    }
    NodeTransport newTransport = new NodeTransport(network, this);
    EngineHost newHost = new EngineHost(engine, newTransport, clock, network.form(), owner);
    transport = newTransport;
    host = newHost;
    isPaused = false;
    newHost.start();
    tell("state", "process starts");
    turned();
  }

  /// Starts a process with sessions.
  public void start(Engine engine, EngineHost.Owner owner, Resident resident) {
    links = new Links(network, this, resident);
    start(engine, owner);
  }

  /// Lets its process accept sessions; its machine does so even while it is paused.
  public void serve(int port) {
    ports.put(port, Speech.SESSION);
  }

  /// Sessions that call from now on are refused; those that there are go on.
  public void serveNoMore(int port) {
    ports.remove(port);
  }

  /// Calls a service from its process, which has to live.
  ///
  /// @param limitNs how long that may take
  public Link call(Endpoint endpoint, long limitNs) {
    Links from = links;
    if (from == null) {
      throw new IllegalStateException(name + " has no process that has links");
    }
    return from.call(endpoint, limitNs);
  }

  /// What the clock of its process shows.
  public long nowNs() {
    return clock.nowNs();
  }

  /// What the clock on its wall shows: the same for all, but for what no network can put right.
  public long wallNs() {
    return simulation.nowNs() + skewNs;
  }

  /// Puts the clock on its wall out of step.
  public void skew(long newSkewNs) {
    skewNs = newSkewNs;
  }

  /// Lets its process accept calls.
  ///
  /// @return where it is called
  public Endpoint listen(int port, AssociationKind kind) {
    ports.put(port, Speech.of(kind));
    switch (kind) {
      case ASAP -> announcePort = port;
      case ENRP -> presencePort = port;
    }
    return Endpoint.of(Endpoint.Scheme.TCP, address.toString(), port);
  }

  /// Hands the engine something that does not come from the network; lost if there is no process.
  public void submit(Input.Request request) {
    EngineHost to = host;
    if (to != null) {
      run(() -> {
        if (isTold()) {
          tell("request", request.toString());
        }
        to.submit(request);
      });
    }
  }

  /// The process does nothing for a while (SIGSTOP); its machine keeps its associations.
  public void pause() {
    if (host != null && !isPaused) {
      tell("state", "process pauses");
      isPaused = true;
      wake.cancel();
    }
  }

  /// The process goes on: it takes all that has come meanwhile, and then notices the time.
  public void resume() {
    EngineHost resumed = host;
    if (resumed == null || !isPaused) {
      return;
    }
    tell("state", "process resumes, waiting inputs: " + inbox.size());
    isPaused = false;
    while (!inbox.isEmpty() && host == resumed) {
      inbox.removeFirst().run();
      watcher.turned(this);
    }
    if (host == resumed) {
      resumed.tickIfDue();
      tickResident();
      turned();
    }
  }

  /// The process ends without a word; its machine ends its associations.
  ///
  /// @param inOrder whether the machine ends them in order, as it does when nothing is unread
  public void kill(boolean inOrder) {
    if (host == null) {
      return;
    }
    tell("state", "process is killed");
    for (End end : end()) {
      if (inOrder) {
        end.close();
      } else {
        end.abort();
      }
    }
  }

  /// The machine fails: nobody hears anything.
  public void fail() {
    tell("state", "machine fails");
    end().forEach(End::vanish);
    isOn = false;
    out.close();
    in.close();
  }

  /// The machine works again, without a process.
  public void boot() {
    if (!isOn) {
      tell("state", "machine boots");
      isOn = true;
      out.open();
      in.open();
    }
  }

  /// Nothing enters any more until [#openIn].
  public void closeIn() {
    in.close();
  }

  /// Takes one [#closeIn] back.
  public void openIn() {
    in.open();
  }

  /// Nothing leaves any more until [#openOut].
  public void closeOut() {
    out.close();
  }

  /// Takes one [#closeOut] back.
  public void openOut() {
    out.open();
  }

  /// How many associations are open.
  public int associations() {
    NodeTransport of = transport;
    return of == null ? 0 : of.open().size();
  }

  private List<End> end() {
    NodeTransport ended = transport;
    Links cut = links;
    host = null;
    transport = null;
    links = null;
    isPaused = false;
    ports.clear();
    presencePort = 0;
    inbox.clear();
    wake.cancel();
    plannedNs = Engine.NEVER;
    List<End> all = new ArrayList<>();
    if (ended != null) {
      all.addAll(ended.takeAll());
    }
    if (cut != null) {
      all.addAll(cut.takeAll());
    }
    return all;
  }

  Path.Gate out() {
    return out;
  }

  Path.Gate in() {
    return in;
  }

  /// Lets the machine answer a call for its process.
  ///
  /// @return null if nobody listens there
  @Nullable End accept(int port) {
    Speech speech = ports.get(port);
    NodeTransport engineSide = transport;
    Links residentSide = links;
    if (speech == null || engineSide == null) {
      return null;
    }
    return switch (speech) {
      case ASAP, ENRP -> engineSide.accept(speech, port);
      case SESSION -> residentSide == null ? null : residentSide.accept(port);
    };
  }

  @Nullable NodeTransport transport() {
    return transport;
  }

  List<End> openEnds() {
    NodeTransport of = transport;
    List<End> all = new ArrayList<>(of == null ? List.of() : of.open());
    Links beside = links;
    if (beside != null) {
      all.addAll(beside.open());
    }
    return all;
  }

  boolean isCurrent(End.Owner asking) {
    return transport == asking || links == asking;
  }

  void forget(End end) {
    if (links != null) {
      links.forget(end);
    }
  }

  long nextLink() {
    return ++linkNumber;
  }

  /// Where its datagrams to a group come from.
  int announcePort(AssociationKind kind) {
    return switch (kind) {
      case ASAP -> announcePort;
      case ENRP -> Math.max(presencePort, 1);
    };
  }

  /// Whether its process is in the group of a protocol.
  boolean hears(AssociationKind kind) {
    return switch (kind) {
      case ASAP -> true;
      case ENRP -> presencePort != 0;
    };
  }

  int nextClientPort() {
    return FIRST_CLIENT_PORT + clientPorts++ % CLIENT_PORTS;
  }

  /// Lets the process take something, now or when it goes on.
  public void run(Runnable input) {
    if (isPaused) {
      inbox.addLast(input);
    } else {
      input.run();
      turned();
    }
  }

  /// The engine has done something: plans its next deadline anew.
  void turned() {
    EngineHost of = host;
    if (of == null || isPaused) {
      return;
    }
    Links beside = links;
    long nextNs =
        beside == null
            ? of.nextDeadlineNs()
            : Math.min(of.nextDeadlineNs(), beside.resident().nextDeadlineNs());
    if (nextNs == Engine.NEVER) {
      wake.cancel();
    } else if (nextNs != plannedNs || wake.atNs() == Engine.NEVER) {
      wake.at(clock.timeOf(nextNs));
    }
    plannedNs = nextNs;
    watcher.turned(this);
  }

  private void tick() {
    EngineHost of = host;
    if (of == null) {
      return;
    }
    ticks = tickedNs == simulation.nowNs() ? ticks + 1 : 0;
    tickedNs = simulation.nowNs();
    if (ticks > TICKS_MAX) {
      throw new IllegalStateException(name + " ticks and ticks, but its time does not go on");
    }
    of.tickIfDue();
    tickResident();
    turned();
  }

  private void tickResident() {
    Links beside = links;
    if (beside != null && beside.resident().nextDeadlineNs() <= clock.nowNs()) {
      beside.resident().tick(clock.nowNs());
    }
  }

  /// Whether anybody reads what is told; asked before it is written.
  public boolean isTold() {
    return simulation.trace().isOn();
  }

  /// Tells the trace.
  public void tell(String kind, String what) {
    if (isTold()) {
      simulation.tell(name, kind, what);
    }
  }

  void tell(String kind, End end) {
    tell(kind, end, "");
  }

  void tell(String kind, End end, String detail) {
    if (isTold()) {
      End peer = end.peer();
      String other = peer == null ? "nobody" : peer.node().name();
      simulation.tell(name, kind, end.id() + " " + end.speech() + " " + other + " " + detail);
    }
  }

  void tellMessage(String kind, End end, byte[] message) {
    if (isTold()) {
      tell(kind, end, MessageName.of(end.speech(), message) + " " + message.length + " bytes");
    }
  }
}

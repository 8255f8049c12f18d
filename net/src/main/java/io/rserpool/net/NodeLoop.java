package io.rserpool.net;

import io.netty.channel.IoEventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ScheduledFuture;
import io.rserpool.engine.AssociationId;
import io.rserpool.engine.AssociationKind;
import io.rserpool.engine.Effect;
import io.rserpool.engine.Endpoint;
import io.rserpool.engine.Engine;
import io.rserpool.engine.Event;
import io.rserpool.engine.Input;
import io.rserpool.protocol.Profile;
import io.rserpool.runtime.EngineHost;
import io.rserpool.runtime.Transport;
import io.rserpool.wire.WireForm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The event loop that owns one engine: sockets, host and timer of a node, all on one thread.
///
/// The loop of Netty reads all sockets that are ready and then runs the timers that are due. A
/// timer
/// that comes late gives way to another round of reading first, since much may have arrived during
/// the
/// pause: the engine must see all of it before it judges who is silent.
final class NodeLoop implements NodeContext, EngineHost.Owner {

  private static final Logger LOG = LoggerFactory.getLogger(NodeLoop.class);

  /// A timer later than this reads again first; below it, the reading just before it was fresh
  /// enough.
  private static final long LATE_NS = 1_000_000;

  /// Rounds of reading that a late timer waits for, at most: one reads all that was there, the
  /// second
  /// one what a single socket had left.
  private static final int EXTRA_ROUNDS_MAX = 2;

  /// Makes times small and positive; the clock has no meaning but its differences.
  private static final long ORIGIN_NS = System.nanoTime() - 1_000_000_000L;

  private final EventLoops loops;
  private final boolean ownsLoops;
  private final IoEventLoop eventLoop;
  private final String name;
  private final Consumer<Event> observer;
  private final NetTransport transport;
  private final EngineHost host;
  private final Transport.Events events;

  private final AtomicLong requestIds = new AtomicLong();
  private final AtomicBoolean closing = new AtomicBoolean();
  private final Map<Long, Consumer<Effect.Result>> requests = new LinkedHashMap<>();

  private long acceptedIds;
  private boolean stopped;
  private @Nullable ScheduledFuture<?> timer;
  private long timerAtNs = Engine.NEVER;
  private int extraRounds;
  private Runnable endsTlsWatch = () -> {};

  private NodeLoop(
      EventLoops loops,
      boolean ownsLoops,
      Engine engine,
      Profile profile,
      NodeOptions options,
      Consumer<Event> observer) {
    this.loops = loops;
    this.ownsLoops = ownsLoops;
    this.eventLoop = loops.next();
    this.name = options.name();
    this.observer = observer;
    this.transport = new NetTransport(this, options);
    this.host = new EngineHost(engine, transport, this, WireForm.of(profile), this);
    this.events = new GuardedEvents(host, this::defect);
  }

  static NodeLoop start(
      EventLoops loops,
      boolean ownsLoops,
      Engine engine,
      Profile profile,
      NodeOptions options,
      Consumer<Event> observer) {
    NodeLoop loop = new NodeLoop(loops, ownsLoops, engine, profile, options, observer);
    loop.eventLoop
        .submit(() ->
            loop.guarded(() -> {
              loop.host.start();
              loop.endsTlsWatch = TlsWatch.start(loop, options.tls());
            }))
        .syncUninterruptibly();
    return loop;
  }

  long newRequestId() {
    return requestIds.incrementAndGet();
  }

  void submit(Input.Request request, Consumer<Effect.Result> onResult) {
    if (closing.get()) {
      throw new NodeClosedException(name);
    }
    try {
      eventLoop.execute(() -> handOver(request, onResult));
    } catch (RejectedExecutionException _) {
      throw new NodeClosedException(name);
    }
  }

  Endpoint bind(AssociationKind kind, Endpoint endpoint) {
    requireOtherThread("bind");
    if (closing.get()) {
      throw new NodeClosedException(name);
    }
    return transport.bind(kind, endpoint);
  }

  void accept() {
    try {
      eventLoop.execute(() -> guarded(transport::accept));
    } catch (RejectedExecutionException _) {
      throw new NodeClosedException(name);
    }
  }

  void close() {
    requireOtherThread("close");
    if (!closing.compareAndSet(false, true)) {
      return;
    }
    List<Future<?>> sockets = new ArrayList<>();
    eventLoop.submit(() -> sockets.addAll(stop())).awaitUninterruptibly();
    sockets.forEach(Future::awaitUninterruptibly);
    if (ownsLoops) {
      loops.close();
    }
  }

  @Override
  public long nowNs() {
    return System.nanoTime() - ORIGIN_NS;
  }

  @Override
  public IoEventLoop eventLoop() {
    return eventLoop;
  }

  @Override
  public Transport.Events events() {
    return stopped ? GuardedEvents.DEAF : events;
  }

  @Override
  public AssociationId nextAcceptedId() {
    return new AssociationId(++acceptedIds);
  }

  @Override
  public void observe(NetEvent event) {
    event(event);
  }

  @Override
  public void event(Event event) {
    callBack(() -> observer.accept(event));
  }

  @Override
  public void reply(long requestId, Effect.Result result) {
    Consumer<Effect.Result> onResult = requests.remove(requestId);
    if (onResult != null) {
      callBack(() -> onResult.accept(result));
    }
  }

  @Override
  public void settle() {
    transport.flush();
    if (!stopped) {
      armTimer();
    }
  }

  @Override
  public void defect(Throwable cause) {
    if (stopped) {
      return;
    }
    LOG.error("node={} has met a defect and stops", name, cause);
    event(new NetEvent.NodeFailed(name, cause.toString()));
    closing.set(true);
    stop();
    if (ownsLoops) {
      // Not awaited: this is one of the threads that end.
      loops.closeLater();
    }
  }

  private void handOver(Input.Request request, Consumer<Effect.Result> onResult) {
    if (stopped) {
      callBack(() -> onResult.accept(new Node.Closed()));
      return;
    }
    requests.put(request.requestId(), onResult);
    guarded(() -> host.submit(request));
  }

  private void guarded(Runnable action) {
    try {
      action.run();
      settle();
    } catch (RuntimeException | Error e) {
      defect(e);
    }
  }

  private void armTimer() {
    long nextNs = host.nextDeadlineNs();
    // A timer that comes too early finds nothing due and is set anew; moving it each time costs
    // more.
    if (nextNs < timerAtNs) {
      setTimer(nextNs, Math.max(0, nextNs - nowNs()));
    }
  }

  private void setTimer(long atNs, long delayNs) {
    if (timer != null) {
      timer.cancel(false);
    }
    timerAtNs = atNs;
    timer = eventLoop.schedule(this::timerIsDue, delayNs, TimeUnit.NANOSECONDS);
  }

  private void timerIsDue() {
    timer = null;
    timerAtNs = Engine.NEVER;
    if (stopped) {
      return;
    }
    long lateNs = nowNs() - host.nextDeadlineNs();
    if (lateNs > LATE_NS && extraRounds < EXTRA_ROUNDS_MAX) {
      extraRounds++;
      setTimer(host.nextDeadlineNs(), 0);
      return;
    }
    extraRounds = 0;
    guarded(host::tickIfDue);
  }

  private List<Future<?>> stop() {
    if (stopped) {
      return List.of();
    }
    stopped = true;
    endsTlsWatch.run();
    if (timer != null) {
      timer.cancel(false);
    }
    List<Future<?>> sockets = transport.shutdown();
    List<Consumer<Effect.Result>> unanswered = List.copyOf(requests.values());
    requests.clear();
    unanswered.forEach(onResult -> callBack(() -> onResult.accept(new Node.Closed())));
    return sockets;
  }

  /// Runs somebody else's code: what it throws is its own defect and must not stop the node.
  private void callBack(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException e) {
      LOG.error("node={} a call-back has thrown", name, e);
    }
  }

  private void requireOtherThread(String call) {
    if (eventLoop.inEventLoop()) {
      throw new IllegalStateException(
          call + " blocks, so it cannot be called from a call-back of node '" + name + "'");
    }
  }
}

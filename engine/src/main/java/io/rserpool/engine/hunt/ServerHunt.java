package io.rserpool.engine.hunt;

import io.rserpool.engine.AssociationId;
import io.rserpool.engine.AssociationKind;
import io.rserpool.engine.Effect;
import io.rserpool.engine.EffectSink;
import io.rserpool.engine.Endpoint;
import io.rserpool.engine.Engine;
import io.rserpool.engine.Input;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Finds a registrar and never gives up (RFC 5352 section 3.6).
///
/// | state | left when |
/// |---|---|
/// | idle | a hunt is started |
/// | delayed | the random delay after a loss is over → running |
/// | running | a call succeeds, or the hunt is cancelled → idle; T5 expires → next round |
///
/// In a round every known address is called once, at most three at a time. The RFC resets T5 as
/// soon as
/// an association is up; here the registrar has to say something first ([#proven]), so that one
/// that
/// accepts and drops calls is not called in a hot loop.
public final class ServerHunt {

  private enum State {
    IDLE,
    DELAYED,
    RUNNING
  }

  private final HuntSettings settings;
  private final RandomGenerator random;
  private final Candidates candidates;
  private final long t5InitialNs;
  private final long retranMaxNs;

  /// Whom to call next, in this order; who was called goes to the end.
  private final List<Endpoint> ring = new ArrayList<>();

  private final Map<AssociationId, Endpoint> calls = new LinkedHashMap<>();
  private State state = State.IDLE;
  private long deadlineNs = Engine.NEVER;
  private long roundEndNs;
  private long t5Ns;
  private int round;
  private int uncalled;
  private boolean isProven = true;
  private @Nullable Endpoint last;
  private @Nullable Endpoint excluded;
  private long nextAssociation = -1;

  /// A hunt that rests.
  public ServerHunt(HuntSettings settings, RandomGenerator random) {
    this.settings = settings;
    this.random = random;
    candidates = new Candidates(settings);
    t5InitialNs = settings.t5ServerHunt().toNanos();
    retranMaxNs = settings.retranMax().toNanos();
    t5Ns = t5InitialNs;
  }

  /// Whether a registrar is sought.
  public boolean isRunning() {
    return state != State.IDLE;
  }

  /// Whether a registrar is being called at this moment.
  public boolean isCalling() {
    return !calls.isEmpty();
  }

  /// How many rounds of the present or latest hunt have begun.
  public int round() {
    return round;
  }

  /// How many registrars are known.
  public int candidates(long nowNs) {
    return candidates.all(nowNs).size();
  }

  /// Begins the very first hunt, at once.
  public void start(long nowNs, EffectSink out) {
    if (!isRunning()) {
      begin(nowNs, out, null, null);
      beginRound(nowNs, out);
    }
  }

  /// Looks for another registrar, since `lost` is gone or silent: after a random delay, so that all
  /// who lost it do not come at once, and with `lost` at the end of the round.
  public void lost(long nowNs, Endpoint lost, EffectSink out) {
    if (isRunning()) {
      excluded = null;
      last = lost;
      return;
    }
    if (isProven) {
      begin(nowNs, out, lost, null);
      return;
    }
    state = State.RUNNING;
    fill(out);
    long leastNs = calls.isEmpty() ? delayNs() : jittered(t5Ns);
    deadlineNs = Math.max(roundEndNs, nowNs + leastNs);
    roundEndNs = deadlineNs;
  }

  /// Looks for any registrar but `present`, which cannot serve now. False if no other is known.
  public boolean elsewhere(long nowNs, Endpoint present, EffectSink out) {
    if (isRunning()) {
      return true;
    }
    if (candidates.all(nowNs).stream().allMatch(present::equals)) {
      return false;
    }
    begin(nowNs, out, null, present);
    return true;
  }

  /// Ends the hunt without a result.
  public void cancel(EffectSink out) {
    hangUp(out);
    rest();
  }

  /// The chosen registrar has answered: the next hunt begins afresh.
  public void proven() {
    isProven = true;
  }

  /// Takes an association that is up, before [#up]: if it is one of the hunt's calls, and whoever has
  /// accepted is not trusted, it is hung up, the call counts as failed, and the address is returned.
  public Optional<Endpoint> distrusted(Input.AssociationUp up, EffectSink out) {
    Endpoint called = calls.get(up.association());
    if (called == null || settings.trusts(up.identity())) {
      return Optional.empty();
    }
    out.accept(new Effect.Abort(up.association(), "whoever answers is no trusted registrar"));
    down(up.association(), out);
    return Optional.of(called);
  }

  /// Takes an association that is up. If it is one of the hunt's calls, the hunt ends, the other
  /// calls
  /// are closed, and the registrar's address is returned.
  public Optional<Endpoint> up(AssociationId association, EffectSink out) {
    Endpoint chosen = calls.remove(association);
    if (chosen != null) {
      // The others have not failed: they are the next ones if the chosen one does.
      calls.values().forEach(ring::remove);
      ring.addAll(0, calls.values());
      uncalled += calls.size();
      hangUp(out);
      rest();
      isProven = false;
    }
    return Optional.ofNullable(chosen);
  }

  /// Takes an association that is down; one of the hunt's calls is replaced by another one. False
  /// if
  /// it is none of them.
  public boolean down(AssociationId association, EffectSink out) {
    boolean isMine = calls.remove(association) != null;
    if (isMine) {
      fill(out);
    }
    return isMine;
  }

  /// Takes an announcement; a new address is called in the present round.
  public void announced(long nowNs, Input.AnnouncementReceived input, EffectSink out) {
    for (Endpoint fresh : candidates.announced(nowNs, input)) {
      if (state == State.RUNNING && !ring.contains(fresh) && !fresh.equals(excluded)) {
        ring.addFirst(fresh);
        uncalled++;
      }
    }
    if (state == State.RUNNING) {
      fill(out);
    }
  }

  /// Does what is due; true if a round has ended in vain.
  public boolean tick(long nowNs, EffectSink out) {
    if (!isRunning() || nowNs < deadlineNs) {
      return false;
    }
    if (state == State.DELAYED) {
      beginRound(nowNs, out);
      return false;
    }
    hangUp(out);
    if (settings.doubling()) {
      t5Ns = Math.min(2 * t5Ns, retranMaxNs);
    }
    beginRound(nowNs, out);
    return true;
  }

  /// When [#tick] is to be called.
  public long nextDeadlineNs() {
    return deadlineNs;
  }

  private void begin(
      long nowNs, EffectSink out, @Nullable Endpoint newLast, @Nullable Endpoint newExcluded) {
    hangUp(out);
    last = newLast;
    excluded = newExcluded;
    t5Ns = t5InitialNs;
    round = 0;
    ring.clear();
    arrange(nowNs);
    if (!ring.isEmpty()) {
      Collections.rotate(ring, random.nextInt(ring.size()));
    }
    if (last != null && ring.remove(last)) {
      ring.addLast(last);
    }
    state = State.DELAYED;
    deadlineNs = nowNs + delayNs();
  }

  /// Brings the ring up to date: who is no longer known leaves it, who is new is called next.
  private void arrange(long nowNs) {
    List<Endpoint> known = candidates.all(nowNs);
    known.removeIf(endpoint -> endpoint.equals(excluded));
    ring.retainAll(known);
    for (Endpoint endpoint : known.reversed()) {
      if (ring.contains(endpoint)) {
        continue;
      }
      if (endpoint.equals(last)) {
        ring.addLast(endpoint);
      } else {
        ring.addFirst(endpoint);
      }
    }
  }

  private void beginRound(long nowNs, EffectSink out) {
    state = State.RUNNING;
    round++;
    arrange(nowNs);
    uncalled = ring.size();
    deadlineNs = nowNs + jittered(t5Ns);
    roundEndNs = deadlineNs;
    fill(out);
  }

  private void fill(EffectSink out) {
    while (uncalled > 0 && calls.size() < settings.parallelAttempts()) {
      uncalled--;
      Endpoint endpoint = ring.removeFirst();
      ring.addLast(endpoint);
      AssociationId association = new AssociationId(nextAssociation--);
      calls.put(association, endpoint);
      out.accept(new Effect.Open(association, AssociationKind.ASAP, endpoint));
    }
  }

  private void hangUp(EffectSink out) {
    calls.keySet().forEach(association -> out.accept(new Effect.Close(association)));
    calls.clear();
  }

  private void rest() {
    state = State.IDLE;
    deadlineNs = Engine.NEVER;
    excluded = null;
  }

  private long delayNs() {
    return random.nextLong(settings.delayMax().toNanos() + 1);
  }

  private long jittered(long ns) {
    long spreadNs = ns / 100 * settings.jitterPercent();
    return ns - spreadNs + (spreadNs == 0 ? 0 : random.nextLong(2 * spreadNs + 1));
  }
}

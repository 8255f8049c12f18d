package io.rserpool.engine.registrar;

import io.rserpool.engine.DeadlineQueue;
import io.rserpool.engine.Effect;
import io.rserpool.engine.turn.Due;
import io.rserpool.engine.turn.Turn;
import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.asap.AsapServerAnnounce;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/// Announces this registrar in scopes that use multicast, more rarely the more others are heard, so
/// that the whole scope announces about once per T6 (RFC 5352 section 3.6).
final class Announcer {

  /// Registrars that are counted; announcements are not authenticated, so that anybody could invent
  /// many.
  private static final int HEARD_MAX = 100;

  /// A registrar counts until it was silent for two and a half of its own gaps.
  private static final double GAPS = 2.5;

  private record Heard(long lastNs, long gapNs) {}

  private final Turn turn;
  private final DeadlineQueue<Due> deadlines;
  private final ServerId id;
  private final RandomGenerator random;
  private final long intervalNs;
  private final double jitter;
  private final boolean inTurn;
  private final boolean listsTransports;
  private final long outdateNs;
  private final DeadlineQueue.Deadline<Due> next;
  private final Map<ServerId, Heard> heard = new LinkedHashMap<>();
  private final BooleanSupplier isServing;
  private List<AsapTransport> transports = List.of();
  private boolean prepared;

  Announcer(
      Turn turn,
      DeadlineQueue<Due> deadlines,
      ServerId id,
      RegistrarSettings settings,
      RandomGenerator random,
      BooleanSupplier isServing) {
    this.turn = turn;
    this.deadlines = deadlines;
    this.id = id;
    this.random = random;
    this.isServing = isServing;
    this.intervalNs = settings.ns(RegistrarSetting.ANNOUNCE_INTERVAL);
    this.jitter = settings.share(RegistrarSetting.ANNOUNCE_JITTER);
    this.inTurn = settings.isOn(RegistrarSetting.ANNOUNCE_IN_TURN);
    this.listsTransports = settings.isOn(RegistrarSetting.ANNOUNCE_TRANSPORTS);
    this.outdateNs = settings.ns(RegistrarSetting.REGISTRAR_OUTDATE);
    this.next = deadlines.create(this::announce);
  }

  /// This scope uses multicast.
  void prepare(List<AsapTransport> newTransports) {
    transports = listsTransports ? newTransports : List.of();
    prepared = true;
  }

  /// Announcements begin now, if the scope uses multicast.
  void begin() {
    if (prepared && !next.isSet()) {
      announce();
    }
  }

  void stop() {
    deadlines.cancel(next);
  }

  /// Another registrar was heard.
  void heard(AsapServerAnnounce message) {
    ServerId other = message.serverId();
    if (other.equals(id) || other.isNone()) {
      return;
    }
    Heard before = heard.get(other);
    if (before == null && heard.size() >= HEARD_MAX) {
      return;
    }
    long gapNs = before == null ? 0 : turn.nowNs() - before.lastNs();
    heard.put(other, new Heard(turn.nowNs(), gapNs));
  }

  private void announce() {
    if (!isServing.getAsBoolean()) {
      return;
    }
    turn.effect(new Effect.Announce(new AsapServerAnnounce(id, transports)));
    heard
        .values()
        .removeIf(other ->
            turn.nowNs() - other.lastNs() > Math.max(outdateNs, (long) (GAPS * other.gapNs())));
    long turns = inTurn ? heard.size() + 1 : 1;
    double factor = 1 + jitter * (2 * random.nextDouble() - 1);
    deadlines.set(next, turn.nowNs() + (long) (turns * intervalNs * factor));
  }
}

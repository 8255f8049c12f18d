package io.rserpool.sim.check;

import io.rserpool.engine.element.ElementSettings;
import io.rserpool.engine.registrar.RegistrarSetting;
import io.rserpool.engine.registrar.RegistrarSettings;
import io.rserpool.engine.user.UserSettings;

/// How many messages a scope may send, as closed formulas of the numbers of its members.
///
/// @param bounds with the settings of all
/// @param registrars processes
/// @param elements processes
/// @param users processes, each of which watches at most every pool
record MessageBounds(Bounds bounds, int registrars, int elements, int users) {

  private static final double NS_PER_S = 1e9;

  /// A message and its answer.
  private static final int EXCHANGE = 2;

  /// INIT_TAKEOVER, its acknowledgement, TAKEOVER_SERVER.
  private static final int TAKEOVER = 3;

  /// An element in a table response, in bytes, at least.
  private static final int ELEMENT_SIZE = 60;

  /// Transfers that one fault can cause between two registrars: at a start, by an audit in either
  /// direction, and by one more audit when the first was too early.
  private static final int TRANSFERS = 4;

  /// Traffic that lasts may double: both sides of a fault that lasts try again.
  private static final int STEADY_FACTOR = 2;

  private static final int SLACK = 100;

  /// How many messages may be sent.
  long most(long ns, long operations, long faults) {
    double steady = STEADY_FACTOR * steadyPerSecond() * (ns / NS_PER_S);
    return (long) (SLACK + steady + operations * perOperation() + faults * perFault());
  }

  /// Keep-alives, presences, renewals with their news, and the questions of watching users.
  private double steadyPerSecond() {
    RegistrarSettings registrar = bounds.registrar();
    ElementSettings element = bounds.element();
    UserSettings user = bounds.user();
    double keepAlives =
        EXCHANGE
            * elements
            / (seconds(registrar, RegistrarSetting.KEEP_ALIVE_INTERVAL)
                * (1 - bounds.keepAliveJitter()));
    double presences =
        EXCHANGE
            * pairs()
            / (seconds(registrar, RegistrarSetting.PEER_HEARTBEAT_CYCLE)
                * (1 - bounds.heartbeatJitter()));
    double renewals =
        elements
            * (EXCHANGE + registrars - 1.0)
            / (element.t4Reregistration().toNanos() / NS_PER_S);
    double pollNs =
        Math.max(
            user.resolutionRetryDelay().toNanos(),
            Math.min(
                user.subscriptionRefresh().toNanos(),
                user.staleCacheValue().isZero()
                    ? Long.MAX_VALUE
                    : user.staleCacheValue().toNanos()));
    double questions = users * (double) EXCHANGE * pools() / (pollNs / NS_PER_S);
    return keepAlives + presences + renewals + questions;
  }

  /// A registration, a deregistration, a resolution, a report with its probes: an exchange, the news
  /// to all registrars and users, and the questions that doubt it.
  private double perOperation() {
    return EXCHANGE + registrars - 1.0 + users + probes();
  }

  /// A fault may touch every element, every pair of registrars and every user: each element loses its
  /// home, is probed, removed, called, registers and is told of; each pair asks, arbitrates and
  /// compares tables; each user subscribes again.
  private double perFault() {
    double perElement = probes() + 3 * EXCHANGE + 3 * (registrars - 1.0) + 3.0 * users;
    RegistrarSettings registrar = bounds.registrar();
    double questions =
        seconds(registrar, RegistrarSetting.MAX_TIME_NO_RESPONSE)
                / seconds(registrar, RegistrarSetting.PEER_PROBE_GAP)
            + 2;
    double pages =
        1.0
            + elements
                * Math.max(
                    (double) ELEMENT_SIZE / registrar.count(RegistrarSetting.TABLE_BYTES),
                    1.0 / registrar.count(RegistrarSetting.TABLE_ELEMENTS));
    double perPair =
        2 * EXCHANGE * questions + 2 * TAKEOVER + EXCHANGE * (1 + TRANSFERS * (pages + 1));
    double perUser = 2.0 * EXCHANGE * pools();
    return 2 * elements * perElement + pairs() * perPair + users * perUser;
  }

  private double probes() {
    return EXCHANGE * (bounds.registrar().count(RegistrarSetting.KEEP_ALIVE_PROBES) + 2.0);
  }

  private double pairs() {
    return registrars * (registrars - 1.0);
  }

  private int pools() {
    return bounds.pools();
  }

  private static double seconds(RegistrarSettings settings, RegistrarSetting setting) {
    return settings.duration(setting).toNanos() / NS_PER_S;
  }
}

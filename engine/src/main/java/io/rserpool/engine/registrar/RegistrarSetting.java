package io.rserpool.engine.registrar;

import io.rserpool.protocol.Profile;
import java.util.Locale;

/// Every timer, threshold and limit of the registrar, with its default in each profile.
/// The name in configurations is the lower-case name with hyphens, such as `keep-alive-interval`.
public enum RegistrarSetting {

  // Monitoring: RFC 5352 section 3.5, which leaves all values open.

  /// Time between two keep-alives to one element.
  KEEP_ALIVE_INTERVAL(Unit.DURATION, ms(1_000), ms(30_000), ms(5_000)),
  /// How far single intervals vary around it, in both directions (RFC 5352 section 3.5 wants
  /// spread).
  KEEP_ALIVE_JITTER(Unit.SHARE, percent(5), percent(50), 0),
  /// Probes after a keep-alive without answer, before the verdict. Eight, since an answer on an
  /// ordered transport also waits for whatever was lost before it: five, as exchanges that are lost
  /// independently would need, remove some thirty times too many living elements at 1 % loss.
  KEEP_ALIVE_PROBES(Unit.COUNT, 8, 0, 0),
  /// Least time between two probes; slow round trips stretch it.
  KEEP_ALIVE_GAP_MIN(Unit.DURATION, ms(25)),
  /// Most time between two probes.
  KEEP_ALIVE_GAP_MAX(Unit.DURATION, ms(500)),
  /// Least time from the last probe, or the keep-alive if there are no probes, to the verdict.
  KEEP_ALIVE_FINAL_WAIT(Unit.DURATION, ms(50), ms(5_000), ms(5_000)),
  /// Whether keep-alives name the element, as rsplib does.
  KEEP_ALIVE_ELEMENT_ID(Unit.FLAG, 0, 0, 1),
  /// Monitoring messages a second; beyond it, the interval grows with the number of elements.
  MONITORING_BUDGET(Unit.COUNT, 20_000),

  // Doubts about the verdict.

  /// More own elements than this, silent at once, may be a mass loss.
  BRAKE_ELEMENTS(Unit.COUNT, 10),
  /// More than this share of the own elements, silent at once, is a mass loss.
  BRAKE_SHARE(Unit.SHARE, percent(20)),
  /// Time from the first unanswered keep-alive to the verdict during a mass loss.
  BRAKE_VERDICT(Unit.DURATION, ms(900)),
  /// Time between two probes while a verdict is held back.
  BRAKE_GAP(Unit.DURATION, ms(150)),
  /// Removals by silence within the damping window that double the verdict time.
  DAMPING_REMOVALS(Unit.COUNT, 3),
  /// How long an element must be steady to be trusted again.
  DAMPING_WINDOW(Unit.DURATION, ms(60_000)),
  /// The longest verdict time by damping.
  DAMPING_VERDICT_MAX(Unit.DURATION, ms(1_000)),
  /// Own lateness from which running bursts start again.
  LATENESS(Unit.DURATION, ms(40)),
  /// Overdue keep-alives are spread over this time.
  LATENESS_SPREAD(Unit.DURATION, ms(250)),
  /// Own lateness from which there are no verdicts for the self-doubt time.
  SELF_DOUBT_LATENESS(Unit.DURATION, ms(500)),
  /// How long self-doubt lasts.
  SELF_DOUBT_TIME(Unit.DURATION, ms(900), ms(5_000), ms(5_000)),
  /// Own lateness from which the registrar warms up again.
  NOT_READY_LATENESS(Unit.DURATION, ms(1_800), ms(66_000), ms(10_000)),

  // Lost associations and calls.

  /// Whether a lost association is verified by a call before its elements are removed.
  VERIFY_LOSS(Unit.FLAG, 1, 1, 0),
  /// How long an element that lives elsewhere is kept until it has a home again: longer than it takes
  /// to notice, to hunt and to register.
  ADOPTION_GRACE(Unit.DURATION, ms(5_000), ms(60_000), ms(40_000)),
  /// Longest time for calling an element.
  CALL_TIME(Unit.DURATION, ms(1_000), ms(5_000), ms(5_000)),
  /// Calls at once.
  CALLS_MAX(Unit.COUNT, 256),
  /// Whether the address at which an element says it can be called is tried once.
  CALL_CHECK(Unit.FLAG, 1, 1, 0),
  /// Such tries a second.
  CALL_CHECK_RATE(Unit.COUNT, 50),

  // Reports of unreachable elements: RFC 5352 section 3.5.

  /// MAX-BAD-PE-REPORT, for which RFC 5352 gives no value.
  REPORTS_MAX(Unit.COUNT, 2, 2, 3),
  /// Whether reaching that number removes, rather than exceeding it.
  REPORTS_MAX_INCLUSIVE(Unit.FLAG, 0, 0, 1),
  /// Whether a report sends a keep-alive at once.
  REPORT_KEEP_ALIVE(Unit.FLAG, 1, 1, 0),
  /// Whether a keep-alive answer younger than the last report forgets the reports.
  REPORTS_RESET_BY_ANSWER(Unit.FLAG, 1, 1, 0),
  /// A reporter counts once in this time.
  REPORT_WINDOW(Unit.DURATION, ms(60_000)),

  // Registrations: RFC 5352 sections 3.1 and 3.2.

  /// Whether registration lives are milliseconds, as in rsplib, rather than seconds.
  LIFE_IN_MILLISECONDS(Unit.FLAG, 0, 0, 1),
  /// Whether a registration ends when its life does.
  LIFE_ENFORCED(Unit.FLAG, 1, 1, 0),
  /// Whether an element is told that its registration has ended.
  REMOVAL_RESPONSE(Unit.FLAG, 1, 1, 0),
  /// Longest pool handle, in bytes.
  POOL_HANDLE_SIZE_MAX(Unit.COUNT, 65_531, 65_531, 32),
  /// Most addresses of one element.
  ADDRESSES_MAX(Unit.COUNT, 64),
  /// Least reach of user addresses: 0 loopback, 1 link, 2 site, 3 global. Over a loopback
  /// association
  /// loopback addresses are good in any case.
  ADDRESS_SCOPE_MIN(Unit.COUNT, 2),
  /// Whether user transports beside SCTP, TCP and UDP are accepted.
  ALL_USER_TRANSPORTS(Unit.FLAG, 1, 1, 0),
  /// Whether accepted registrations may carry causes that say what was changed.
  WARNINGS(Unit.FLAG, 1, 1, 0),
  /// Whether a known identifier with another transport is always a re-registration.
  IDENTIFIER_REUSE(Unit.FLAG, 0, 0, 1),
  /// Whether anybody may deregister an element.
  DEREGISTRATION_BY_ANYBODY(Unit.FLAG, 0, 0, 1),
  /// Whether loopback peers may take elements out by hand.
  REMOVAL_BY_HAND(Unit.FLAG, 1),
  /// How long an element that was taken out by hand may not come back.
  REMOVAL_HOLD(Unit.DURATION, ms(60_000)),

  // Resolutions: RFC 5352 section 3.3.

  /// Elements in a response if the request names no number; 65535 stands for all that fit.
  RESOLUTION_ITEMS(Unit.COUNT, 65_535, 65_535, 3),
  /// Most elements in a response.
  RESOLUTION_ITEMS_MAX(Unit.COUNT, 65_535, 65_535, 128),
  /// Whether changes are pushed to users that ask for it.
  UPDATES(Unit.FLAG, 1, 1, 0),
  /// Least time between two pushes of one pool to one user.
  PUSH_GAP(Unit.DURATION, ms(20), ms(100), ms(100)),
  /// How long after its start a lone registrar does not say that a pool is unknown.
  WARM_UP(Unit.DURATION, ms(2_000), 0, 0),

  // Announcements: RFC 5352 section 3.6.

  /// T6-Serverannounce.
  ANNOUNCE_INTERVAL(Unit.DURATION, ms(1_000)),
  /// How far single intervals vary.
  ANNOUNCE_JITTER(Unit.SHARE, percent(5), 0, 125),
  /// Whether the interval grows with the number of registrars that are heard.
  ANNOUNCE_IN_TURN(Unit.FLAG, 1, 1, 0),
  /// Whether announcements list the addresses.
  ANNOUNCE_TRANSPORTS(Unit.FLAG, 1, 1, 0),
  /// T7-ENRPoutdate: least time after which a registrar that is not heard any more does not count.
  REGISTRAR_OUTDATE(Unit.DURATION, ms(5_000)),

  // Limits. Rates are a second; 0 is no limit.

  /// Handle resolutions of one identity.
  RESOLUTION_RATE(Unit.COUNT, 1_000, 1_000, 0),
  /// Burst of these.
  RESOLUTION_BURST(Unit.COUNT, 2_000),
  /// Handle resolutions of one identity in one pool whose policy changes state with each.
  POOL_RESOLUTION_RATE(Unit.COUNT, 100, 100, 0),
  /// Burst of these.
  POOL_RESOLUTION_BURST(Unit.COUNT, 200),
  /// Unreachable reports of one identity about one pool.
  REPORT_RATE(Unit.COUNT, 1, 1, 0),
  /// Burst of these.
  REPORT_BURST(Unit.COUNT, 10),
  /// Registrations and deregistrations of one identity.
  REGISTRATION_RATE(Unit.COUNT, 200, 200, 0),
  /// Burst of these.
  REGISTRATION_BURST(Unit.COUNT, 1_000),
  /// New associations of one identity.
  CONNECTION_RATE(Unit.COUNT, 50, 50, 0),
  /// Burst of these.
  CONNECTION_BURST(Unit.COUNT, 200),
  /// Refusals in a row after which an association is closed.
  REFUSALS_MAX(Unit.COUNT, 100),
  /// Whether loopback peers without authentication are limited, too.
  LIMIT_LOOPBACK(Unit.FLAG, 0),
  /// Identities whose rates are remembered.
  IDENTITIES_MAX(Unit.COUNT, 100_000),
  /// Unreadable or senseless messages after which an association is broken.
  MALFORMED_MAX(Unit.COUNT, 16),
  /// Subscriptions of one association.
  SUBSCRIPTIONS_PER_ASSOCIATION(Unit.COUNT, 1_000),
  /// Subscriptions of all.
  SUBSCRIPTIONS_MAX(Unit.COUNT, 100_000),
  /// Elements that one association, or one identity, registers.
  ELEMENTS_PER_ASSOCIATION(Unit.COUNT, 10_000),
  /// Elements of all.
  ELEMENTS_MAX(Unit.COUNT, 1_000_000),
  /// Pools.
  POOLS_MAX(Unit.COUNT, 100_000),
  /// Associations at once.
  ASSOCIATIONS_MAX(Unit.COUNT, 200_000),

  // Peers: RFC 5353 section 4.2.

  /// PEER-HEARTBEAT-CYCLE: longest time between two presences to all peers.
  PEER_HEARTBEAT_CYCLE(Unit.DURATION, ms(750), ms(30_000), ms(2_750)),
  /// By which share single cycles are shorter at most, so that two of them stay below
  /// MAX-TIME-LAST-HEARD; in `rsplib` 2.75 s less up to 22.2 % is its 2.444 s, more or less 12.5 %.
  PEER_HEARTBEAT_JITTER(Unit.SHARE, percent(10), 133, 222),
  /// MAX-TIME-LAST-HEARD: silence after which a peer is asked whether it lives.
  MAX_TIME_LAST_HEARD(Unit.DURATION, ms(900), ms(61_000), ms(5_000)),
  /// MAX-TIME-NO-RESPONSE: how long a peer that is asked may be silent.
  MAX_TIME_NO_RESPONSE(Unit.DURATION, ms(900), ms(5_000), ms(5_000)),
  /// Time between two such questions.
  PEER_PROBE_GAP(Unit.DURATION, ms(150), ms(5_000), ms(5_000)),
  /// How long the acknowledgements of a takeover are awaited at least.
  TAKEOVER_EXPIRY(Unit.DURATION, ms(150), ms(30_000), ms(5_000)),
  /// And how many times the slowest round trip to a peer.
  TAKEOVER_EXPIRY_ROUND_TRIPS(Unit.COUNT, 4),
  /// Whether the higher server identifier wins the arbitration (RFC 5353 section 3.5.1); with rsplib
  /// the lower one does.
  HIGHER_ID_WINS(Unit.FLAG, 1, 1, 0),
  /// Whether peers without elements are taken over formally, too.
  TAKEOVER_ALWAYS(Unit.FLAG, 1, 1, 0),
  /// Whether a checksum that differs is looked at twice before the table is fetched.
  AUDIT_CONFIRMED(Unit.FLAG, 1, 0, 0),
  /// Whether announcements to all peers name each receiver.
  RECEIVER_NAMED(Unit.FLAG, 0, 0, 1),
  /// Whether list and table are requested from the mentor at the same time.
  START_REQUESTS_AT_ONCE(Unit.FLAG, 0, 0, 1),
  /// Whether users and peers are answered during the start.
  SERVES_WHILE_STARTING(Unit.FLAG, 0, 0, 1),
  /// How long a table response is awaited.
  TABLE_REQUEST_TIME(Unit.DURATION, ms(1_000), ms(10_000), ms(10_000)),
  /// Time before a rejected request is repeated, and before an empty endpoint is called again.
  PEER_RETRY(Unit.DURATION, ms(250), ms(3_000), ms(3_000)),
  /// Longest start; after it the registrar serves with what it has.
  START_TIME(Unit.DURATION, ms(5_000), ms(30_000), ms(5_000)),
  /// How long a mentor is sought by multicast before that, where the scope has presences there: as
  /// long as two heartbeats, or as in rsplib.
  MENTOR_SEARCH(Unit.DURATION, ms(1_500), ms(5_000), ms(5_000)),
  /// Longest time between two calls of a configured peer that is not there.
  PEER_CALL_GAP_MAX(Unit.DURATION, ms(8_000), ms(60_000), ms(8_000)),
  /// Peers at most.
  PEERS_MAX(Unit.COUNT, 100),
  /// Whether peers hear of re-registrations that changed nothing.
  UPDATE_UNCHANGED(Unit.FLAG, 0, 1, 1),
  /// Whether the registrations of a peer's elements expire while the peer lives.
  PEER_LIVES_RUN(Unit.FLAG, 0, 1, 1),
  /// How long elements are kept at most whose home is not heard.
  HOMELESS_TIME(Unit.DURATION, ms(60_000), ms(600_000), ms(90_000)),
  /// Time before the association of an element that has moved away is ended.
  RELEASE_DELAY(Unit.DURATION, ms(200)),

  // Handle tables: RFC 5353 section 3.2.3.

  /// Transfers to others at once.
  TABLE_SESSIONS_MAX(Unit.COUNT, 32),

  /// Elements in one response.
  TABLE_ELEMENTS(Unit.COUNT, 128),
  /// Bytes of one response.
  TABLE_BYTES(Unit.COUNT, 1_400),
  /// How long a half-sent table waits for the next request.
  TABLE_SESSION(Unit.DURATION, ms(1_000), ms(10_000), ms(10_000));

  /// What a value is.
  public enum Unit {
    /// Nanoseconds inside, written as `250ms` or `1.5s`.
    DURATION,
    /// A plain number.
    COUNT,
    /// Thousandths inside, written as `12.5%`.
    SHARE,
    /// 0 or 1 inside, written as `off` or `on`.
    FLAG
  }

  private final Unit unit;
  private final long standard;
  private final long rfc;
  private final long rsplib;

  RegistrarSetting(Unit unit, long standard, long rfc, long rsplib) {
    this.unit = unit;
    this.standard = standard;
    this.rfc = rfc;
    this.rsplib = rsplib;
  }

  RegistrarSetting(Unit unit, long everywhere) {
    this(unit, everywhere, everywhere, everywhere);
  }

  /// What its value is.
  public Unit unit() {
    return unit;
  }

  /// The default, in the inner form of its unit.
  long defaultFor(Profile profile) {
    return switch (profile) {
      case STANDARD -> standard;
      case RFC -> rfc;
      case RSPLIB -> rsplib;
    };
  }

  /// The setting with the given name, in either spelling.
  ///
  /// @throws IllegalArgumentException if there is none
  public static RegistrarSetting parse(String text) {
    for (RegistrarSetting setting : values()) {
      if (setting.toString().equals(text.toLowerCase(Locale.ROOT).replace('_', '-'))) {
        return setting;
      }
    }
    throw new IllegalArgumentException("there is no registrar setting '" + text + "'");
  }

  /// The name in configurations.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static long ms(long milliseconds) {
    return milliseconds * 1_000_000;
  }

  private static long percent(long percent) {
    return percent * 10;
  }
}

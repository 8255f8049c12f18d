package io.rserpool.engine.peering;

import io.rserpool.engine.DeadlineQueue;
import io.rserpool.engine.Endpoint;
import io.rserpool.engine.peers.PeerState;
import io.rserpool.engine.turn.Due;
import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.ServerInformation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Another registrar, as far as this one knows it (the peer list entry of RFC 5353 section 3.4).
final class Peer {

  /// No difference of checksums has been seen, or it is gone.
  private static final long IN_STEP = -1;

  private final ServerId id;
  private final DeadlineQueue.Deadline<Due> deadline;
  private final List<PeerLink> links = new ArrayList<>(2);
  private ServerInformation information = ServerInformation.NONE;
  private PeerState state = PeerState.SUSPECT;
  private long sinceNs;
  private long heardNs;
  private boolean spoken;

  private @Nullable PeerLink call;
  private int endpointsTried;
  private int refusals;

  private boolean asked;
  private long askedNs;
  private long roundTripNs;

  private ServerId yieldedTo = ServerId.NONE;
  private SequencedSet<ServerId> awaited = new LinkedHashSet<>();

  private boolean inStep = true;
  private boolean mayHaveMissed = true;
  private long differsAtEvents = IN_STEP;
  private long auditNotBeforeNs = Long.MIN_VALUE;
  private int vainAudits;
  private boolean listRequested;

  /// @param due what is to be done at its deadline
  Peer(ServerId id, DeadlineQueue<Due> deadlines, Consumer<Peer> due, long nowNs) {
    this.id = id;
    this.deadline = deadlines.create(() -> due.accept(this));
    this.sinceNs = nowNs;
    this.heardNs = nowNs;
  }

  ServerId id() {
    return id;
  }

  /// The one deadline: its next question, or the end of waiting.
  DeadlineQueue.Deadline<Due> deadline() {
    return deadline;
  }

  PeerState state() {
    return state;
  }

  void state(PeerState newState, long nowNs) {
    state = newState;
    sinceNs = nowNs;
  }

  /// Since when it is in its state.
  long sinceNs() {
    return sinceNs;
  }

  boolean isActive() {
    return state == PeerState.ACTIVE;
  }

  long heardNs() {
    return heardNs;
  }

  /// It was heard; closes an open question.
  void heard(long nowNs) {
    heardNs = nowNs;
    spoken = true;
    refusals = 0;
    if (asked) {
      asked = false;
      roundTripNs = nowNs - askedNs;
    }
  }

  /// Whether it was ever heard.
  boolean hasSpoken() {
    return spoken;
  }

  /// This registrar was away for a while, which is no silence of the peer.
  void excuse(long latenessNs, long nowNs) {
    heardNs = Math.min(heardNs + latenessNs, nowNs);
  }

  /// It was asked to answer.
  void asked(long nowNs) {
    if (!asked) {
      asked = true;
      askedNs = nowNs;
    }
  }

  /// The last time between a question and any sign of life; 0 if unknown.
  long roundTripNs() {
    return roundTripNs;
  }

  /// Where it says it is.
  ServerInformation information() {
    return information;
  }

  void information(ServerInformation newInformation) {
    information = newInformation;
  }

  /// Where it can be called.
  List<Endpoint> endpoints() {
    List<Endpoint> endpoints = new ArrayList<>();
    for (AsapTransport transport : information.transports()) {
      if (transport.port() != 0
          && transport.addresses().stream().noneMatch(address -> address.isUnspecified())) {
        endpoints.add(Endpoint.of(transport));
      }
    }
    return endpoints;
  }

  /// The association on which it is spoken to: the same one as long as it lasts, so that everything
  /// arrives in order.
  @Nullable PeerLink link() {
    return links.isEmpty() ? null : links.getFirst();
  }

  List<PeerLink> links() {
    return links;
  }

  /// The call to it that is under way.
  @Nullable PeerLink call() {
    return call;
  }

  void call(@Nullable PeerLink newCall) {
    call = newCall;
  }

  /// The endpoint to try next, all in turn.
  Endpoint nextEndpoint(List<Endpoint> endpoints) {
    return endpoints.get(endpointsTried++ % endpoints.size());
  }

  /// Counts refused calls since it was heard last, or suspected.
  int refused() {
    return ++refusals;
  }

  void forgetRefusals() {
    refusals = 0;
  }

  /// Who is taking it over, in state YIELDED.
  ServerId yieldedTo() {
    return yieldedTo;
  }

  void yieldedTo(ServerId by) {
    yieldedTo = by;
  }

  /// Who still has to acknowledge, in state ARBITRATING.
  SequencedSet<ServerId> awaited() {
    return awaited;
  }

  void awaited(SequencedSet<ServerId> newAwaited) {
    awaited = newAwaited;
  }

  /// Whether updates of it may have been missed: until its table was fetched over an association
  /// that has lasted since. Checksums do not show what is new about a known element.
  boolean mayHaveMissed() {
    return mayHaveMissed;
  }

  void mayHaveMissed(boolean may) {
    mayHaveMissed = may;
  }

  boolean isInStep() {
    return inStep;
  }

  /// The checksums agree.
  void agreed() {
    inStep = true;
    differsAtEvents = IN_STEP;
    vainAudits = 0;
  }

  /// The checksums differ.
  ///
  /// @param events the number of events about its elements until now
  /// @return whether they did so before, and nothing has happened in between
  boolean differsAgain(long events) {
    inStep = false;
    boolean again = differsAtEvents == events;
    differsAtEvents = again ? IN_STEP : events;
    return again;
  }

  long auditNotBeforeNs() {
    return auditNotBeforeNs;
  }

  /// A comparison of tables begins.
  ///
  /// @return how many there were since the checksums agreed last
  int audited(long notBeforeNs) {
    auditNotBeforeNs = notBeforeNs;
    return vainAudits++;
  }

  void auditNotBefore(long notBeforeNs) {
    auditNotBeforeNs = notBeforeNs;
  }

  /// Whether its peer list is still to be asked for; says so once.
  boolean takeListRequest() {
    boolean first = !listRequested;
    listRequested = true;
    return first;
  }
}

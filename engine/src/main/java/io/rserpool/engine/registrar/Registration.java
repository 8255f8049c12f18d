package io.rserpool.engine.registrar;

import io.rserpool.engine.DeadlineQueue;
import io.rserpool.engine.handlespace.ElementEntry;
import io.rserpool.engine.turn.Due;
import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.asap.AsapEndpointKeepAlive;
import io.rserpool.protocol.asap.AsapRegistration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a registrar keeps of one element beside its entry in the handlespace: who registered it
/// over
/// which association, and how its life is watched.
final class Registration {

  /// Where an element stands with this registrar.
  enum Standing {
    /// This registrar is its home and asks it whether it lives.
    MONITORED,
    /// Its association is lost; a call finds out whether it lives.
    CALLED,
    /// It lives, but has no home; it has some time to find one.
    ORPHANED,
    /// Its home was taken over; it is being told that this registrar is its home.
    ADOPTED,
    /// It is not this registrar's.
    FOREIGN
  }

  /// A registration of the same identifier that waits for this element to answer or to be dead.
  record Rival(Association association, AsapRegistration message) {}

  private final AsapEndpointKeepAlive keepAlive;
  private final Liveness liveness;
  private @Nullable ElementEntry<Registration> entry;
  private @Nullable Association association;
  private @Nullable Association former;
  private String registrant = "";
  private Standing standing = Standing.FOREIGN;
  private ServerId adoptedFrom = ServerId.NONE;
  private boolean inherited;
  private @Nullable PoolElementParameter rivalClaim;
  private DeadlineQueue.@Nullable Deadline<Due> deadline;
  private @Nullable Rival rival;
  private long lastExtraAskNs;
  private long lastChange;
  private long lastChangeNs;
  private long cameNs;
  private boolean asksExtra;
  private boolean addressChecked;
  private AsapTransport uncallable = AsapTransport.Absent.INSTANCE;

  Registration(AsapEndpointKeepAlive keepAlive, Liveness liveness) {
    this.keepAlive = keepAlive;
    this.liveness = liveness;
  }

  AsapEndpointKeepAlive keepAlive() {
    return keepAlive;
  }

  Liveness liveness() {
    return liveness;
  }

  ElementEntry<Registration> entry() {
    return Objects.requireNonNull(entry, "the element is not in the handlespace yet");
  }

  void entry(ElementEntry<Registration> newEntry) {
    entry = newEntry;
  }

  ElementKey key() {
    return new ElementKey(entry().handle(), entry().id());
  }

  @Nullable Association association() {
    return association;
  }

  /// Binds the element to the association over which it registered last, or to none.
  void association(@Nullable Association newAssociation) {
    if (association != newAssociation) {
      if (association != null) {
        association.registrations().remove(this);
      }
      former = newAssociation == null ? null : association;
    }
    association = newAssociation;
    if (newAssociation != null) {
      newAssociation.registrations().add(this);
    }
  }

  /// The number of changes of the handlespace when something happened to it last.
  long lastChange() {
    return lastChange;
  }

  /// When it registered here last, or accepted this registrar as its home.
  long cameNs() {
    return cameNs;
  }

  void came(long nowNs) {
    cameNs = nowNs;
  }

  /// When that was.
  long lastChangeNs() {
    return lastChangeNs;
  }

  void lastChange(long number, long atNs) {
    lastChange = number;
    lastChangeNs = atNs;
    inherited = false;
    rivalClaim = null;
  }

  /// Whether its home has it from a dead registrar, and has not said since that it lives: if the dead
  /// one speaks again, its word counts more.
  boolean isInherited() {
    return inherited;
  }

  void inherit() {
    inherited = true;
  }

  /// The element as another peer than its home has it, which claims to be its home, too; until
  /// something happens to it.
  @Nullable PoolElementParameter rivalClaim() {
    return rivalClaim;
  }

  void rivalClaim(PoolElementParameter element) {
    rivalClaim = element;
  }

  /// The element may come back to this association.
  void former(Association other) {
    if (other != association) {
      former = other;
    }
  }

  /// Binds the element to the association that it used before the one that is lost, if that is still
  /// there: an element may have had two for a moment, since both sides had called, and end either.
  ///
  /// @return whether it is
  boolean returnToFormer() {
    Association other = former;
    if (other == null || !other.isUp()) {
      return false;
    }
    association(other);
    return true;
  }

  /// Whose registration this is: an authenticated name, or an address.
  String registrant() {
    return registrant;
  }

  void registrant(String newRegistrant) {
    registrant = newRegistrant;
  }

  Standing standing() {
    return standing;
  }

  void standing(Standing newStanding) {
    standing = newStanding;
  }

  /// Its home that was taken over, in standing ADOPTED.
  ServerId adoptedFrom() {
    return adoptedFrom;
  }

  void adopted(ServerId from) {
    standing = Standing.ADOPTED;
    adoptedFrom = from;
  }

  /// The one deadline of this element: next question, end of a call, or end of the grace.
  DeadlineQueue.Deadline<Due> deadline(DeadlineQueue<Due> queue, Due due) {
    if (deadline == null) {
      deadline = queue.create(due);
    }
    return deadline;
  }

  DeadlineQueue.@Nullable Deadline<Due> deadline() {
    return deadline;
  }

  @Nullable Rival rival() {
    return rival;
  }

  void rival(@Nullable Rival newRival) {
    rival = newRival;
  }

  /// Whether a question out of turn may be asked now; there is one in each keep-alive interval (RFC
  /// 5355 section 2.14.3).
  boolean mayAskExtra(long nowNs, long intervalNs) {
    if (asksExtra && nowNs - lastExtraAskNs < intervalNs) {
      return false;
    }
    asksExtra = true;
    lastExtraAskNs = nowNs;
    return true;
  }

  /// Whether the address at which the element says it can be called is still to be tried; says so
  /// once.
  boolean takeAddressCheck() {
    boolean first = !addressChecked;
    addressChecked = true;
    return first;
  }

  /// The address at which the element says it can be called was tried in vain.
  void uncallable(AsapTransport claimed) {
    uncallable = claimed;
  }

  /// The element as it is to be kept: at an address that was tried in vain nobody calls it.
  PoolElementParameter asKnownToBeCallable(PoolElementParameter element) {
    AsapTransport claimed = element.asapTransport();
    return claimed.port() != 0 && claimed.equals(uncallable)
        ? element.withAsapTransport(new AsapTransport.Tcp(claimed.addresses().getFirst(), 0))
        : element;
  }
}

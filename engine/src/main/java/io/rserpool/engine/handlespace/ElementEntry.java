package io.rserpool.engine.handlespace;

import io.rserpool.engine.DeadlineQueue.Deadline;
import io.rserpool.engine.Engine;
import io.rserpool.engine.policy.Member;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.ServerId;
import org.jspecify.annotations.Nullable;

/// One pool element in the handlespace. It lives as long as the element is there, through any
/// number of re-registrations, and can still be read after that.
///
/// @param <S> what the owner of the handlespace keeps of each element: liveness, connection, marks
public final class ElementEntry<S> extends Member {

  private final int key;
  private PoolElementParameter element;
  private Share<S> share;
  private S state;
  private @Nullable Deadline<ElementEntry<S>> expiry;

  ElementEntry(PoolElementParameter element, Share<S> share, S state) {
    this.key = element.elementId().value();
    this.element = element;
    this.share = share;
    this.state = state;
  }

  /// The pool.
  public PoolHandle handle() {
    return share.pool().handle();
  }

  /// The element's identifier.
  public ElementId id() {
    return element.elementId();
  }

  /// The home registrar.
  public ServerId home() {
    return element.homeId();
  }

  /// What is known of the element.
  public PoolElementParameter element() {
    return element;
  }

  @Override
  public Policy policy() {
    return element.policy();
  }

  /// The owner's own state.
  public S state() {
    return state;
  }

  /// Replaces the owner's own state.
  public void state(S newState) {
    this.state = newState;
  }

  /// Whether the element is still in the handlespace.
  public boolean isPresent() {
    return share.pool().find(key) == this;
  }

  /// Whether the element is in its pool's selection: present, and in agreement with the pool's
  /// policy type, transport type and transport use. Others are only [held][Handlespace#hold].
  public boolean isSelectable() {
    return isPresent() && share.pool().selects(this);
  }

  /// When the registration expires, or [Engine#NEVER].
  public long expiryNs() {
    return expiry == null ? Engine.NEVER : expiry.atNs();
  }

  int key() {
    return key;
  }

  void element(PoolElementParameter newElement) {
    this.element = newElement;
  }

  Share<S> share() {
    return share;
  }

  void share(Share<S> newShare) {
    this.share = newShare;
  }

  @Nullable Deadline<ElementEntry<S>> expiry() {
    return expiry;
  }

  void expiry(@Nullable Deadline<ElementEntry<S>> newExpiry) {
    this.expiry = newExpiry;
  }

  /// Pool handle and element identifier.
  @Override
  public String toString() {
    return handle() + "/" + id();
  }
}

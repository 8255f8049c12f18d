package io.rserpool.engine.registrar;

import io.rserpool.engine.handlespace.ElementEntry;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.enrp.UpdateAction;

/// Tells the peers what becomes of the own elements (RFC 5353 section 3.3). What happens to the
/// elements of other homes is theirs to tell.
final class Updates implements PoolListener {

  /// Tells all peers.
  @FunctionalInterface
  interface Announcement {
    void tell(UpdateAction action, PoolHandle handle, PoolElementParameter element);
  }

  private final ServerId id;
  private final Announcement announcement;
  private final boolean tellsUnchanged;

  Updates(ServerId id, RegistrarSettings settings, Announcement announcement) {
    this.id = id;
    this.announcement = announcement;
    this.tellsUnchanged = settings.isOn(RegistrarSetting.UPDATE_UNCHANGED);
  }

  /// Tells that an element is there, with this home.
  void add(ElementEntry<Registration> entry) {
    announcement.tell(UpdateAction.ADD_PE, entry.handle(), entry.element());
  }

  @Override
  public void added(ElementEntry<Registration> entry) {
    if (entry.home().equals(id)) {
      add(entry);
    }
  }

  @Override
  public void renewed(
      ElementEntry<Registration> entry, PoolElementParameter previous, boolean changed) {
    if (entry.home().equals(id) && (changed || tellsUnchanged)) {
      add(entry);
    }
  }

  /// An element that has lost its home here is still there, without one.
  @Override
  public void rehomed(ElementEntry<Registration> entry, ServerId previous) {
    if (entry.home().isNone() && previous.equals(id)) {
      add(entry);
    }
  }

  /// Of an element that was adopted and did not answer, only those hear who have followed the
  /// takeover: the update names the old home. Perhaps that lives after all, and the element with it.
  @Override
  public void removed(ElementEntry<Registration> entry) {
    Registration registration = entry.state();
    switch (registration.standing()) {
      case ADOPTED -> tellGone(entry, entry.element().withHome(registration.adoptedFrom()));
      case ORPHANED -> tellGone(entry, entry.element());
      case MONITORED, CALLED, FOREIGN -> {
        if (entry.home().equals(id)) {
          tellGone(entry, entry.element());
        }
      }
    }
  }

  private void tellGone(ElementEntry<Registration> entry, PoolElementParameter element) {
    announcement.tell(UpdateAction.DEL_PE, entry.handle(), element);
  }
}

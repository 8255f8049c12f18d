package io.rserpool.engine.registrar;

import io.rserpool.engine.handlespace.ElementEntry;
import io.rserpool.engine.handlespace.Handlespace;
import io.rserpool.engine.peers.PeerStatus;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.ServerId;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// The present state of a registrar, for looking at.
final class Glance implements RegistrarView {

  private final ServerId id;
  private final Duties duties;

  Glance(ServerId id, Duties duties) {
    this.id = id;
    this.duties = duties;
  }

  @Override
  public ServerId id() {
    return id;
  }

  @Override
  public boolean isServing() {
    return duties.peering.isServing();
  }

  @Override
  public long changes() {
    return duties.membership.changes();
  }

  @Override
  public List<Element> elements() {
    Handlespace<Registration> handlespace = duties.membership.handlespace();
    List<Element> found = new ArrayList<>();
    for (PoolHandle handle : handlespace.pools()) {
      for (ElementEntry<Registration> entry : handlespace.elements(handle)) {
        found.add(new Element(handle, entry.element(), duties.copies.isLiving(entry.state())));
      }
    }
    return found;
  }

  @Override
  public int checksum(ServerId home) {
    return duties.membership.handlespace().checksum(home);
  }

  @Override
  public List<PeerStatus> peers() {
    return duties.peering.status();
  }

  @Override
  public SortedMap<String, Integer> sizes() {
    SortedMap<String, Integer> sizes = new TreeMap<>();
    sizes.put("elements", duties.membership.handlespace().elementCount());
    sizes.put("pools", duties.membership.handlespace().poolCount());
    sizes.put("peers", duties.peering.status().size());
    sizes.put("links", duties.peering.links());
    sizes.put("calls", duties.calls.size());
    sizes.put("adoptions", duties.adoption.size());
    sizes.put("subscriptions", duties.subscriptions.size());
    sizes.put("associations", duties.associations.size());
    sizes.put("rates", duties.limits.size());
    return sizes;
  }
}

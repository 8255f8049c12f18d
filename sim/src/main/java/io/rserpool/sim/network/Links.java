package io.rserpool.sim.network;

import io.rserpool.engine.AssociationId;
import io.rserpool.engine.Endpoint;
import io.rserpool.engine.LossReason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The links of one life of a process, which its resident uses. As with [NodeTransport], the
/// machine's kernel accepts and acknowledges while the process is paused.
final class Links implements End.Owner {

  private final Network network;
  private final Node node;
  private final Resident resident;
  private final Map<End, Link> links = new LinkedHashMap<>();

  Links(Network network, Node node, Resident resident) {
    this.network = network;
    this.node = node;
    this.resident = resident;
  }

  Resident resident() {
    return resident;
  }

  @Override
  public Node node() {
    return node;
  }

  @Override
  public boolean isCurrent() {
    return node.isCurrent(this);
  }

  /// The ends that are open, in the order in which they were opened.
  List<End> open() {
    return links.keySet().stream().filter(End::isOpen).toList();
  }

  /// All ends; nothing more is told of them.
  List<End> takeAll() {
    List<End> all = new ArrayList<>(links.keySet());
    links.values().forEach(Link::over);
    links.clear();
    return all;
  }

  /// A new end for a call that has come.
  End accept(int port) {
    long number = node.nextLink();
    return new End(network, this, new AssociationId(number), Speech.SESSION, port);
  }

  /// Calls a service; the resident hears what comes of it.
  Link call(Endpoint endpoint, long limitNs) {
    long number = node.nextLink();
    AssociationId id = new AssociationId(-number);
    End end = new End(network, this, id, Speech.SESSION, node.nextClientPort());
    Link link = new Link(end, number);
    links.put(end, link);
    network.call(end, endpoint, limitNs);
    return link;
  }

  void forget(End end) {
    links.remove(end);
  }

  @Override
  public void up(End end) {
    Link link = links.computeIfAbsent(end, _ -> new Link(end, end.id().value()));
    later(
        end,
        link,
        () -> {
          node.tell("up", end);
          resident.up(link);
        });
  }

  @Override
  public void down(End end, LossReason reason, String detail) {
    Link link = links.remove(end);
    if (link != null) {
      later(
          end,
          link,
          () -> {
            link.over();
            node.tell("down", end, reason + ", " + detail);
            resident.down(link, reason, detail);
          });
    }
  }

  @Override
  public void message(End end, byte[] frame) {
    Link link = links.get(end);
    if (link != null) {
      later(
          end,
          link,
          () -> {
            node.tellMessage("receive", end, frame);
            end.taken();
            byte[] message = Arrays.copyOfRange(frame, Link.HEADER_SIZE, frame.length);
            resident.received(link, Link.ppid(frame), message);
          });
    }
  }

  @Override
  public void taken(End end) {
    Link link = links.get(end);
    if (link != null && link.isRelieved()) {
      later(end, link, () -> resident.roomy(link));
    }
  }

  private void later(End end, Link link, Runnable news) {
    if (end.owner() == this && isCurrent()) {
      node.run(() -> {
        if (!link.isOver()) {
          news.run();
        }
      });
    }
  }
}

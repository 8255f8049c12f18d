package io.rserpool.net;

import io.rserpool.engine.AssociationId;
import io.rserpool.engine.Event;

/// What the network tells beside engine and host.
public sealed interface NetEvent extends Event {

  /// A connection was not let in.
  record ConnectionRefused(String source, String reason) implements NetEvent {
    @Override
    public Level level() {
      return Level.WARN;
    }

    @Override
    public boolean isPeerDriven() {
      return true;
    }

    @Override
    public String describe() {
      return "source=" + source + " connection refused: " + reason;
    }
  }

  /// An association was aborted since its peer offended against a limit.
  record AssociationAborted(AssociationId association, String source, String reason)
      implements NetEvent {
    @Override
    public Level level() {
      return Level.WARN;
    }

    @Override
    public boolean isPeerDriven() {
      return true;
    }

    @Override
    public String describe() {
      return "source=" + source + " association=" + association + " aborted: " + reason;
    }
  }

  /// One of several paths of an association has changed; the association itself goes on.
  record PathChanged(AssociationId association, String source, String address, String change)
      implements NetEvent {
    @Override
    public Level level() {
      return Level.INFO;
    }

    @Override
    public boolean isPeerDriven() {
      return true;
    }

    @Override
    public String describe() {
      return "source=" + source + " association=" + association + " path=" + address + " " + change;
    }
  }

  /// Datagrams to the multicast group come faster than they are read; they are dropped.
  record AnnouncementsDropped(String source) implements NetEvent {
    @Override
    public Level level() {
      return Level.WARN;
    }

    @Override
    public boolean isPeerDriven() {
      return true;
    }

    @Override
    public String describe() {
      return "source=" + source + " announcements dropped: too many a second";
    }
  }

  /// Multicast cannot be used; everything else goes on without it.
  record MulticastUnavailable(String group, String reason) implements NetEvent {
    @Override
    public Level level() {
      return Level.WARN;
    }

    @Override
    public String describe() {
      return "group=" + group + " multicast is off: " + reason;
    }
  }

  /// The node has met a defect of its own and has stopped; everything of it is gone.
  record NodeFailed(String name, String reason) implements NetEvent {
    @Override
    public Level level() {
      return Level.ERROR;
    }

    @Override
    public String describe() {
      return "node=" + name + " has stopped by a defect, please report it: " + reason;
    }
  }
}

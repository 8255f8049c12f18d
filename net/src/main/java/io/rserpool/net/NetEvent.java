package io.rserpool.net;

import io.rserpool.engine.AssociationId;
import io.rserpool.engine.Event;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

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

  /// A peer that has called could not be secured, or did not prove who it is.
  record HandshakeFailed(String source, String reason) implements NetEvent {
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
      return "source=" + source + " handshake failed: " + reason;
    }
  }

  /// The node's certificate was renewed; new connections use it.
  record CertificateRenewed(String identity, Instant validUntil) implements NetEvent {
    @Override
    public Level level() {
      return Level.INFO;
    }

    @Override
    public String describe() {
      return "certificate of " + identity + " renewed, valid until " + validUntil;
    }
  }

  /// New TLS files cannot be used; the old ones stay in use.
  record CertificateUnusable(String reason) implements NetEvent {
    @Override
    public Level level() {
      return Level.WARN;
    }

    @Override
    public String describe() {
      return "the new certificate is not used: " + reason;
    }
  }

  /// The node's certificate should have been renewed by now.
  record CertificateExpires(String identity, Instant validUntil, Duration left)
      implements NetEvent {
    @Override
    public Level level() {
      return left.isZero() ? Level.ERROR : Level.WARN;
    }

    @Override
    public String describe() {
      return left.isZero()
          ? "certificate of " + identity + " has expired at " + validUntil + ": nobody trusts it"
          : "certificate of %s expires in %d min, at %s; renew it"
              .formatted(identity, left.toMinutes(), validUntil);
    }
  }

  /// Others than its owner can read or change the node's private key, and be this node then.
  ///
  /// @param permissions as the file system spells them
  record KeyExposed(Path key, String permissions) implements NetEvent {
    @Override
    public Level level() {
      return Level.WARN;
    }

    @Override
    public String describe() {
      return "private key %s is %s: others can read or change it, and be this node then. Expected that"
              .formatted(key, permissions)
          + " only its owner can (chmod 600); have a new one made if others may have read it";
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

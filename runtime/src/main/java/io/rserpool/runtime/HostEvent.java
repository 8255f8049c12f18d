package io.rserpool.runtime;

import io.rserpool.engine.AssociationId;
import io.rserpool.engine.Event;
import io.rserpool.protocol.IpAddress;

/// What a host tells beside its engine's own events.
public sealed interface HostEvent extends Event {

  /// A message that the engine wanted to send has no bytes, mostly since it is too large.
  record MessageUnsendable(AssociationId association, String type, String reason)
      implements HostEvent {
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
      return "association=" + association + " " + type + " not sent: " + reason;
    }
  }

  /// An announcement cannot be written.
  record AnnouncementUnsendable(String reason) implements HostEvent {
    @Override
    public Level level() {
      return Level.WARN;
    }

    @Override
    public String describe() {
      return "announcement not sent: " + reason;
    }
  }

  /// A message came with the identifier of another protocol; its association is aborted.
  ///
  /// @param expected the payload protocol identifier of the association's protocol
  /// @param seen what came, unsigned
  record WrongProtocol(AssociationId association, int expected, int seen) implements HostEvent {
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
      return "association="
          + association
          + " aborted: expected payload protocol "
          + expected
          + ", seen "
          + Integer.toUnsignedString(seen);
    }
  }

  /// The bytes on an association cannot be cut into messages any more; it is closed.
  record Unframeable(AssociationId association, String explanation) implements HostEvent {
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
      return "association=" + association + " closed: " + explanation;
    }
  }

  /// A datagram to the multicast group is no announcement; it is dropped.
  record AnnouncementIgnored(IpAddress source, int sourcePort, String explanation)
      implements HostEvent {
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
      return "source=" + source + " port=" + sourcePort + " announcement ignored: " + explanation;
    }
  }
}

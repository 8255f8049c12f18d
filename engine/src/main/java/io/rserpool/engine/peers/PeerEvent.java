package io.rserpool.engine.peers;

import io.rserpool.engine.Event;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.ServerId;
import java.time.Duration;

/// What happens between a registrar and its peers.
public sealed interface PeerEvent extends Event {

  @Override
  default Level level() {
    return Level.INFO;
  }

  /// Another registrar is known from now on.
  record Found(ServerId peer, String address) implements PeerEvent {
    @Override
    public boolean isPeerDriven() {
      return true;
    }

    @Override
    public String describe() {
      return name(peer) + " found at " + address;
    }
  }

  /// A registrar that is not known was heard by multicast, and is called.
  record Heard(ServerId peer, String address) implements PeerEvent {
    @Override
    public boolean isPeerDriven() {
      return true;
    }

    @Override
    public String describe() {
      return name(peer) + " heard by multicast, called at " + address;
    }
  }

  /// A configured peer cannot be reached; told once, and not again until it was reached.
  record Unreachable(String address, String why) implements PeerEvent {
    @Override
    public Level level() {
      return Level.WARN;
    }

    @Override
    public String describe() {
      return "configured peer at " + address + " cannot be reached: " + why;
    }
  }

  /// A configured peer that could not be reached has answered.
  record Reached(ServerId peer, String address) implements PeerEvent {
    @Override
    public String describe() {
      return name(peer) + " reached at " + address;
    }
  }

  /// A peer gives reason to ask whether it lives.
  record Suspected(ServerId peer, String why) implements PeerEvent {
    @Override
    public boolean isPeerDriven() {
      return true;
    }

    @Override
    public String describe() {
      return name(peer) + " suspected: " + why;
    }
  }

  /// A peer that was suspected, or more, was heard.
  record Returned(ServerId peer, PeerState before) implements PeerEvent {
    @Override
    public boolean isPeerDriven() {
      return true;
    }

    @Override
    public String describe() {
      return name(peer) + " heard again, was " + before;
    }
  }

  /// A peer counts as dead.
  ///
  /// @param silence how long it was not heard
  /// @param elements whose home it was
  record Dead(ServerId peer, Duration silence, int elements, String why) implements PeerEvent {
    @Override
    public Level level() {
      return Level.WARN;
    }

    @Override
    public String describe() {
      return "%s dead after %d ms of silence with %d elements: %s"
          .formatted(name(peer), silence.toMillis(), elements, why);
    }
  }

  /// The others are asked whether this registrar may take a dead peer over.
  ///
  /// @param awaited how many have to acknowledge
  record TakeoverBegun(ServerId peer, int awaited) implements PeerEvent {
    @Override
    public String describe() {
      return name(peer) + " takeover begun, waits for " + awaited + " peers";
    }
  }

  /// Another registrar may take a peer over.
  record TakeoverYielded(ServerId peer, ServerId by) implements PeerEvent {
    @Override
    public boolean isPeerDriven() {
      return true;
    }

    @Override
    public String describe() {
      return name(peer) + " left to registrar " + by;
    }
  }

  /// This registrar takes a dead peer over.
  ///
  /// @param elements that have a new home now
  /// @param missing how many of those who had to acknowledge have not
  record TakeoverWon(ServerId peer, int elements, int missing) implements PeerEvent {
    @Override
    public String describe() {
      return "%s taken over with %d elements, %d acknowledgements missing"
          .formatted(name(peer), elements, missing);
    }
  }

  /// Another registrar has taken a peer over.
  record TakenOver(ServerId peer, ServerId by, int elements) implements PeerEvent {
    @Override
    public boolean isPeerDriven() {
      return true;
    }

    @Override
    public String describe() {
      return "%s taken over by registrar %s with %d elements".formatted(name(peer), by, elements);
    }
  }

  /// Another registrar takes this one for dead.
  ///
  /// @param done whether it has taken it over already
  record TakenForDead(ServerId by, boolean done) implements PeerEvent {
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
      return name(by)
          + (done ? " has taken this registrar over" : " takes this registrar for dead");
    }
  }

  /// The start, or the return after an absence, is over.
  ///
  /// @param mentor who gave the handle table, or [ServerId#NONE]
  /// @param detail why there is no mentor, else empty
  record Synchronised(ServerId mentor, int elements, Duration taken, String detail)
      implements PeerEvent {
    @Override
    public String describe() {
      return mentor.isNone()
          ? "serves without a mentor after %d ms: %s".formatted(taken.toMillis(), detail)
          : "%s was the mentor: %d elements after %d ms"
              .formatted(name(mentor), elements, taken.toMillis());
    }
  }

  /// A peer would not answer a request for its list or its table.
  record RequestFailed(ServerId peer, String what) implements PeerEvent {
    @Override
    public boolean isPeerDriven() {
      return true;
    }

    @Override
    public String describe() {
      return name(peer) + " " + what;
    }
  }

  /// A peer's own checksum differs from what this registrar knows of its elements.
  record OutOfStep(ServerId peer, int expected, int seen) implements PeerEvent {
    @Override
    public boolean isPeerDriven() {
      return true;
    }

    @Override
    public String describe() {
      return "%s out of step: checksum expected 0x%04x, seen 0x%04x"
          .formatted(name(peer), expected, seen);
    }
  }

  /// The elements of a peer were compared with its own table.
  record Resynchronised(ServerId peer, int added, int replaced, int removed) implements PeerEvent {
    @Override
    public boolean isPeerDriven() {
      return true;
    }

    @Override
    public String describe() {
      return "%s resynchronised: %d elements added, %d replaced, %d removed"
          .formatted(name(peer), added, replaced, removed);
    }
  }

  /// An update of a peer was not followed.
  record UpdateIgnored(ServerId peer, PoolHandle handle, ElementId elementId, String why)
      implements PeerEvent {
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
      return "%s update of %s/%s ignored: %s".formatted(name(peer), handle, elementId, why);
    }
  }

  /// Somebody speaks in the name of a registrar that has proved to be somebody else before.
  ///
  /// @param identity who it has proved to be
  /// @param owner to whom the name belongs
  record Impostor(ServerId peer, String address, String identity, String owner)
      implements PeerEvent {
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
      return "%s is %s, but %s at %s speaks in its name"
          .formatted(name(peer), owner, identity, address);
    }
  }

  /// Somebody else uses this registrar's identifier.
  ///
  /// @param address where
  /// @param starting whether this registrar is still starting, and may take another
  record IdentifierClash(ServerId id, String address, boolean starting) implements PeerEvent {
    @Override
    public Level level() {
      return Level.ERROR;
    }

    @Override
    public boolean isPeerDriven() {
      return true;
    }

    @Override
    public String describe() {
      return "registrar=" + id + " is the identifier of the registrar at " + address + ", too";
    }
  }

  /// A peer by name.
  private static String name(ServerId id) {
    return "peer=" + id;
  }
}

package io.rserpool.engine.registrar;

import io.rserpool.engine.Event;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.ErrorCause;
import io.rserpool.protocol.LeaveRequest;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.ServerId;
import java.time.Duration;
import java.util.List;

/// What a registrar engine tells.
public sealed interface RegistrarEvent extends Event {

  @Override
  default Level level() {
    return Level.INFO;
  }

  /// The registrar serves.
  ///
  /// @param overrides the settings that differ from the profile, as `name=value`
  record Started(ServerId serverId, Profile profile, List<String> overrides)
      implements RegistrarEvent {
    public Started {
      overrides = List.copyOf(overrides);
    }

    @Override
    public String describe() {
      return "registrar=" + serverId + " started: profile=" + profile + " overrides=" + overrides;
    }
  }

  /// The registrar has ended its associations.
  record Stopped(ServerId serverId) implements RegistrarEvent {
    @Override
    public String describe() {
      return "registrar=" + serverId + " stopped";
    }
  }

  /// An element is in its pool, new or moved here.
  record Registered(PoolHandle handle, ElementId elementId, String peer) implements RegistrarEvent {
    @Override
    public String describe() {
      return element(handle, elementId) + " registered by " + peer;
    }
  }

  /// An element has registered again.
  ///
  /// @param changed whether it told anything new
  record Renewed(PoolHandle handle, ElementId elementId, String peer, boolean changed)
      implements RegistrarEvent {
    @Override
    public Level level() {
      return Level.DEBUG;
    }

    @Override
    public String describe() {
      return element(handle, elementId) + " renewed by " + peer + (changed ? ", changed" : "");
    }
  }

  /// An element left by its own will.
  record Deregistered(PoolHandle handle, ElementId elementId, String peer)
      implements RegistrarEvent {
    @Override
    public String describe() {
      return element(handle, elementId) + " deregistered by " + peer;
    }
  }

  /// An element was found dead and removed.
  ///
  /// @param source by what it was found
  /// @param silence how long it had not been heard
  record Removed(
      PoolHandle handle, ElementId elementId, DeathSource source, Duration silence, String detail)
      implements RegistrarEvent {
    @Override
    public Level level() {
      return Level.WARN;
    }

    @Override
    public String describe() {
      return element(handle, elementId)
          + " removed: source=%s silent=%dms, ".formatted(source, silence.toMillis())
          + detail;
    }
  }

  /// Somebody took an element out by hand.
  record TakenOut(PoolHandle handle, ElementId elementId, LeaveRequest leave, String by)
      implements RegistrarEvent {
    @Override
    public Level level() {
      return Level.WARN;
    }

    @Override
    public String describe() {
      return element(handle, elementId) + " taken out by hand: " + leave + " by " + by;
    }
  }

  /// A registration or deregistration was refused.
  record Rejected(PoolHandle handle, ElementId elementId, String peer, ErrorCause cause, String why)
      implements RegistrarEvent {
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
      return element(handle, elementId)
          + " of "
          + peer
          + " rejected: "
          + cause.cause().text()
          + ", "
          + why;
    }
  }

  /// Somebody could not reach an element.
  ///
  /// @param reporters how many say so now; not counted for an element of another home
  record Reported(PoolHandle handle, ElementId elementId, String reporter, int reporters)
      implements RegistrarEvent {
    @Override
    public boolean isPeerDriven() {
      return true;
    }

    @Override
    public String describe() {
      return element(handle, elementId)
          + " reported unreachable by "
          + reporter
          + ", reporters="
          + reporters;
    }
  }

  /// An element lost its association but lives, and has some time to find a home.
  record Orphaned(PoolHandle handle, ElementId elementId, Duration grace)
      implements RegistrarEvent {
    @Override
    public String describe() {
      return element(handle, elementId)
          + " lives but lost its association; kept for "
          + grace.toMillis()
          + "ms";
    }
  }

  /// Nobody answers where an element says that it can be called.
  record Uncallable(PoolHandle handle, ElementId elementId, String address, String detail)
      implements RegistrarEvent {
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
      return element(handle, elementId) + " cannot be called at " + address + ": " + detail;
    }
  }

  /// A peer asked for more than it may.
  ///
  /// @param inARow refusals without a success in between
  record LimitHit(String peer, String limit, int inARow) implements RegistrarEvent {
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
      return "peer=" + peer + " over the limit: " + limit + ", refused in a row: " + inARow;
    }
  }

  /// A peer sent what cannot be read, or what makes no sense here.
  ///
  /// @param count so far on this association
  record Malformed(String peer, String what, int count) implements RegistrarEvent {
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
      return "peer=" + peer + " misbehaved: " + what + ", count=" + count;
    }
  }

  /// A peer reports that it did not understand this registrar.
  record ErrorReceived(String peer, List<ErrorCause> causes) implements RegistrarEvent {
    public ErrorReceived {
      causes = List.copyOf(causes);
    }

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
      return "peer=" + peer + " reports errors: " + causes;
    }
  }

  /// There are so many elements that each is asked less often, or as often as before again.
  ///
  /// @param worst the longest time from the silence of an element to its removal
  record IntervalChanged(int elements, Duration interval, Duration mean, Duration worst)
      implements RegistrarEvent {
    @Override
    public Level level() {
      return Level.WARN;
    }

    @Override
    public String describe() {
      return "elements=%d keep-alive interval=%dms: a silent one is removed after %dms, at worst %dms"
          .formatted(elements, interval.toMillis(), mean.toMillis(), worst.toMillis());
    }
  }

  /// Many elements are silent at once, so that verdicts wait; or not any more.
  record BrakeChanged(boolean on, int silent, int elements) implements RegistrarEvent {
    @Override
    public Level level() {
      return Level.WARN;
    }

    @Override
    public String describe() {
      return "brake=%s silent=%d elements=%d".formatted(on ? "on" : "off", silent, elements);
    }
  }

  /// The registrar itself was away; it passes no verdict for a while.
  record SelfDoubted(Duration lateness, Duration time) implements RegistrarEvent {
    @Override
    public Level level() {
      return Level.WARN;
    }

    @Override
    public String describe() {
      return "late by %dms: no verdicts for %dms".formatted(lateness.toMillis(), time.toMillis());
    }
  }

  private static String element(PoolHandle handle, ElementId elementId) {
    return "pool=" + handle + " element=" + elementId;
  }
}

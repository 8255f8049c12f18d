package io.rserpool.sim.check;

import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.PoolHandle;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/// What is really the case with one user process, and what it has been told of the pools that it
/// watches.
public final class UserFacts {

  private final String name;
  private final Quiet quiet;
  private final Map<PoolHandle, NavigableSet<ElementId>> seen = new LinkedHashMap<>();
  private boolean isRunning = true;
  private boolean isThere = true;
  private long sinceNs;

  /// A user process.
  public UserFacts(String name, Quiet quiet) {
    this.name = name;
    this.quiet = quiet;
  }

  /// The name of its process.
  public String name() {
    return name;
  }

  /// Since when its machine is left in peace.
  public Quiet quiet() {
    return quiet;
  }

  /// Whether there is a process that runs.
  public boolean isRunning() {
    return isRunning;
  }

  /// Whether there is a process, be it paused.
  public boolean isThere() {
    return isThere;
  }

  /// There is a process, or there is none.
  public void there(boolean newThere) {
    isThere = newThere;
  }

  /// It runs, or does not.
  public void running(boolean newRunning, long nowNs) {
    isRunning = newRunning;
    sinceNs = nowNs;
  }

  /// Since when it runs, or does not.
  long runsSinceNs() {
    return sinceNs;
  }

  /// It watches a pool from now on, and has heard nothing of it in this life.
  public void watches(PoolHandle handle) {
    seen.put(handle, new TreeSet<>());
  }

  /// It was told who is in a pool.
  public void told(PoolHandle handle, List<ElementId> elements) {
    seen.put(handle, new TreeSet<>(elements));
  }

  /// What it was told last of each pool that it watches.
  public Map<PoolHandle, NavigableSet<ElementId>> seen() {
    return seen;
  }
}

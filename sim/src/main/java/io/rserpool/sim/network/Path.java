package io.rserpool.sim.network;

import io.rserpool.sim.Simulation;
import java.util.random.RandomGenerator;

/// One direction of the way between two machines; all associations between them share it. It can be
/// cut, stalled, and made to lose more.
public final class Path {

  private final Simulation simulation;
  private final LinkSettings settings;
  private final RandomGenerator random;
  private final Gate out;
  private final Gate in;
  private final long usualNs;
  private double loss;
  private double survivalLog;
  private long untilLoss;
  private long stalledUntilNs;
  private int cuts;

  /// Whether anything leaves or enters a machine at all; counts what closes it.
  static final class Gate {
    private int closed;

    void close() {
      closed++;
    }

    void open() {
      closed--;
    }
  }

  /// A way that no machine can close.
  Path(Simulation simulation, LinkSettings settings, RandomGenerator random) {
    this(simulation, settings, random, new Gate(), new Gate());
  }

  /// @param out of the machine where it begins
  /// @param in of the machine where it ends
  Path(Simulation simulation, LinkSettings settings, RandomGenerator random, Gate out, Gate in) {
    this.out = out;
    this.in = in;
    this.simulation = simulation;
    this.settings = settings;
    this.random = random;
    this.usualNs = settings.delayNs() + settings.jitterNs() / 2;
    loss(settings.loss());
  }

  LinkSettings settings() {
    return settings;
  }

  /// Nothing passes any more until each cut is healed.
  public void cut() {
    cuts++;
  }

  /// Takes one cut back.
  public void heal() {
    cuts--;
  }

  /// Whether packets pass.
  public boolean isUp() {
    return cuts == 0 && out.closed == 0 && in.closed == 0;
  }

  /// What is sent from now until then leaves only then, all at once.
  public void stall(long untilNs) {
    stalledUntilNs = Math.max(stalledUntilNs, untilNs);
  }

  /// Another share is lost from now on.
  public void loss(double newLoss) {
    loss = newLoss;
    survivalLog = Math.log1p(-newLoss);
    untilLoss = drawUntilLoss();
  }

  /// Back to the loss that belongs to it.
  public void restoreLoss() {
    loss(settings.loss());
  }

  /// How long a packet takes mostly.
  long usualNs() {
    return usualNs;
  }

  /// Whether this packet is lost: counts down to the next loss, which saves most draws.
  boolean loses() {
    if (!isUp()) {
      return true;
    }
    if (loss == 0 || --untilLoss >= 0) {
      return false;
    }
    untilLoss = drawUntilLoss();
    return true;
  }

  /// When a packet that is sent now arrives.
  long arrivalNs() {
    long atNs = Math.max(simulation.nowNs(), stalledUntilNs) + settings.delayNs();
    if (settings.jitterNs() > 0) {
      atNs += (long) (random.nextDouble() * settings.jitterNs());
    }
    if (settings.spikeShare() > 0 && random.nextDouble() < settings.spikeShare()) {
      atNs += (long) (random.nextDouble() * settings.spikeNs());
    }
    return atNs;
  }

  private long drawUntilLoss() {
    return loss == 0 ? Long.MAX_VALUE : (long) (Math.log1p(-random.nextDouble()) / survivalLog);
  }
}

package io.rserpool.bench.handlespace;

import java.lang.management.ManagementFactory;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// Counts the processor time of the measured thread and its operations: on a busy machine the time
/// on the clock says how busy the machine is, not how fast the code.
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class Processor {

  /// How many operations were measured.
  public long operations;

  /// Their processor time.
  public long nanoseconds;

  private long startNs;

  /// The processor time of this thread.
  static long nowNs() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  /// Begins an iteration.
  @Setup(Level.Iteration)
  public void start() {
    startNs = nowNs();
  }

  /// The processor time since the iteration began.
  public long iterationNanoseconds() {
    return nowNs() - startNs;
  }
}

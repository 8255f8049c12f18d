package io.rserpool.bench.handlespace;

import io.rserpool.protocol.PoolElementParameter;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// A pool is filled with elements and emptied again, in another order. Small pools are filled and
/// emptied many times, so that there are always 100,000 registrations or deregistrations to
/// measure.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgs = "-Xmx768m")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class HandlespaceFilling {

  private static final int OPERATIONS = 100_000;

  /// The pool's policy.
  @Param public Workload.Choice policy = Workload.Choice.RR;

  /// The number of elements in a full pool.
  @Param({"10", "100", "1000", "10000", "100000"})
  public int size;

  /// What is measured.
  @Param public Subject.Kind subject = Subject.Kind.OURS;

  private PoolElementParameter[] elements = {};
  private Subject[] empty = {};
  private Subject[] full = {};

  /// Makes the elements.
  @Setup
  public void create() {
    elements = Workload.elements(policy, size);
  }

  /// Makes the handlespaces.
  @Setup(Level.Invocation)
  public void fill() {
    empty = new Subject[OPERATIONS / size];
    full = new Subject[OPERATIONS / size];
    for (int i = 0; i < full.length; i++) {
      empty[i] = subject.create();
      full[i] = subject.create();
      for (PoolElementParameter element : elements) {
        full[i].register(element);
      }
    }
  }

  /// All elements of a pool register, one after the other.
  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public Object register(Processor processor) {
    long startNs = Processor.nowNs();
    for (Subject handlespace : empty) {
      for (PoolElementParameter element : elements) {
        handlespace.register(element);
      }
    }
    processor.nanoseconds += Processor.nowNs() - startNs;
    processor.operations += OPERATIONS;
    return empty;
  }

  /// All elements of a pool deregister, every seventh first, then every seventh from the second on.
  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public Object deregister(Processor processor) {
    long startNs = Processor.nowNs();
    for (Subject handlespace : full) {
      for (int start = 0; start < 7; start++) {
        for (int i = start; i < elements.length; i += 7) {
          handlespace.deregister(elements[i]);
        }
      }
    }
    processor.nanoseconds += Processor.nowNs() - startNs;
    processor.operations += OPERATIONS;
    return full;
  }
}

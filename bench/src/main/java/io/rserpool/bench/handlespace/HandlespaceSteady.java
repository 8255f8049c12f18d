package io.rserpool.bench.handlespace;

import io.rserpool.protocol.PoolElementParameter;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What happens to a pool whose membership stays the same.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgs = "-Xmx768m")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class HandlespaceSteady {

  /// How often each element has been prepared to register again.
  private static final int RENEWALS = 4;

  /// The pool's policy.
  @Param public Workload.Choice policy = Workload.Choice.RR;

  /// The number of elements.
  @Param({"10", "100", "1000", "10000", "100000"})
  public int size;

  /// What is measured.
  @Param public Subject.Kind subject = Subject.Kind.OURS;

  private final PoolElementParameter[][] renewals = new PoolElementParameter[RENEWALS][];
  private Subject handlespace = subject.create();
  private int next;
  private int renewal;

  /// Fills the pool.
  @Setup
  public void fill() {
    PoolElementParameter[] elements = Workload.elements(policy, size);
    for (int i = 0; i < RENEWALS; i++) {
      renewals[i] = Workload.renewed(elements, i);
    }
    handlespace = subject.create();
    for (PoolElementParameter element : elements) {
      handlespace.register(element);
    }
  }

  /// One element registers again: with a new load if its policy is adaptive, unchanged otherwise.
  @Benchmark
  public void reregister(Processor processor) {
    processor.operations++;
    handlespace.register(nextRenewal());
  }

  /// A pool user asks for one element.
  @Benchmark
  public Object resolveOne(Processor processor) {
    processor.operations++;
    return handlespace.resolve(1);
  }

  /// A pool user asks for three elements.
  @Benchmark
  public Object resolveThree(Processor processor) {
    processor.operations++;
    return handlespace.resolve(3);
  }

  /// One element registers again and a pool user asks for one.
  @Benchmark
  public Object cycle(Processor processor) {
    processor.operations++;
    handlespace.register(nextRenewal());
    return handlespace.resolve(1);
  }

  private PoolElementParameter nextRenewal() {
    PoolElementParameter element = renewals[renewal][next];
    if (++next == size) {
      next = 0;
      renewal = (renewal + 1) % RENEWALS;
    }
    return element;
  }
}

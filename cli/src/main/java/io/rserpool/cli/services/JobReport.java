package io.rserpool.cli.services;

import io.rserpool.client.Failover;
import io.rserpool.protocol.ElementId;
import io.rserpool.services.calculation.CalculationListener;
import io.rserpool.services.calculation.CalculationResult;
import java.io.PrintWriter;
import java.util.Locale;

/// Tells of jobs, a line for each thing that happens.
record JobReport(PrintWriter out) implements CalculationListener {

  @Override
  public void queued(long jobId, long jobSize, int waiting) {
    out.printf("job %d: %d calculations, %d waiting%n", jobId, jobSize, waiting);
  }

  @Override
  public void accepted(long jobId, ElementId element) {
    out.printf("job %d: accepted by element %s%n", jobId, element);
  }

  @Override
  public void rejected(long jobId, ElementId element) {
    out.printf("job %d: rejected by element %s%n", jobId, element);
  }

  @Override
  public void movedOver(long jobId, Failover failover) {
    out.printf("job %d: %s%n", jobId, Notes.move(failover));
  }

  @Override
  public void completed(CalculationResult result) {
    out.printf(
        Locale.ROOT,
        "job %d: complete; queuing %s, start-up %s, processing %s, %.0f calculations/s%n",
        result.jobId(),
        Notes.seconds(result.queuing()),
        Notes.seconds(result.startup()),
        Notes.seconds(result.processing()),
        result.speed());
  }

  @Override
  public void unreachable(String reason) {
    out.printf("waiting: %s%n", reason);
  }
}

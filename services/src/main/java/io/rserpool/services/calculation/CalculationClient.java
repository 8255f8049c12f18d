package io.rserpool.services.calculation;

import io.rserpool.client.InterruptedCallException;
import io.rserpool.client.PoolUser;
import io.rserpool.client.RSerPoolException;
import io.rserpool.client.SessionOptions;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.services.user.Conversation;
import io.rserpool.services.user.Surroundings;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.random.RandomGenerator;

/// Has a pool calculate: makes jobs at random times and of random sizes, and has one after the other
/// done, each in a session of its own. When the element fails, another one goes on with the job from
/// the last cookie, or begins anew where there is none.
public final class CalculationClient {

  /// Nobody takes more than that for a pool that is only out of breath.
  private static final long UNREACHABLE_NS = Duration.ofSeconds(30).toNanos();

  private final Surroundings surroundings;
  private final CalculationOptions options;
  private final CalculationListener listener;
  private final RandomGenerator random;
  private final Deque<Job> queue = new ArrayDeque<>();
  private final List<CalculationResult> results = new ArrayList<>();
  private long made;
  private long nextJobNs;

  /// A job that waits for its turn.
  record Job(long id, long size, long madeNs) {}

  CalculationClient(
      Surroundings surroundings,
      CalculationOptions options,
      CalculationListener listener,
      RandomGenerator random) {
    this.surroundings = surroundings;
    this.options = options;
    this.listener = listener;
    this.random = random;
  }

  /// Has all jobs calculated.
  ///
  /// @param session limits of the sessions
  /// @param random where intervals and sizes come from
  /// @return the jobs in the order in which they were complete; of jobs without end there is none
  /// @throws RSerPoolException if no element can be reached for half a minute
  /// @throws InterruptedCallException if interrupted
  public static List<CalculationResult> run(
      PoolUser user,
      PoolHandle handle,
      SessionOptions session,
      CalculationOptions options,
      CalculationListener listener,
      RandomGenerator random) {
    return new CalculationClient(
            Surroundings.of(user, handle, session, CalculationMessage.PPID),
            options,
            listener,
            random)
        .run();
  }

  List<CalculationResult> run() {
    nextJobNs = surroundings.nowNs();
    while (isMaking() || !queue.isEmpty()) {
      makeJobs();
      Job job = queue.poll();
      if (job == null) {
        surroundings.pause(Duration.ofNanos(Math.max(1, nextJobNs - surroundings.nowNs())));
      } else {
        complete(job);
      }
    }
    return List.copyOf(results);
  }

  private boolean isMaking() {
    return options.jobs() == 0 || made < options.jobs();
  }

  /// Makes the jobs whose time has come.
  ///
  /// @return until when there is no new one
  long makeJobs() {
    while (isMaking() && surroundings.nowNs() - nextJobNs >= 0) {
      made++;
      long size = Math.max(1, Math.round(exponential(options.jobSize())));
      Job job = new Job(made & 0xffff_ffffL, size, nextJobNs);
      queue.add(job);
      listener.queued(job.id, size, queue.size());
      nextJobNs += Math.max(1, Math.round(exponential((double) options.jobInterval().toNanos())));
    }
    return isMaking() ? nextJobNs : Long.MAX_VALUE;
  }

  private double exponential(double mean) {
    return -mean * Math.log1p(-random.nextDouble());
  }

  /// Has one job calculated, whatever it takes.
  private void complete(Job job) {
    JobWatch watch = new JobWatch(job, surroundings, options, listener);
    long triedSinceNs = surroundings.nowNs();
    while (!watch.isComplete()) {
      try (Conversation conversation = surroundings.open()) {
        triedSinceNs = surroundings.nowNs();
        watch.run(conversation, this::makeJobs);
      } catch (InterruptedCallException e) {
        throw e;
      } catch (RSerPoolException e) {
        if (!e.isRetryable() || surroundings.nowNs() - triedSinceNs > UNREACHABLE_NS) {
          throw e;
        }
        listener.unreachable(String.valueOf(e.getMessage()));
      }
      if (!watch.isComplete()) {
        surroundings.pause(options.retryDelay());
      }
    }
    if (options.jobs() > 0) {
      results.add(watch.result());
    }
    listener.completed(watch.result());
  }
}

package io.rserpool.services.calculation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// What an element can calculate, at any moment shared equally among the jobs that are not complete.
/// Time is an argument, and never goes back. Safe for several threads.
final class Capacity {

  private final double perNs;
  private final int jobsMax;
  private final List<Job> jobs = new ArrayList<>();
  private long asOfNs;

  Capacity(long perSecond, int jobsMax) {
    this.perNs = perSecond / (double) TimeUnit.SECONDS.toNanos(1);
    this.jobsMax = jobsMax;
  }

  /// A job that takes part.
  static final class Job {
    private final long id;
    private final long size;
    private double completed;

    private Job(long id, long size, long completed) {
      this.id = id;
      this.size = size;
      this.completed = Math.min(completed, size);
    }

    long id() {
      return id;
    }

    long size() {
      return size;
    }
  }

  /// Takes a job, if there is a place for it.
  synchronized Optional<Job> begin(long id, long size, long completed, long nowNs) {
    advance(nowNs);
    if (jobs.size() >= jobsMax) {
      return Optional.empty();
    }
    Job job = new Job(id, size, completed);
    jobs.add(job);
    return Optional.of(job);
  }

  /// How many calculations of a job are complete.
  synchronized long completed(Job job, long nowNs) {
    advance(nowNs);
    return (long) job.completed;
  }

  /// Gives the place of a job to others.
  synchronized void end(Job job, long nowNs) {
    advance(nowNs);
    jobs.remove(job);
  }

  synchronized double load() {
    return jobs.size() / (double) jobsMax;
  }

  /// The shortest time in which so many calculations can be done: that of a job without company.
  long nsAtBest(long calculations) {
    return (long) Math.ceil(Math.max(0, calculations) / perNs);
  }

  /// A job that becomes complete on the way leaves its share to the others from that moment on.
  private void advance(long nowNs) {
    double leftNs = nowNs - asOfNs;
    asOfNs = nowNs;
    List<Job> active = new ArrayList<>(jobs);
    active.removeIf(job -> job.completed >= job.size);
    while (leftNs > 0 && !active.isEmpty()) {
      double share = perNs / active.size();
      double least = active.stream().mapToDouble(job -> job.size - job.completed).min().orElse(0);
      double stepNs = Math.min(leftNs, least / share);
      boolean isOneComplete = stepNs < leftNs;
      for (Job job : active) {
        boolean isComplete = isOneComplete && job.size - job.completed <= least;
        job.completed =
            isComplete
                ? (double) job.size
                : Math.min((double) job.size, job.completed + stepNs * share);
      }
      active.removeIf(job -> job.completed >= job.size);
      leftNs -= stepNs;
    }
  }
}

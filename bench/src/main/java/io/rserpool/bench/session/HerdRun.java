package io.rserpool.bench.session;

import io.rserpool.client.PoolUser;
import io.rserpool.client.SessionOptions;
import io.rserpool.protocol.Profile;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;

/// One stampede.
final class HerdRun {

  static final int SERVERS = 4;

  /// Calling at once; more would only wait in the servers' queues.
  private static final int CALLING_MAX = 100;

  private static final Duration OPENING_TIME_MAX = Duration.ofMinutes(2);
  private static final Duration MOVING_TIME_MAX = Duration.ofSeconds(60);
  private static final Duration SETTLING = Duration.ofSeconds(3);
  private static final long POLL_MS = 20;

  private final int sessions;
  private final int users;
  private final String policy;
  private final Harm harm;
  private final boolean isAllOnOne;
  private final SessionOptions options;
  private final List<HerdMember> members = new ArrayList<>();
  private final List<PoolUser> openUsers = new ArrayList<>();

  /// @param isAllOnOne whether the other servers come when all sessions are on the first one
  HerdRun(
      int sessions,
      int users,
      String policy,
      Harm harm,
      boolean isAllOnOne,
      SessionOptions options) {
    this.sessions = sessions;
    this.users = users;
    this.policy = policy;
    this.harm = harm;
    this.isAllOnOne = isAllOnOne;
    this.options = options;
  }

  void run(boolean isPrinted) throws IOException, InterruptedException {
    try (Stage stage = new Stage(Profile.STANDARD, "127.0.0.1", policy)) {
      for (int i = 0; i < (isAllOnOne ? 1 : SERVERS); i++) {
        Stage.warm(stage.add());
      }
      try {
        HerdReport report = new HerdReport(members);
        long beginNs = System.nanoTime();
        open(stage);
        double openingSeconds = (System.nanoTime() - beginNs) / 1e9;
        while (stage.servers().size() < SERVERS) {
          Stage.warm(stage.add());
        }
        Thread.sleep(SETTLING);
        if (isPrinted) {
          System.out.printf(
              "%n%s: the server of %s sessions is %s (policy %s; opened in %.1f s)%n",
              isAllOnOne ? "all" : "a quarter",
              isAllOnOne ? "all" : "a quarter of the",
              harm,
              policy,
              openingSeconds);
        }
        stampede(stage, report, isPrinted);
      } finally {
        Thread.ofPlatform().start(() -> openUsers.forEach(PoolUser::close)).join();
      }
    }
  }

  private void open(Stage stage) throws InterruptedException {
    for (int i = 0; i < users; i++) {
      openUsers.add(PoolUser.open(stage.scope()));
    }
    Semaphore calling = new Semaphore(CALLING_MAX);
    for (int i = 0; i < sessions; i++) {
      HerdMember member = new HerdMember(openUsers.get(i % users), options);
      members.add(member);
      calling.acquire();
      Thread.ofVirtual().name("member").start(() -> member.run(calling::release));
    }
    await(member -> member.answers() > 0, OPENING_TIME_MAX);
  }

  private void stampede(Stage stage, HerdReport report, boolean isPrinted)
      throws IOException, InterruptedException {
    Stage.Server victim = stage.servers().getFirst();
    System.gc();
    report.hit(victim.id());
    stage.registrar("mark");
    stage.servers().forEach(server -> server.talker().ask("mark"));
    SystemCounters system = new SystemCounters();
    Sampler sampler = new Sampler();
    long beginNs = harm.inflict(victim);
    await(member -> !member.server().equals(victim.id()), MOVING_TIME_MAX);
    sampler.end();
    if (isPrinted) {
      report.times(beginNs);
      System.out.println("  " + sampler);
      report.stage(stage, victim);
      System.out.println("  counted by the system: " + system.growth());
    }
    victim.talker().close();
    int answering = countAnswering();
    if (isPrinted) {
      System.out.printf("  afterwards %d of %d sessions answer%n", answering, members.size());
    }
  }

  /// How many answer when all are asked once more.
  private int countAnswering() throws InterruptedException {
    List<Integer> before = members.stream().map(HerdMember::answers).toList();
    members.forEach(HerdMember::ask);
    long deadlineNs = System.nanoTime() + SETTLING.multipliedBy(3).toNanos();
    int answering = 0;
    while (answering < members.size() && System.nanoTime() < deadlineNs) {
      Thread.sleep(POLL_MS);
      answering = 0;
      for (int i = 0; i < members.size(); i++) {
        answering += members.get(i).answers() > before.get(i) ? 1 : 0;
      }
    }
    return answering;
  }

  private void await(Predicate<HerdMember> wanted, Duration limit) throws InterruptedException {
    long deadlineNs = System.nanoTime() + limit.toNanos();
    while (System.nanoTime() < deadlineNs
        && !members.stream().allMatch(member -> wanted.test(member) || !member.end().isEmpty())) {
      Thread.sleep(POLL_MS);
    }
  }
}

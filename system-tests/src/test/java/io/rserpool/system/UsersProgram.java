package io.rserpool.system;

import io.rserpool.client.Pool;
import io.rserpool.client.PoolUser;
import io.rserpool.client.Scope;
import io.rserpool.protocol.PoolHandle;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/// Several users of one pool in one process: each resolves its handle over and over, never from a
/// cache, and the first one watches it. Prints each change that it sees and each resolution that
/// failed, and ends with its standard input.
///
/// Arguments: pool, number of users, registrars separated by commas; each user prefers the
/// registrar after its predecessor's. Commands on standard input, each answered with a line:
///
///     more COUNT      after so many more resolutions: what came of those since the last time
///     table ADDRESS   the handlespace of the registrar with that ENRP address
final class UsersProgram {
  /// A pace that leaves a small machine time for everything else.
  private static final int PACE_MS = 20;

  private final ResolutionTally tally = new ResolutionTally();

  private UsersProgram() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    UsersProgram program = new UsersProgram();
    PoolHandle pool = PoolHandle.of(arguments[0]);
    int count = Integer.parseInt(arguments[1]);
    List<String> registrars = new ArrayList<>(List.of(arguments[2].split(",")));
    ScheduledExecutorService pace =
        Executors.newScheduledThreadPool(count, Thread.ofPlatform().daemon().factory());
    for (int i = 0; i < count; i++) {
      PoolUser user = PoolUser.open(Scope.of(registrars.toArray(String[]::new)));
      if (i == 0) {
        user.watch(pool, new ChangePrinter()::changed);
      }
      program.resolve(user, pool);
      ScheduledFuture<?> _ =
          pace.scheduleWithFixedDelay(
              () -> program.resolve(user, pool), PACE_MS, PACE_MS, TimeUnit.MILLISECONDS);
      Collections.rotate(registrars, -1);
    }
    System.out.println("users ready");
    program.obey();
    Runtime.getRuntime().halt(0);
  }

  private void resolve(PoolUser user, PoolHandle pool) {
    long beginNs = System.nanoTime();
    try {
      user.purge(pool);
      Pool answer = user.resolve(pool);
      tally.done(answer.elements().size(), System.nanoTime() - beginNs);
    } catch (RuntimeException e) {
      // Whatever it is, the next resolution must come.
      System.out.println("resolution failed: " + e);
      tally.failed(System.nanoTime() - beginNs);
    }
  }

  private void obey() throws IOException, InterruptedException {
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      String[] words = line.split(" ");
      System.out.println(
          words[0].equals("more")
              ? tally.awaitMore(Integer.parseInt(words[1]))
              : RegistrarTable.ask(words[1]));
    }
  }

  /// A line for each element that comes or goes.
  private static final class ChangePrinter {
    private TreeSet<String> present = new TreeSet<>();

    void changed(Pool pool) {
      TreeSet<String> now = new TreeSet<>();
      pool.elements().forEach(element -> now.add(element.elementId().toString()));
      now.stream().filter(id -> !present.contains(id)).forEach(id -> print("joined", id));
      present.stream().filter(id -> !now.contains(id)).forEach(id -> print("left", id));
      present = now;
    }

    private static void print(String what, String id) {
      System.out.println(what + " " + id);
    }
  }
}

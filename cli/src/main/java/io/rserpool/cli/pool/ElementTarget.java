package io.rserpool.cli.pool;

import io.rserpool.cli.console.CommandFailure;
import io.rserpool.cli.console.ExitCode;
import io.rserpool.cli.console.Json;
import io.rserpool.cli.console.Names;
import io.rserpool.cli.console.RegistrarOption;
import io.rserpool.client.Pool;
import io.rserpool.client.PoolUser;
import io.rserpool.client.Subscription;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.PoolHandle;
import java.io.PrintWriter;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// One element of one pool, to which something is done.
final class ElementTarget {
  private static final int WHOLE_POOL_SECONDS = 2;

  @Mixin private final RegistrarOption registrar = new RegistrarOption();

  @Parameters(
      index = "0",
      paramLabel = "POOL",
      converter = Names.Pool.class,
      description = "The pool's handle, as text or as 0x and hexadecimal digits.")
  private PoolHandle pool = PoolHandle.of("?");

  @Parameters(
      index = "1",
      paramLabel = "ELEMENT",
      converter = Names.Element.class,
      description = "The element's identifier, such as 0x27ea9c10 (see resolve and dump).")
  private ElementId element = ElementId.NONE;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  /// What is done to the element.
  @FunctionalInterface
  interface Action {
    void perform(PoolUser user, PoolHandle pool, ElementId element);
  }

  /// Does something to the element, if it is in its pool, and says so.
  ///
  /// @param done the last word about it, such as `removed`
  /// @param explanation what that means
  int act(Action action, String done, String explanation, PrintWriter out) {
    try (PoolUser user = PoolUser.open(registrar.scope())) {
      requirePresent(user);
      action.perform(user, pool, element);
    }
    if (json) {
      out.println(
          new Json()
              .put("pool", pool.toString())
              .put("element", element.toString())
              .put("done", done));
    } else {
      out.printf("pool %s element %s: %s%n", pool, element, explanation);
    }
    return ExitCode.OK;
  }

  private void requirePresent(PoolUser user) {
    Pool known = user.resolve(pool);
    if (!has(known)) {
      known = whole(user, known);
    }
    if (!has(known)) {
      String present =
          known.elements().stream()
              .map(e -> e.elementId().toString())
              .collect(Collectors.joining(", "));
      throw CommandFailure.failed(
          "pool " + pool + " has no element " + element + "; it has " + present + ".");
    }
  }

  /// A resolution names a few elements only, a subscription all.
  private Pool whole(PoolUser user, Pool few) {
    BlockingQueue<Pool> states = new ArrayBlockingQueue<>(1);
    try (Subscription _ = user.watch(pool, states::offer)) {
      Pool all = states.poll(WHOLE_POOL_SECONDS, TimeUnit.SECONDS);
      return all == null ? few : all;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return few;
    }
  }

  private boolean has(Pool known) {
    return known.elements().stream().anyMatch(e -> e.elementId().equals(element));
  }
}

package io.rserpool.cli.daemon;

import io.rserpool.cli.console.CommandFailure;
import io.rserpool.client.ElementListener;
import io.rserpool.client.host.ServiceHost;
import io.rserpool.protocol.CauseCode;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.ErrorCause;
import io.rserpool.protocol.LeaveRequest;
import io.rserpool.protocol.PoolHandle;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Tells on standard output what happens to the element, and ends the server once it is refused.
final class ServeReport implements ElementListener {
  private final String service;
  private final PoolHandle pool;
  private final PrintWriter out;
  private final String asWhom;
  private final Runnable onRegistrar;
  private final CompletableFuture<Listening> listening = new CompletableFuture<>();
  private volatile List<ErrorCause> refusal = List.of();

  /// @param asWhom the end of a sentence about a refusal
  /// @param onRegistrar is told when a registrar has answered
  ServeReport(
      String service, PoolHandle pool, PrintWriter out, String asWhom, Runnable onRegistrar) {
    this.asWhom = asWhom;
    this.onRegistrar = onRegistrar;
    this.service = service;
    this.pool = pool;
    this.out = out;
  }

  /// The host, and where users reach it.
  private record Listening(ServiceHost host, String address) {}

  /// The host listens; what is told meanwhile waits for this.
  void listensAt(ServiceHost host, String address) {
    listening.complete(new Listening(host, address));
  }

  @Override
  public void registered(ElementId elementId, String registrar) {
    onRegistrar.run();
    out.printf(
        "serving %s in pool %s: element %s at %s%n",
        service, pool, elementId, listening.join().address());
  }

  @Override
  public void rejected(ElementId elementId, List<ErrorCause> causes) {
    onRegistrar.run();
    refusal = causes;
    ServiceHost refused = listening.join().host();
    Thread.ofVirtual().start(refused::close);
  }

  @Override
  public void askedToLeave(ElementId elementId, LeaveRequest leave) {
    switch (leave) {
      case DRAIN -> out.println("taken out by hand: serving the last sessions to their end");
      case REMOVE, NONE -> out.println("taken out by hand: ending now");
    }
  }

  /// Whether the registrar wants this element at all.
  void throwIfRejected() {
    if (!refusal.isEmpty()) {
      throw CommandFailure.failed(
          "the registrar refuses this element of pool "
              + pool
              + ": "
              + refusal
              + (refusal.stream().anyMatch(c -> c.cause() == CauseCode.SECURITY) ? asWhom : "")
              + ". Trying again makes sense after that was corrected.");
    }
  }
}

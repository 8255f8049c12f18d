package io.rserpool.net;

import io.rserpool.engine.AssociationKind;
import io.rserpool.engine.Effect;
import io.rserpool.engine.Endpoint;
import io.rserpool.engine.Engine;
import io.rserpool.engine.Event;
import io.rserpool.engine.Input;
import io.rserpool.protocol.Profile;
import java.util.function.Consumer;

/// One engine on the real network: a registrar, a pool element or a pool user.
///
/// Everything of a node happens on one event loop thread: its sockets, its engine, its timers, the
/// observer and the call-backs of requests. Call-backs must therefore be quick and never block;
/// they
/// may call [#submit] and [#newRequestId], but neither [#bind], [#listen] nor [#close]. All methods
/// may be called
/// from any thread otherwise.
public final class Node implements AutoCloseable {

  /// What a request is answered when its node is closed, or fails, before the engine has answered.
  public record Closed() implements Effect.Result {}

  private final NodeLoop loop;

  private Node(NodeLoop loop) {
    this.loop = loop;
  }

  /// Starts a node on an event loop thread of its own, which ends when the node is closed.
  ///
  /// @param observer is told every event of engine, host and network, on the node's thread
  public static Node start(
      Engine engine, Profile profile, NodeOptions options, Consumer<Event> observer) {
    EventLoops own = EventLoops.start(1, options.name());
    return new Node(NodeLoop.start(own, true, engine, profile, options, observer));
  }

  /// Starts a node on one of the given event loops.
  public static Node start(
      EventLoops loops,
      Engine engine,
      Profile profile,
      NodeOptions options,
      Consumer<Event> observer) {
    return new Node(NodeLoop.start(loops, false, engine, profile, options, observer));
  }

  /// A number for a request, never given twice by one node.
  public long newRequestId() {
    return loop.newRequestId();
  }

  /// Hands a request to the engine. The call-back runs on the node's thread, once, with the
  /// engine's
  /// answer, or with [Closed]. Requests of one thread are handled in the order of their submission.
  ///
  /// @throws NodeClosedException if the node is closed or has failed
  public void submit(Input.Request request, Consumer<Effect.Result> onResult) {
    loop.submit(request, onResult);
  }

  /// Takes an address to listen at, without letting anybody in before [#accept]: for engines that
  /// have
  /// to know their addresses before their first peer. Several listening addresses are several
  /// calls. A
  /// name stands for all its addresses (`localhost` for 127.0.0.1 and ::1), all with one port.
  /// Blocks
  /// until it is done.
  ///
  /// @param kind what is spoken there
  /// @param endpoint port 0 takes any free port
  /// @return the addresses that were taken, as literals, with the port
  /// @throws ListenException if the address cannot be had
  public Endpoint bind(AssociationKind kind, Endpoint endpoint) {
    return loop.bind(kind, endpoint);
  }

  /// Lets peers in at all addresses that were taken, those that wait first.
  public void accept() {
    loop.accept();
  }

  /// Listens at an address: [#bind] and [#accept] in one.
  ///
  /// @throws ListenException if the address cannot be had
  public Endpoint listen(AssociationKind kind, Endpoint endpoint) {
    Endpoint bound = loop.bind(kind, endpoint);
    loop.accept();
    return bound;
  }

  /// Closes all sockets without a word to the engine and ends the node. What was sent before goes
  /// out
  /// first. To leave in order, submit the engine's shutdown request and wait for its answer before.
  /// Blocks until it is done; a second call does nothing.
  @Override
  public void close() {
    loop.close();
  }
}

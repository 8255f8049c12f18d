package io.rserpool.net;

import static io.rserpool.net.RecordingEngine.PATIENCE_S;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rserpool.engine.AssociationId;
import io.rserpool.engine.AssociationKind;
import io.rserpool.engine.Effect;
import io.rserpool.engine.Endpoint;
import io.rserpool.engine.Event;
import io.rserpool.engine.Input;
import io.rserpool.engine.LossReason;
import io.rserpool.protocol.Octets;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.asap.AsapCookie;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// The life of a node: requests, timers, listening, closing, defects.
@SuppressWarnings("try") // Closing is what some of these tests are about.
final class NodeTest {

  private final RecordingEngine engine = new RecordingEngine();
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

  private Node start() {
    return Node.start(engine, Profile.STANDARD, NodeOptions.defaults("node"), events::add);
  }

  private static Effect.Result answer(Node node, Input.Request request) throws Exception {
    CompletableFuture<Effect.Result> answer = new CompletableFuture<>();
    node.submit(request, answer::complete);
    return answer.get(PATIENCE_S, TimeUnit.SECONDS);
  }

  private static Endpoint tcp(String host, int port) {
    return Endpoint.of(Endpoint.Scheme.TCP, host, port);
  }

  @Test
  void aRequestIsAnsweredOnTheNodesThread() throws Exception {
    try (Node node = start()) {
      CompletableFuture<String> thread = new CompletableFuture<>();
      node.submit(
          new RecordingEngine.Do(node.newRequestId(), java.util.List.of()),
          _ -> thread.complete(Thread.currentThread().getName()));
      assertThat(thread.get(PATIENCE_S, TimeUnit.SECONDS)).startsWith("node-");
    }
  }

  @Test
  void theEngineIsWokenAtItsDeadlineAndNotBefore() throws Exception {
    try (Node node = start()) {
      answer(node, new RecordingEngine.WakeAt(node.newRequestId(), 20_000_000));
      assertThat(engine.ticks.poll(PATIENCE_S, TimeUnit.SECONDS)).isNotNull().isNotNegative();
    }
  }

  @Test
  void anEarlierDeadlineReplacesALaterOne() throws Exception {
    try (Node node = start()) {
      answer(node, new RecordingEngine.WakeAt(node.newRequestId(), 3_600_000_000_000L));
      answer(node, new RecordingEngine.WakeAt(node.newRequestId(), 1_000_000));
      assertThat(engine.ticks.poll(PATIENCE_S, TimeUnit.SECONDS)).isNotNull();
    }
  }

  @Test
  void whatIsUnansweredWhenTheNodeClosesIsAnsweredClosed() throws Exception {
    Node node = start();
    CompletableFuture<Effect.Result> answer = new CompletableFuture<>();
    node.submit(new RecordingEngine.Ignore(node.newRequestId()), answer::complete);
    node.close();
    node.close();
    assertThat(answer.get(PATIENCE_S, TimeUnit.SECONDS)).isEqualTo(new Node.Closed());
    assertThatThrownBy(() -> node.submit(new RecordingEngine.Ignore(7), _ -> {}))
        .isInstanceOf(NodeClosedException.class)
        .hasMessage("node 'node' is closed");
  }

  @Test
  void aDefectOfTheEngineStopsTheNodeLoudly() throws Exception {
    try (Node node = start()) {
      Endpoint endpoint = node.listen(AssociationKind.ASAP, tcp("127.0.0.1", 0));
      try (Peer peer = Peer.connect(endpoint)) {
        assertThat(peer.isServed()).isTrue();
        assertThat(answer(node, new RecordingEngine.Break(node.newRequestId())))
            .isEqualTo(new Node.Closed());
        assertThat(peer.readToEnd()).isZero();
      }
      Event event = events.poll(PATIENCE_S, TimeUnit.SECONDS);
      assertThat(event).isInstanceOf(NetEvent.NodeFailed.class);
      assertThat(event.describe()).contains("broken on purpose");
    }
  }

  @Test
  void aDefectOfACallBackDoesNotStopTheNode() throws Exception {
    try (Node node = start()) {
      node.submit(
          new RecordingEngine.Do(node.newRequestId(), java.util.List.of()),
          _ -> {
            throw new IllegalStateException("the application's fault");
          });
      assertThat(answer(node, new RecordingEngine.Do(node.newRequestId(), java.util.List.of())))
          .isEqualTo(new RecordingEngine.Done());
    }
  }

  @Test
  void closingFromACallBackIsRefused() throws Exception {
    try (Node node = start()) {
      CompletableFuture<Throwable> thrown = new CompletableFuture<>();
      node.submit(
          new RecordingEngine.Do(node.newRequestId(), java.util.List.of()),
          _ -> {
            try {
              node.close();
            } catch (IllegalStateException e) {
              thrown.complete(e);
            }
          });
      assertThat(thrown.get(PATIENCE_S, TimeUnit.SECONDS)).hasMessageContaining("close blocks");
    }
  }

  @Test
  void localhostIsListenedAtWithOnePortOnAllItsAddresses() {
    try (Node node = start()) {
      Endpoint bound = node.listen(AssociationKind.ASAP, tcp("localhost", 0));
      assertThat(bound.port()).isPositive();
      assertThat(bound.hosts()).contains("127.0.0.1").isSubsetOf("127.0.0.1", "::1");
    }
  }

  @Test
  void aTakenPortIsNamedWithWhatToDo() throws Exception {
    try (Node node = start();
        ServerSocket other = new ServerSocket(0, 0, InetAddress.ofLiteral("127.0.0.1"))) {
      assertThatThrownBy(
              () -> node.listen(AssociationKind.ASAP, tcp("127.0.0.1", other.getLocalPort())))
          .isInstanceOf(ListenException.class)
          .hasMessage(
              "cannot listen at tcp://127.0.0.1:%d: another program listens there already; stop it,"
                      .formatted(other.getLocalPort())
                  + " or choose another port (0 takes any free one)");
    }
  }

  @Test
  void anAddressOfAnotherMachineIsNamed() {
    try (Node node = start()) {
      assertThatThrownBy(() -> node.listen(AssociationKind.ASAP, tcp("192.0.2.1", 0)))
          .isInstanceOf(ListenException.class)
          .hasMessageContaining("no address of this machine");
    }
  }

  @Test
  void tlsWithoutACertificateCannotBeListenedAt() {
    try (Node node = start()) {
      assertThatThrownBy(() ->
              node.listen(AssociationKind.ASAP, Endpoint.of(Endpoint.Scheme.TLS, "localhost", 0)))
          .isInstanceOf(ListenException.class)
          .hasMessageContaining("TLS needs a certificate, and this node was given none");
    }
  }

  @Test
  void nobodyIsLetInBeforeTheNodeAccepts() throws Exception {
    try (Node node = start()) {
      Endpoint bound = node.bind(AssociationKind.ASAP, tcp("127.0.0.1", 0));
      try (Peer peer = Peer.connect(bound)) {
        byte[] message = Peer.message(5);
        peer.write(message);
        answer(node, new RecordingEngine.Do(node.newRequestId(), java.util.List.of()));
        node.accept();
        assertThat(peer.read(message.length)).isEqualTo(message);
      }
    }
    assertThat(engine.inputs.poll()).isInstanceOf(RecordingEngine.Do.class);
  }

  @Test
  void manyNodesShareOneEventLoop() throws Exception {
    RecordingEngine otherEngine = new RecordingEngine();
    try (EventLoops loops = EventLoops.start(1, "shared");
        Node one =
            Node.start(loops, engine, Profile.STANDARD, NodeOptions.defaults("one"), _ -> {});
        Node other =
            Node.start(
                loops, otherEngine, Profile.STANDARD, NodeOptions.defaults("other"), _ -> {})) {
      Endpoint bound = one.listen(AssociationKind.ASAP, tcp("127.0.0.1", 0));
      RecordingEngine.call(other, 1, bound);
      engine.await(Input.AssociationUp.class);
      one.close();
      assertThat(otherEngine.await(Input.AssociationDown.class).reason())
          .isEqualTo(LossReason.CLOSED);
      assertThat(answer(other, new RecordingEngine.Do(other.newRequestId(), java.util.List.of())))
          .isEqualTo(new RecordingEngine.Done());
    }
  }

  @Test
  void nodesOfOneProgramTalkInProcess() throws Exception {
    RecordingEngine callerEngine = new RecordingEngine();
    Endpoint name = Endpoint.of(Endpoint.Scheme.IN_PROCESS, "nodesOfOneProgram", 0);
    try (Node node = start();
        Node caller =
            Node.start(callerEngine, Profile.STANDARD, NodeOptions.defaults("caller"), _ -> {})) {
      Endpoint bound = node.listen(AssociationKind.ASAP, name);
      AssociationId association = RecordingEngine.call(caller, 1, bound);
      callerEngine.await(Input.AssociationUp.class);
      // The other engine sends it back, and this one sends it there again, and so on.
      AsapCookie cookie = new AsapCookie(Octets.of((byte) 1));
      RecordingEngine.carryOut(caller, new Effect.SendAsap(association, cookie));
      assertThat(callerEngine.await(Input.AsapReceived.class).message()).isEqualTo(cookie);
      RecordingEngine.carryOut(caller, new Effect.Close(association));
      assertThat(engine.await(Input.AssociationDown.class).reason()).isEqualTo(LossReason.CLOSED);
      RecordingEngine.call(caller, 2, bound);
      callerEngine.await(Input.AssociationUp.class);
      node.close();
      assertThat(callerEngine.await(Input.AssociationDown.class).reason())
          .isEqualTo(LossReason.CLOSED);
      RecordingEngine.call(caller, 3, bound);
      assertThat(callerEngine.await(Input.AssociationDown.class).reason())
          .isEqualTo(LossReason.REFUSED);
    }
  }

  @Test
  void aNameIsTakenOnlyOnce() {
    Endpoint name = Endpoint.of(Endpoint.Scheme.IN_PROCESS, "aNameIsTakenOnlyOnce", 1);
    try (Node node = start()) {
      node.listen(AssociationKind.ASAP, name);
      assertThatThrownBy(() -> node.listen(AssociationKind.ASAP, name))
          .isInstanceOf(ListenException.class)
          .hasMessageContaining("another node of this program has this name");
    }
  }
}

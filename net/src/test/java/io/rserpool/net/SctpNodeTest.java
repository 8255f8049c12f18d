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
import io.rserpool.net.sctp.SctpListener;
import io.rserpool.net.sctp.SctpStack;
import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.Octets;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.TransportAddress;
import io.rserpool.protocol.TransportUse;
import io.rserpool.protocol.asap.AsapCookie;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Nodes that speak SCTP, whatever the implementation.
class SctpNodeTest {

  private static final IpAddress LOOPBACK = IpAddress.ofBytes(new byte[] {127, 0, 0, 1});
  static final Endpoint HERE = Endpoint.of(Endpoint.Scheme.SCTP, "127.0.0.1", 0);
  private static final Duration SHORT = Duration.ofMillis(200);

  final MadeUpSctp sctp = MadeUpSctp.usable();
  final RecordingEngine server = new RecordingEngine();
  final RecordingEngine client = new RecordingEngine();
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable closeable : open.reversed()) {
      closeable.close();
    }
    sctp.close();
  }

  final Node node(RecordingEngine engine, TcpOptions limits, SctpStack... stacks) {
    Node node =
        Node.start(
            engine, Profile.STANDARD, options(limits).withSctpStacks(List.of(stacks)), events::add);
    open.add(node);
    return node;
  }

  /// How the nodes are set up.
  NodeOptions options(TcpOptions limits) {
    return NodeOptions.defaults("test").withTcp(limits);
  }

  final Node server(TcpOptions limits) {
    return node(server, limits, sctp);
  }

  final Node client() {
    return node(client, TcpOptions.defaults(), sctp);
  }

  final <E extends Event> E awaitEvent(Class<E> kind) throws InterruptedException {
    for (Event event = poll(); event != null; event = poll()) {
      if (kind.isInstance(event)) {
        return kind.cast(event);
      }
    }
    throw new AssertionError("no " + kind.getSimpleName() + " came in time");
  }

  private Event poll() throws InterruptedException {
    return events.poll(PATIENCE_S, TimeUnit.SECONDS);
  }

  static Effect cookie(AssociationId association, int size) {
    return new Effect.SendAsap(association, new AsapCookie(Octets.of(new byte[size])));
  }

  @Test
  void bothSidesHearWhoIsThereAndMessagesTravelBothWays() {
    Endpoint at = server(TcpOptions.defaults()).listen(AssociationKind.ASAP, HERE);
    Node client = client();
    AssociationId call = RecordingEngine.call(client, 1, at);
    Input.AssociationUp here = this.client.await(Input.AssociationUp.class);
    Input.AssociationUp there = server.await(Input.AssociationUp.class);
    assertThat(here.association()).isEqualTo(call);
    assertThat(here.transport()).isEqualTo(TransportAddress.Kind.SCTP);
    assertThat(here.peerPort()).isEqualTo(at.port());
    assertThat(there.association().isOutgoing()).isFalse();
    assertThat(there.peerAddresses()).containsExactly(LOOPBACK);
    assertThat(there.localAddress())
        .isEqualTo(new AsapTransport.Sctp(List.of(LOOPBACK), at.port(), TransportUse.DATA_ONLY));
    RecordingEngine.carryOut(client, cookie(call, 100));
    assertThat(this.client.await(Input.AsapReceived.class).message())
        .isEqualTo(new AsapCookie(Octets.of(new byte[100])));
  }

  @Test
  void nodeThatListensCallsFromThere() {
    Endpoint at = server(TcpOptions.defaults()).listen(AssociationKind.ASAP, HERE);
    Node client = client();
    Endpoint own = client.listen(AssociationKind.ASAP, HERE);
    RecordingEngine.call(client, 1, at);
    assertThat(server.await(Input.AssociationUp.class).peerPort()).isEqualTo(own.port());
  }

  @Test
  void addressesOfTheFamilyThatThePortDoesNotHaveAreNotCalled() {
    Endpoint at = server(TcpOptions.defaults()).listen(AssociationKind.ASAP, HERE);
    Node client = client();
    client.listen(AssociationKind.ASAP, HERE);
    RecordingEngine.call(
        client, 1, new Endpoint(Endpoint.Scheme.SCTP, List.of("::1", "127.0.0.1"), at.port()));
    assertThat(this.client.await(Input.AssociationUp.class).peerAddresses())
        .containsExactly(LOOPBACK);
    RecordingEngine.call(client, 2, Endpoint.of(Endpoint.Scheme.SCTP, "::1", at.port()));
    assertThat(this.client.await(Input.AssociationDown.class).detail())
        .contains("the own port is bound to addresses of the other family of IP only");
  }

  @Test
  void whoCallsBeforeTheNodeLetsAnybodyInWaits() {
    Node node = server(TcpOptions.defaults());
    Endpoint at = node.bind(AssociationKind.ASAP, HERE);
    Node client = client();
    AssociationId call = RecordingEngine.call(client, 1, at);
    this.client.await(Input.AssociationUp.class);
    RecordingEngine.carryOut(client, cookie(call, 7));
    assertThat(server.inputs).isEmpty();
    node.accept();
    this.client.await(Input.AsapReceived.class);
    server.await(Input.AssociationUp.class);
    server.await(Input.AsapReceived.class);
  }

  @Test
  void callToWhereNobodyListensFails() {
    RecordingEngine.call(client(), 1, Endpoint.of(Endpoint.Scheme.SCTP, "127.0.0.1", 9));
    Input.AssociationDown down = client.await(Input.AssociationDown.class);
    assertThat(down.reason()).isEqualTo(LossReason.REFUSED);
    assertThat(down.detail()).contains("nobody listens there");
  }

  @Test
  void endInOrderDeliversWhatWasSent() {
    Endpoint at = server(TcpOptions.defaults()).listen(AssociationKind.ASAP, HERE);
    Node client = client();
    AssociationId call = RecordingEngine.call(client, 1, at);
    this.client.await(Input.AssociationUp.class);
    sctp.room(0);
    RecordingEngine.carryOut(client, cookie(call, 1), cookie(call, 2), new Effect.Close(call));
    sctp.room(Integer.MAX_VALUE);
    assertThat(server.await(Input.AsapReceived.class).message())
        .isEqualTo(new AsapCookie(Octets.of(new byte[1])));
    server.await(Input.AsapReceived.class);
    assertThat(server.await(Input.AssociationDown.class).reason()).isEqualTo(LossReason.CLOSED);
  }

  @Test
  void peerThatDoesNotReadIsCutOff() throws Exception {
    TcpOptions limits = TcpOptions.defaults().toBuilder().drainTimeout(SHORT).build();
    Node node = server(limits);
    Endpoint at = node.listen(AssociationKind.ASAP, HERE);
    RecordingEngine.call(client(), 1, at);
    AssociationId accepted = server.await(Input.AssociationUp.class).association();
    sctp.room(0);
    RecordingEngine.carryOut(node, cookie(accepted, 10));
    assertThat(awaitEvent(NetEvent.AssociationAborted.class).reason()).contains("does not read");
    assertThat(server.await(Input.AssociationDown.class).reason()).isEqualTo(LossReason.OFFENDING);
    assertThat(client.await(Input.AssociationDown.class).reason()).isEqualTo(LossReason.RESET);
  }

  @Test
  void moreThanTheLimitDoesNotWaitForAPeer() throws Exception {
    TcpOptions limits = TcpOptions.defaults().toBuilder().sendQueueBytesMax(1_024).build();
    Node node = server(limits);
    Endpoint at = node.listen(AssociationKind.ASAP, HERE);
    RecordingEngine.call(client(), 1, at);
    AssociationId accepted = server.await(Input.AssociationUp.class).association();
    sctp.room(0);
    RecordingEngine.carryOut(node, cookie(accepted, 900), cookie(accepted, 900));
    assertThat(awaitEvent(NetEvent.AssociationAborted.class).reason()).contains("bytes wait");
  }

  @Test
  void whoSaysNothingIsCutOff() throws Exception {
    TcpOptions limits = TcpOptions.defaults().toBuilder().firstMessageTimeout(SHORT).build();
    RecordingEngine.call(client(), 1, server(limits).listen(AssociationKind.ASAP, HERE));
    assertThat(awaitEvent(NetEvent.AssociationAborted.class).reason()).contains("no message");
    assertThat(client.await(Input.AssociationDown.class).reason()).isEqualTo(LossReason.RESET);
  }

  @Test
  void pathsAreToldAndTheAssociationGoesOn() throws Exception {
    Endpoint at = server(TcpOptions.defaults()).listen(AssociationKind.ASAP, HERE);
    Node client = client();
    AssociationId call = RecordingEngine.call(client, 1, at);
    server.await(Input.AssociationUp.class);
    InetAddress other = InetAddress.ofLiteral("127.0.0.2");
    for (SctpListener.Path change :
        List.of(
            SctpListener.Path.REACHABLE, // Confirmed, and never lost: no news.
            SctpListener.Path.UNREACHABLE,
            SctpListener.Path.UNREACHABLE,
            SctpListener.Path.REACHABLE)) {
      sctp.happens(at.port(), (listener, number) -> listener.path(number, other, change));
    }
    assertThat(awaitEvent(NetEvent.PathChanged.class).describe())
        .contains("path=127.0.0.2 UNREACHABLE");
    assertThat(awaitEvent(NetEvent.PathChanged.class).describe())
        .contains("path=127.0.0.2 REACHABLE");
    RecordingEngine.carryOut(client, cookie(call, 3));
    this.client.await(Input.AsapReceived.class);
  }

  @Test
  void peerThatHasStartedAgainIsLost() {
    Endpoint at = server(TcpOptions.defaults()).listen(AssociationKind.ASAP, HERE);
    RecordingEngine.call(client(), 1, at);
    server.await(Input.AssociationUp.class);
    sctp.happens(at.port(), SctpListener::restarted);
    assertThat(server.await(Input.AssociationDown.class).reason()).isEqualTo(LossReason.RESET);
  }

  @Test
  void nodeThatClosesEndsItsAssociationsInOrder() {
    Node node = server(TcpOptions.defaults());
    RecordingEngine.call(client(), 1, node.listen(AssociationKind.ASAP, HERE));
    client.await(Input.AssociationUp.class);
    node.close();
    assertThat(client.await(Input.AssociationDown.class).reason()).isEqualTo(LossReason.CLOSED);
  }

  @Test
  void oneClearSentenceWhereThereIsNoSctp() {
    MadeUpSctp none = new MadeUpSctp(Endpoint.Scheme.SCTP, "the kernel has no SCTP");
    open.add(none);
    Node node = node(client, TcpOptions.defaults(), none);
    assertThatThrownBy(() -> node.listen(AssociationKind.ASAP, HERE))
        .isInstanceOf(ListenException.class)
        .hasMessage("sctp cannot be used here: the kernel has no SCTP");
    RecordingEngine.call(node, 1, Endpoint.of(Endpoint.Scheme.SCTP, "127.0.0.1", 9));
    Input.AssociationDown down = client.await(Input.AssociationDown.class);
    assertThat(down.reason()).isEqualTo(LossReason.UNREACHABLE);
    assertThat(down.detail()).contains("the kernel has no SCTP");
  }

  @Test
  void userSpaceStandsInForTheKernel() {
    MadeUpSctp none = new MadeUpSctp(Endpoint.Scheme.SCTP, "the kernel has no SCTP");
    MadeUpSctp instead = new MadeUpSctp(Endpoint.Scheme.SCTP_UDP, "");
    open.add(none);
    open.add(instead);
    Endpoint at =
        node(server, TcpOptions.defaults(), none, instead).listen(AssociationKind.ASAP, HERE);
    RecordingEngine.call(node(client, TcpOptions.defaults(), none, instead), 1, at);
    client.await(Input.AssociationUp.class);
  }
}

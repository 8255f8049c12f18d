package io.rserpool.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rserpool.client.channel.Channel;
import io.rserpool.client.channel.Channels;
import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.ServerId;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ContactsTest {

  private static final ElementId ID = ElementId.of(7);

  /// Longer than any of this takes, and what counts as lately is the class's own business.
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private static final Caller DEAF =
      (_, _) -> {
        throw new SocketTimeoutException("no answer");
      };
  private static final Caller REFUSED =
      (_, _) -> {
        throw new ConnectException("nobody listens");
      };

  private final Contacts contacts = new Contacts();
  private ServerSocket server;
  private PoolElementParameter element;

  @BeforeEach
  void listen() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    element =
        new PoolElementParameter(
            ID,
            ServerId.of(2),
            60,
            new AsapTransport.Tcp(
                IpAddress.ofBytes(server.getInetAddress().getAddress()), server.getLocalPort()),
            Policy.RoundRobin.INSTANCE,
            AsapTransport.Absent.INSTANCE);
  }

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  private void reach() throws IOException {
    try (Channel channel = contacts.call(Channels::open, element, LIMIT)) {
      assertThat(channel.hasControl()).isFalse();
    }
  }

  private void fail(Caller caller, Class<? extends IOException> how) {
    assertThatThrownBy(() -> contacts.call(caller, element, LIMIT)).isInstanceOf(how);
  }

  @Test
  void elementThatLetSomebodyElseInIsBusyIfItKeepsACallerWaiting() throws Exception {
    reach();
    fail(DEAF, SocketTimeoutException.class);
    assertThat(contacts.isBusy(ID)).isTrue();
  }

  @Test
  void elementThatNobodyHasReachedIsReported() {
    fail(DEAF, SocketTimeoutException.class);
    assertThat(contacts.isBusy(ID)).isFalse();
  }

  @Test
  void elementThatRefusesIsReportedAtOnce() throws Exception {
    reach();
    fail(REFUSED, ConnectException.class);
    assertThat(contacts.isBusy(ID)).isFalse();
  }

  @Test
  void eachCallInVainExcusesOneReportOnly() throws Exception {
    reach();
    fail(DEAF, SocketTimeoutException.class);
    assertThat(contacts.isBusy(ID)).isTrue();
    assertThat(contacts.isBusy(ID)).isFalse();
  }

  @Test
  void elementThatWasHeardIsBusyIfItKeepsACallerOfAnotherKindWaiting() {
    assertThat(contacts.isBusy(ID, new SocketTimeoutException("no answer"))).isFalse();
    contacts.reached(ID);
    assertThat(contacts.isBusy(ID, new SocketTimeoutException("no answer"))).isTrue();
    assertThat(contacts.isBusy(ID, new ConnectException("nobody listens"))).isFalse();
  }

  @Test
  void elementThatWasHeardLongAgoIsReported() {
    contacts.reached(ID).reached(System.nanoTime() - LIMIT.toNanos());
    assertThat(contacts.isBusy(ID, new SocketTimeoutException("no answer"))).isFalse();
  }
}

package io.rserpool.net.tunnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rserpool.engine.PeerIdentity;
import io.rserpool.net.tls.TestScope;
import io.rserpool.net.tls.TlsOptions;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tunnels whose workers work when the test says so.
final class ShelteredTunnelTest {

  private static final Executor NONE =
      _ -> {
        throw new RejectedExecutionException("nobody works");
      };

  @TempDir Path directory;

  private final Work home = new Work();
  private final Work workers = new Work();
  private final End element = new End();
  private final End user = new End();
  private TlsOptions ofElement;
  private TlsTunnel caller;
  private ShelteredTunnel called;

  /// Tasks that wait until somebody has them done.
  private static final class Work implements Executor {
    private final Deque<Runnable> tasks = new ArrayDeque<>();

    @Override
    public void execute(Runnable task) {
      tasks.add(task);
    }

    boolean doNext() {
      Runnable next = tasks.poll();
      if (next != null) {
        next.run();
      }
      return next != null;
    }
  }

  /// What one end has been told.
  private static final class End implements ShelteredTunnel.Owner {
    private final Deque<byte[]> ciphers = new ArrayDeque<>();
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final List<String> news = new ArrayList<>();
    private Runnable onPlain = () -> {};

    @Override
    public void cipher(byte[] bytes) {
      ciphers.add(bytes);
    }

    @Override
    public void secured(PeerIdentity peer) {
      news.add("secured with " + peer.name());
    }

    @Override
    public void plain(byte[] bytes) {
      said.writeBytes(bytes);
      onPlain.run();
    }

    @Override
    public void ended() {
      news.add("ended");
    }

    @Override
    public void failed(String reason) {
      news.add("failed: " + reason);
    }

    @Override
    public void hold() {
      news.add("hold");
    }

    @Override
    public void goOn() {
      news.add("go on");
    }
  }

  @BeforeEach
  void start() {
    TestScope members = new TestScope(directory);
    ofElement = members.issue("element", "e1");
    called = sheltered(workers);
    caller = new TlsTunnel(members.issue("user", "u1").caller("127.0.0.1", 1), user);
  }

  private ShelteredTunnel sheltered(Executor by) {
    return new ShelteredTunnel(() -> ofElement.called(true), home, by, element);
  }

  private void toCalled() {
    for (byte[] next = user.ciphers.poll(); next != null; next = user.ciphers.poll()) {
      called.received(next);
    }
  }

  private void toCaller() {
    for (byte[] next = element.ciphers.poll(); next != null; next = element.ciphers.poll()) {
      caller.received(next);
    }
  }

  /// Has everything calculated and told.
  private void settle() {
    while (workers.doNext() || home.doNext()) {
      // Until nobody has anything to do.
    }
  }

  /// The caller is through, and its last words of the handshake are on their way.
  private void shakeUntilTheCalledSideHasToPutItsHandUnder() {
    toCalled();
    settle();
    toCaller();
    assertThat(user.news).containsExactly("secured with rserpool://test/element/e1");
  }

  @Test
  void nothingIsCalculatedOnTheOwnersThread() {
    toCalled();
    assertThat(home.doNext()).isFalse();
    assertThat(workers.doNext()).as("makes its end of the tunnel").isTrue();
    assertThat(home.doNext()).isTrue();
    assertThat(element.ciphers).isEmpty();
    assertThat(workers.doNext()).as("reads the greeting").isTrue();
    assertThat(element.ciphers).isEmpty();
    assertThat(home.doNext()).isTrue();
    assertThat(element.ciphers).isNotEmpty();
  }

  @Test
  void onceShakenEverythingHappensWithinTheCalls() {
    shakeUntilTheCalledSideHasToPutItsHandUnder();
    toCalled();
    settle();
    assertThat(element.news).containsExactly("secured with rserpool://test/user/u1");
    caller.send(new byte[] {1, 2, 3});
    toCalled();
    assertThat(element.said.toByteArray()).containsExactly(1, 2, 3);
    called.send(new byte[] {4, 5});
    toCaller();
    assertThat(user.said.toByteArray()).containsExactly(4, 5);
    assertThat(workers.tasks).isEmpty();
    assertThat(home.tasks).isEmpty();
  }

  @Test
  void whatThePeerSaysBeforeItsHandshakeIsCalculatedComesInOrder() {
    shakeUntilTheCalledSideHasToPutItsHandUnder();
    caller.send(new byte[] {1});
    caller.send(new byte[] {2});
    caller.close();
    toCalled();
    called.afterwards(() -> element.news.add("afterwards"));
    assertThat(element.news).isEmpty();
    settle();
    assertThat(element.said.toByteArray()).containsExactly(1, 2);
    assertThat(element.news)
        .containsExactly("secured with rserpool://test/user/u1", "ended", "afterwards");
  }

  @Test
  void anAnswerGoesOutBeforeTheOwnerGoesOn() {
    shakeUntilTheCalledSideHasToPutItsHandUnder();
    toCalled();
    settle();
    toCaller();
    List<Integer> waiting = new ArrayList<>();
    element.onPlain =
        () -> {
          called.send(new byte[] {9});
          called.close();
          waiting.add(element.ciphers.size());
        };
    caller.send(new byte[] {1});
    toCalled();
    assertThat(waiting).containsExactly(2);
    toCaller();
    assertThat(user.said.toByteArray()).containsExactly(9);
    assertThat(user.news).last().isEqualTo("ended");
  }

  @Test
  void whoSaysMuchMeanwhileIsHeldBack() {
    shakeUntilTheCalledSideHasToPutItsHandUnder();
    caller.send(new byte[60_000]);
    toCalled();
    assertThat(element.news).isEmpty();
    caller.send(new byte[60_000]);
    toCalled();
    assertThat(element.news).containsExactly("hold");
    settle();
    assertThat(element.news)
        .containsExactlyInAnyOrder("hold", "secured with rserpool://test/user/u1", "go on");
    assertThat(element.said.size()).isEqualTo(120_000);
  }

  @Test
  void nothingIsSaidBeforeTheHandshakeIsOver() {
    assertThatThrownBy(() -> called.send(new byte[1]))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("before the handshake is over");
  }

  @Test
  void whoCannotBeCalculatedForFails() {
    called = sheltered(NONE);
    settle();
    assertThat(element.news).containsExactly("failed: too many handshakes wait to be calculated");
  }

  @Test
  void plainWordsFail() {
    called.received(new byte[] {'G', 'E', 'T', ' ', '/', '\r', '\n'});
    settle();
    assertThat(element.news).containsExactly("failed: not an SSL/TLS record");
    called.received(new byte[] {1});
    assertThat(workers.tasks).isEmpty();
  }

  @Test
  void nothingIsCalculatedForWhoIsGone() {
    toCalled();
    called.abandon();
    settle();
    assertThat(element.ciphers).isEmpty();
    assertThat(element.news).isEmpty();
    called.afterwards(() -> element.news.add("afterwards"));
    assertThat(element.news).containsExactly("afterwards");
  }
}

package io.rserpool.net.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.engine.PeerIdentity;
import io.rserpool.net.tls.TestScope;
import io.rserpool.net.tls.TlsOptions;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two ends of a tunnel, whose messages are carried by hand.
final class TlsTunnelTest {

  /// The longest record of TLS (RFC 8446 section 5.2), with its header.
  private static final int RECORD_BYTES_MAX = 5 + (1 << 14) + 256;

  @TempDir Path directory;

  private TestScope members;
  private End user;
  private End element;

  /// What one end has been told.
  private static final class End implements TlsTunnel.Owner {
    private final Deque<byte[]> ciphers = new ArrayDeque<>();
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final List<String> news = new ArrayList<>();

    @Override
    public void cipher(byte[] bytes) {
      assertThat(bytes).hasSizeBetween(1, RECORD_BYTES_MAX);
      ciphers.add(bytes);
    }

    @Override
    public void secured(PeerIdentity peer) {
      news.add("secured with " + peer.name());
    }

    @Override
    public void plain(byte[] bytes) {
      said.writeBytes(bytes);
    }

    @Override
    public void ended() {
      news.add("ended");
    }

    @Override
    public void failed(String reason) {
      news.add("failed: " + reason);
    }
  }

  @BeforeEach
  void start() {
    members = new TestScope(directory);
    user = new End();
    element = new End();
  }

  private TlsTunnel calls(TlsOptions as) {
    return new TlsTunnel(as.caller("127.0.0.1", 1), user);
  }

  private TlsTunnel isCalled(TlsOptions as) {
    return new TlsTunnel(as.called(true), element);
  }

  /// Carries messages until neither side has any more.
  private void carry(TlsTunnel ofUser, TlsTunnel ofElement) {
    while (!user.ciphers.isEmpty() || !element.ciphers.isEmpty()) {
      for (byte[] next = user.ciphers.poll(); next != null; next = user.ciphers.poll()) {
        ofElement.received(next);
      }
      for (byte[] next = element.ciphers.poll(); next != null; next = element.ciphers.poll()) {
        ofUser.received(next);
      }
    }
  }

  @Test
  void bothEndsKnowTheOtherAndHearWhatWasSaid() {
    TlsTunnel ofUser = calls(members.issue("user", "u1"));
    TlsTunnel ofElement = isCalled(members.issue("element", "e1"));
    carry(ofUser, ofElement);
    assertThat(user.news).containsExactly("secured with rserpool://test/element/e1");
    assertThat(element.news).containsExactly("secured with rserpool://test/user/u1");
    byte[] words = new byte[100_000];
    ofUser.send(words);
    assertThat(user.ciphers).hasSizeGreaterThan(1);
    carry(ofUser, ofElement);
    assertThat(element.said.toByteArray()).isEqualTo(words);
  }

  @Test
  void endIsToldOnceAndTheOtherDirectionGoesOn() {
    TlsTunnel ofUser = calls(members.issue("user", "u1"));
    TlsTunnel ofElement = isCalled(members.issue("element", "e1"));
    carry(ofUser, ofElement);
    ofUser.close();
    ofUser.close();
    carry(ofUser, ofElement);
    assertThat(element.news).last().isEqualTo("ended");
    ofElement.send(new byte[] {1, 2, 3});
    ofElement.close();
    carry(ofUser, ofElement);
    assertThat(user.said.toByteArray()).containsExactly(1, 2, 3);
    assertThat(user.news).last().isEqualTo("ended");
    assertThat(element.news).hasSize(2);
  }

  @Test
  void changedBytesAreAFailureAndNoEnd() {
    TlsTunnel ofUser = calls(members.issue("user", "u1"));
    TlsTunnel ofElement = isCalled(members.issue("element", "e1"));
    carry(ofUser, ofElement);
    ofUser.send(new byte[10]);
    byte[] changed = user.ciphers.remove();
    changed[changed.length - 1] ^= 1;
    ofElement.received(changed);
    assertThat(element.news).hasSize(2).last().asString().startsWith("failed: ");
    assertThat(element.said.size()).isZero();
    // The alert tells the other end.
    carry(ofUser, ofElement);
    assertThat(user.news).last().asString().startsWith("failed: ");
    // Nothing more can be said, which is no mistake.
    ofElement.close();
    ofElement.send(new byte[10]);
    assertThat(element.ciphers).isEmpty();
  }

  @Test
  void plainWordsAreAFailureWhoseTextDoesNotRepeatThem() {
    TlsTunnel ofElement = isCalled(members.issue("element", "e1"));
    ofElement.received("a secret word that is said plainly".getBytes(StandardCharsets.US_ASCII));
    assertThat(element.news).containsExactly("failed: not an SSL/TLS record");
    byte[] said = element.ciphers.getFirst();
    assertThat(PlainAlert.is(said, said.length)).isTrue();
  }

  @Test
  void certificateOfAnotherAuthorityIsAFailureAtBothEnds() {
    TlsTunnel ofUser = calls(members.stranger().issue("user", "u1"));
    TlsTunnel ofElement = isCalled(members.issue("element", "e1"));
    carry(ofUser, ofElement);
    assertThat(user.news).singleElement().asString().contains("failed: ", "PKIX");
    assertThat(element.news).singleElement().asString().startsWith("failed: ");
  }
}

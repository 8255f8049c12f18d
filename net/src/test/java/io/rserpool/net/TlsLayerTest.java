package io.rserpool.net;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.SslHandler;
import io.rserpool.engine.AssociationKind;
import io.rserpool.net.tls.TestScope;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whom a handshake that fails concerns.
final class TlsLayerTest {

  private final EmbeddedChannel channel = new EmbeddedChannel();

  @TempDir Path directory;
  private SslHandler layer;
  private ChannelHandlerContext context;

  @BeforeEach
  void secure() {
    new TlsLayer(new TestScope(directory).issue("registrar", "r1"), Duration.ofSeconds(20))
        .secure(channel, AssociationKind.ASAP);
    layer = TlsLayer.of(channel);
    context = channel.pipeline().context(layer);
  }

  @Test
  void aFailureIsTold() throws Exception {
    layer.exceptionCaught(context, new SSLHandshakeException("nobody believes him"));
    assertThatThrownBy(channel::checkException).hasMessage("nobody believes him");
  }

  @Test
  void aFailureAfterTheConnectionWasGivenUpConcernsNobody() throws Exception {
    channel.close().sync();
    channel.runPendingTasks();
    layer.exceptionCaught(context, new SSLHandshakeException("nobody believes him"));
    assertThatCode(channel::checkException).doesNotThrowAnyException();
  }
}

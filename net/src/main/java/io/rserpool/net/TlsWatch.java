package io.rserpool.net;

import io.netty.util.concurrent.ScheduledFuture;
import io.rserpool.net.tls.TlsCredentials;
import io.rserpool.net.tls.TlsFiles;
import io.rserpool.net.tls.TlsOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Looks after the certificate of a node while it runs: takes a renewed one into use, and warns in time
/// of one that nobody renews. Files are read on a thread of their own, never on the node's.
final class TlsWatch {

  private static final long LOOK_EVERY_S = 5;

  /// How often it is said that the certificate expires.
  private static final Duration WARN_EVERY = Duration.ofHours(1);

  private final NodeContext context;
  private final TlsCredentials credentials;
  private @Nullable ScheduledFuture<?> next;
  private Instant quietUntil = Instant.MIN;
  private String complaint = "";

  private TlsWatch(NodeContext context, TlsCredentials credentials) {
    this.context = context;
    this.credentials = credentials;
  }

  /// Begins to look.
  ///
  /// @return ends it; to be called on the event loop
  static Runnable start(NodeContext context, TlsOptions options) {
    if (!options.isOn()) {
      return () -> {};
    }
    TlsWatch watch = new TlsWatch(context, options.credentials());
    TlsFiles files = options.credentials().files();
    files
        .exposure()
        .ifPresent(seen -> context.observe(new NetEvent.KeyExposed(files.privateKey(), seen)));
    watch.warn(Instant.now());
    watch.lookLater();
    return watch::stop;
  }

  private void lookLater() {
    next = context.eventLoop().schedule(this::look, LOOK_EVERY_S, TimeUnit.SECONDS);
  }

  private void look() {
    Thread.ofVirtual()
        .name("rserpool-tls-files")
        .start(() -> {
          TlsCredentials.Change change = credentials.refresh();
          try {
            context.eventLoop().execute(() -> looked(change));
          } catch (RejectedExecutionException _) {
            // The node is closed meanwhile.
          }
        });
  }

  private void looked(TlsCredentials.Change change) {
    if (next == null) {
      return;
    }
    switch (change) {
      case TlsCredentials.Change.None _ -> complaint = "";
      case TlsCredentials.Change.Renewed(Instant validUntil) -> {
        complaint = "";
        quietUntil = Instant.MIN;
        context.observe(new NetEvent.CertificateRenewed(credentials.identity().name(), validUntil));
      }
      case TlsCredentials.Change.Unusable(String reason) -> {
        if (!reason.equals(complaint)) {
          context.observe(new NetEvent.CertificateUnusable(reason));
        }
        complaint = reason;
      }
    }
    warn(Instant.now());
    lookLater();
  }

  private void warn(Instant now) {
    credentials
        .expiresSoon(now)
        .filter(_ -> now.isAfter(quietUntil))
        .ifPresent(left -> {
          quietUntil = now.plus(WARN_EVERY);
          context.observe(
              new NetEvent.CertificateExpires(
                  credentials.identity().name(), credentials.validUntil(), left));
        });
  }

  private void stop() {
    if (next != null) {
      next.cancel(false);
      next = null;
    }
  }
}

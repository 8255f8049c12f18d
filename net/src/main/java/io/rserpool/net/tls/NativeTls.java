package io.rserpool.net.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;

/// Both sides of connections by BoringSSL, of one reading of the TLS files.
final class NativeTls {

  private final SslContext caller;
  private final SslContext called;

  private NativeTls(SslContext caller, SslContext called) {
    this.caller = caller;
    this.called = called;
  }

  static NativeTls of(KeyManagerFactory keys, TrustManagerFactory trust) throws SSLException {
    return new NativeTls(
        prepare(SslContextBuilder.forClient().keyManager(keys), trust).build(),
        prepare(SslContextBuilder.forServer(keys), trust).clientAuth(ClientAuth.OPTIONAL).build());
  }

  private static SslContextBuilder prepare(SslContextBuilder builder, TrustManagerFactory trust) {
    return builder
        .sslProvider(SslProvider.OPENSSL)
        .trustManager(trust)
        .protocols(TlsOptions.PROTOCOLS)
        .ciphers(TlsOptions.SUITES)
        // Whether the host is compared is decided for each connection.
        .endpointIdentificationAlgorithm(null);
  }

  SSLEngine caller(String host, int port) {
    return caller.newEngine(ByteBufAllocator.DEFAULT, host, port);
  }

  SSLEngine called() {
    return called.newEngine(ByteBufAllocator.DEFAULT);
  }
}

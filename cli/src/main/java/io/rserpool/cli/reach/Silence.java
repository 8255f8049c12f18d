package io.rserpool.cli.reach;

import io.rserpool.engine.Endpoint;
import io.rserpool.net.tls.TlsOptions;
import io.rserpool.protocol.Profile;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/// Why a registrar does not answer: most of all, whether one side speaks TLS and the other does not.
///
/// @param why in words for people
/// @param advice what to do about it; empty if nothing is known
public record Silence(String why, String advice) {
  private static final Duration LIMIT = Duration.ofSeconds(2);

  /// Looks for the reason.
  ///
  /// @param registrar where one should be, over TCP
  /// @param tls as it was called
  /// @param failure of the call
  /// @return the reason
  public static Silence explain(
      Endpoint registrar, Profile profile, TlsOptions tls, IOException failure) {
    return explain(registrar, tls, failure, () -> answersPlain(registrar, profile));
  }

  /// As [#explain(Endpoint, Profile, TlsOptions, IOException)], for what is asked otherwise.
  ///
  /// @param answersPlain whether it answers without TLS
  public static Silence explain(
      Endpoint registrar, TlsOptions tls, IOException failure, BooleanSupplier answersPlain) {
    String why = String.valueOf(failure.getMessage());
    if (tls.isOn() && answersPlain.getAsBoolean()) {
      return new Silence(
          "a registrar without TLS answers there",
          "leave --tls out, or give the registrar a certificate as well: registrar --tls DIR");
    }
    if (!tls.isOn() && speaksTls(registrar)) {
      return new Silence(
          "what listens there speaks TLS",
          "give a certificate of the scope: --tls DIR ('rserpool pki issue' makes one)");
    }
    if (failure instanceof HandshakeException handshake) {
      return handshake.isWithoutReason() && hasExpired(tls)
          ? new Silence(
              "this side's certificate has expired at " + tls.credentials().validUntil(),
              "renew it: rserpool pki renew")
          : new Silence(why, handshake.advice());
    }
    return new Silence(why, "");
  }

  private static boolean hasExpired(TlsOptions tls) {
    return tls.isOn() && tls.credentials().validUntil().isBefore(Instant.now());
  }

  private static boolean answersPlain(Endpoint registrar, Profile profile) {
    try {
      Answer _ = Answer.of(registrar, profile, TlsOptions.OFF, LIMIT);
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  /// Whether somebody there shows a certificate. Nothing is said to him but the greeting of TLS.
  private static boolean speaksTls(Endpoint registrar) {
    Onlooker onlooker = new Onlooker();
    try (Reached reached = Reached.call(registrar, TlsOptions.OFF, LIMIT)) {
      Socket plain = reached.socket();
      plain.setSoTimeout(Math.toIntExact(LIMIT.toMillis()));
      SSLContext context = SSLContext.getInstance("TLSv1.3");
      context.init(null, new TrustManager[] {onlooker}, null);
      try (SSLSocket socket =
          (SSLSocket)
              context
                  .getSocketFactory()
                  .createSocket(plain, registrar.hosts().getFirst(), registrar.port(), true)) {
        SSLParameters parameters = socket.getSSLParameters();
        TlsOptions.prepare(parameters);
        socket.setSSLParameters(parameters);
        socket.startHandshake();
      }
    } catch (IOException | GeneralSecurityException _) {
      // Every handshake fails here; what counts is how far it came.
    }
    return onlooker.hasSeenCertificate;
  }

  /// Believes nobody, and remembers that somebody wanted to be believed.
  private static final class Onlooker implements X509TrustManager {
    private boolean hasSeenCertificate;

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      throw new CertificateException("nobody is believed here");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      hasSeenCertificate = true;
      throw new CertificateException("nobody is believed here");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}

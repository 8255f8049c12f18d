package io.rserpool.cli.reach;

import io.rserpool.engine.PeerIdentity;
import io.rserpool.net.tls.TlsException;
import io.rserpool.net.tls.TlsOptions;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.PKIXReason;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/// A handshake has failed, or came to nothing, in words for people.
public final class HandshakeException extends IOException {
  private static final long serialVersionUID = 1L;

  private static final String LOOK =
      "'rserpool doctor --tls DIR' looks at this side's certificate, the registrar's log says what it"
          + " does not like";

  private final String advice;

  private HandshakeException(String message, String advice) {
    super(message);
    this.advice = advice;
  }

  /// {@return what has happened}
  ///
  /// @param failure of a handshake, or of the first words after it
  /// @param limit how long was waited
  public static HandshakeException of(IOException failure, Duration limit) {
    if (failure instanceof HandshakeException known) {
      return known;
    }
    HandshakeException meant =
        switch (failure) {
          case SocketTimeoutException _ ->
              plain("it did not answer the handshake of TLS within " + limit.toSeconds() + " s");
          case TlsException e -> plain(String.valueOf(e.getMessage()));
          case SSLException e -> of(e);
          case EOFException _ -> plain("it ended the connection during the handshake of TLS");
          // What it says before may be lost with the connection.
          case SocketException e ->
              new HandshakeException(
                  "it broke the connection during the handshake of TLS (" + e.getMessage() + ")",
                  LOOK);
          default -> plain(String.valueOf(failure.getMessage()));
        };
    meant.initCause(failure);
    return meant;
  }

  /// {@return that a registrar has ended the conversation although both sides have proved who they are}
  ///
  /// @param caller who this side is
  /// @param cause what was seen
  public static HandshakeException turnedAway(PeerIdentity caller, IOException cause) {
    HandshakeException meant =
        new HandshakeException(
            "it has ended the connection of " + caller.name(),
            "registrars are asked by registrars and administrators of their scope, unless their policy"
                + " says otherwise; the registrar's log says why");
    meant.initCause(cause);
    return meant;
  }

  /// Refuses whoever has proved to be somebody else than a registrar.
  ///
  /// @param tls says what registrars are called
  /// @param peer who was called
  /// @throws HandshakeException if it is no registrar
  public static void requireRegistrar(TlsOptions tls, PeerIdentity peer) throws HandshakeException {
    if (!tls.isRegistrar(peer)) {
      throw new HandshakeException(
          "its certificate is that of " + peer.name() + ", which is no registrar",
          "give it a certificate of its own: rserpool pki issue registrar NAME; or say what registrars"
              + " are called in this scope: --registrar-names");
    }
  }

  private static HandshakeException plain(String message) {
    return new HandshakeException(message, "");
  }

  private static HandshakeException of(SSLException failure) {
    String text = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    if (text.contains("received fatal alert")) {
      return ofAlert(text);
    }
    if (text.contains("unrecognized ssl message")) {
      return plain("it does not speak TLS");
    }
    if (text.contains("terminated the handshake")) {
      return plain("it ended the connection during the handshake of TLS");
    }
    return causes(failure)
        .map(HandshakeException::ofCertificate)
        .flatMap(Optional::stream)
        .findFirst()
        .orElseGet(() -> plain("the handshake of TLS failed: " + failure.getMessage()));
  }

  /// What the other side thought of this one (RFC 8446 section 6.2).
  private static HandshakeException ofAlert(String text) {
    if (text.contains("certificate_required")) {
      return new HandshakeException("it wants a certificate, and was given none", LOOK);
    }
    if (text.contains("certificate_expired")) {
      return new HandshakeException(
          "it says that this side's certificate has expired", "renew it: rserpool pki renew");
    }
    if (text.contains("certificate") || text.contains("unknown_ca")) {
      return new HandshakeException("it does not believe this side's certificate", LOOK);
    }
    if (text.contains("protocol_version")) {
      return plain("it does not speak TLS 1.3");
    }
    return new HandshakeException(
        "it ended the handshake of TLS: " + text.substring(text.indexOf(':') + 1).strip(), LOOK);
  }

  private static Optional<HandshakeException> ofCertificate(Throwable cause) {
    return switch (cause) {
      case CertificateExpiredException e ->
          Optional.of(
              new HandshakeException(
                  "its certificate has expired (" + e.getMessage() + ")",
                  "renew it: rserpool pki renew, which --watch does in time"));
      case CertificateNotYetValidException e ->
          Optional.of(
              new HandshakeException(
                  "its certificate is not valid yet (" + e.getMessage() + ")",
                  "set its clock, or the one of this machine"));
      case CertPathBuilderException _ -> Optional.of(stranger());
      case CertPathValidatorException e
          when e.getReason() == PKIXReason.NO_TRUST_ANCHOR
              || e.getReason() == BasicReason.INVALID_SIGNATURE ->
          Optional.of(stranger());
      // Whatever else is wrong with a certificate by itself is its name.
      case CertificateException e when e.getCause() == null ->
          Optional.of(
              new HandshakeException(
                  "its certificate is not for the host that was called (" + e.getMessage() + ")",
                  "issue it with --host, or leave --verify-hosts out"));
      default -> Optional.empty();
    };
  }

  private static HandshakeException stranger() {
    return new HandshakeException(
        "its certificate is not of an authority that authority.pem has",
        "use a certificate of the registrar's own scope: --tls DIR");
  }

  /// The innermost first: it knows best.
  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
        .toList()
        .reversed()
        .stream();
  }

  /// Whether the other side broke the connection and said nothing, or what it said was lost with it.
  boolean isWithoutReason() {
    return getCause() instanceof SocketException || getCause() instanceof EOFException;
  }

  /// What to do about it; empty if nothing is known.
  public String advice() {
    return advice;
  }
}

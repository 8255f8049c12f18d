package io.rserpool.net.tls;

import io.rserpool.engine.PeerIdentity;
import io.rserpool.engine.access.AccessPolicy;
import io.rserpool.engine.access.IdentityPattern;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/// Whether and how a node secures its associations. It is one switch for all of them: with TLS on, no
/// word of ASAP or ENRP goes out or is taken in without it (RFC 5355 section 2.15).
public final class TlsOptions {

  /// No TLS.
  public static final TlsOptions OFF =
      new TlsOptions(
          List.of(),
          false,
          20,
          100,
          AccessPolicy.defaultRegistrars(),
          List.of(IdentityPattern.parse("rserpool://*/element/*")));

  static final List<String> PROTOCOLS = List.of("TLSv1.3");

  static final List<String> SUITES =
      List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");

  private final List<TlsCredentials> credentials;
  private final boolean verifiesHosts;
  private final int handshakesPerSecond;
  private final int handshakesBurst;
  private final List<IdentityPattern> registrars;
  private final List<IdentityPattern> elements;

  private TlsOptions(
      List<TlsCredentials> credentials,
      boolean verifiesHosts,
      int handshakesPerSecond,
      int handshakesBurst,
      List<IdentityPattern> registrars,
      List<IdentityPattern> elements) {
    if (handshakesPerSecond < 1 || handshakesBurst < 1) {
      throw new IllegalArgumentException(
          "handshakes per second and at once are at least 1, but these are %d and %d"
              .formatted(handshakesPerSecond, handshakesBurst));
    }
    this.credentials = credentials;
    this.verifiesHosts = verifiesHosts;
    this.handshakesPerSecond = handshakesPerSecond;
    this.handshakesBurst = handshakesBurst;
    this.registrars = List.copyOf(registrars);
    this.elements = List.copyOf(elements);
  }

  /// TLS with these credentials, and the limits of profile `standard`.
  ///
  /// @param credentials who this node is, and whom it believes
  /// @return the options
  public static TlsOptions of(TlsCredentials credentials) {
    return new TlsOptions(
        List.of(credentials),
        false,
        OFF.handshakesPerSecond,
        OFF.handshakesBurst,
        OFF.registrars,
        OFF.elements);
  }

  /// The same, also requiring that the certificate of whoever is called names the host or address that
  /// was called (RFC 5352 section 9.2.2). Without it the peer's certified name decides alone, wherever
  /// the peer is: right for authorities that certify members of this scope only.
  ///
  /// @return the options
  public TlsOptions verifyingHosts() {
    return new TlsOptions(
        credentials, true, handshakesPerSecond, handshakesBurst, registrars, elements);
  }

  /// The same with other limits of what one address may cost.
  ///
  /// @param perSecond handshakes of one address, in the long run; 1 or more
  /// @param burst handshakes of one address in a burst; 1 or more
  /// @return the options
  public TlsOptions withHandshakes(int perSecond, int burst) {
    return new TlsOptions(credentials, verifiesHosts, perSecond, burst, registrars, elements);
  }

  /// The same for a scope whose certificates have other names than those of `rserpool pki`: by default
  /// registrars are `rserpool://*/registrar/*`, and elements `rserpool://*/element/*`.
  ///
  /// @param newRegistrars whose word elements and users take for a registrar's; a registrar itself has a
  ///     policy for that
  /// @param newElements whom users take for an element
  /// @return the options
  public TlsOptions withNames(
      List<IdentityPattern> newRegistrars, List<IdentityPattern> newElements) {
    return new TlsOptions(
        credentials,
        verifiesHosts,
        handshakesPerSecond,
        handshakesBurst,
        newRegistrars,
        newElements);
  }

  /// {@return the names of the scope's registrars}
  public List<IdentityPattern> registrars() {
    return registrars;
  }

  /// {@return whether a name is a registrar's}
  ///
  /// @param name what a certificate proves
  public boolean isRegistrar(PeerIdentity name) {
    return registrars.stream().anyMatch(pattern -> pattern.matches(name));
  }

  /// {@return whom users take for an element}
  public List<IdentityPattern> elements() {
    return elements;
  }

  /// {@return whether a name is an element's}
  ///
  /// @param name what a certificate proves
  public boolean isElement(PeerIdentity name) {
    return elements.stream().anyMatch(pattern -> pattern.matches(name));
  }

  /// {@return whether there is TLS}
  public boolean isOn() {
    return !credentials.isEmpty();
  }

  /// {@return who this node is}
  ///
  /// @throws IllegalStateException if TLS is off
  public TlsCredentials credentials() {
    if (credentials.isEmpty()) {
      throw new IllegalStateException("there are no credentials without TLS");
    }
    return credentials.getFirst();
  }

  /// {@return how many handshakes one address may begin each second, in the long run}
  public int handshakesPerSecond() {
    return handshakesPerSecond;
  }

  /// {@return how many handshakes one address may begin in a burst}
  public int handshakesBurst() {
    return handshakesBurst;
  }

  /// {@return one side of a new connection to a peer that was called}
  ///
  /// @param host what was called: a name, or an address literal; sessions are resumed by it
  /// @param port what was called
  public SSLEngine caller(String host, int port) {
    return caller(credentials().caller(host, port));
  }

  private SSLEngine caller(SSLEngine engine) {
    engine.setUseClientMode(true);
    engine.setSSLParameters(ofCaller(engine.getSSLParameters()));
    return engine;
  }

  /// {@return one side of a new connection with a peer that has called}
  ///
  /// @param requiresName whether a peer without a certificate is turned away in the handshake; else it
  ///     is let in without a name
  public SSLEngine called(boolean requiresName) {
    return called(credentials().called(), requiresName);
  }

  private static SSLEngine called(SSLEngine engine, boolean requiresName) {
    engine.setUseClientMode(false);
    engine.setSSLParameters(ofCalled(engine.getSSLParameters(), requiresName));
    return engine;
  }

  /// {@return one side of a new session with an element that was called} The platform calculates for it in
  /// any case: each direction of a session ends by itself.
  ///
  /// @param host what was called
  /// @param port what was called
  public SSLEngine sessionCaller(String host, int port) {
    return caller(credentials().context().createSSLEngine(host, port));
  }

  /// {@return one side of a new session with a user who has called, and who needs no certificate} The
  /// platform calculates for it, as for [#sessionCaller].
  public SSLEngine sessionCalled() {
    return called(credentials().context().createSSLEngine(), false);
  }

  /// {@return one side of a connection to a peer that was called, for programs that read and write
  /// themselves} Its handshake is still to come.
  ///
  /// @param plain the connection, which is closed with it
  /// @param host what was called
  /// @param port what was called
  /// @throws IOException if the connection is broken
  public SSLSocket caller(Socket plain, String host, int port) throws IOException {
    SSLSocket socket =
        (SSLSocket)
            credentials().context().getSocketFactory().createSocket(plain, host, port, true);
    socket.setSSLParameters(ofCaller(socket.getSSLParameters()));
    return socket;
  }

  /// {@return one side of a connection with a peer that has called, for programs that read and write
  /// themselves} Its handshake is still to come; the peer needs no certificate.
  ///
  /// @param plain the connection, which is closed with it
  /// @throws IOException if the connection is broken
  public SSLSocket called(Socket plain) throws IOException {
    SSLSocket socket =
        (SSLSocket)
            credentials()
                .context()
                .getSocketFactory()
                .createSocket(plain, InputStream.nullInputStream(), true);
    socket.setSSLParameters(ofCalled(socket.getSSLParameters(), false));
    return socket;
  }

  private SSLParameters ofCaller(SSLParameters parameters) {
    prepare(parameters);
    if (verifiesHosts) {
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
    }
    return parameters;
  }

  private static SSLParameters ofCalled(SSLParameters parameters, boolean requiresName) {
    prepare(parameters);
    if (requiresName) {
      parameters.setNeedClientAuth(true);
    } else {
      parameters.setWantClientAuth(true);
    }
    return parameters;
  }

  /// Sets the one version and the suites that are used (RFC 9325 sections 3.1.1 and 4.2). There is no
  /// early data: the JDK has none (RFC 5355 section 2.8).
  ///
  /// @param parameters to be changed
  public static void prepare(SSLParameters parameters) {
    parameters.setProtocols(PROTOCOLS.toArray(String[]::new));
    parameters.setCipherSuites(SUITES.toArray(String[]::new));
  }
}

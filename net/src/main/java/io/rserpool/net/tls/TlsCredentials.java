package io.rserpool.net.tls;

import io.rserpool.engine.PeerIdentity;
import io.rserpool.net.file.FileStamp;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;

/// What proves to others who this program is, and whom it believes: read from files, and read again
/// when they change. What was connected before a change stays connected.
///
/// Safe to use from any thread. Nothing here holds a private key in a text.
public final class TlsCredentials {

  /// What [#refresh] has found.
  public sealed interface Change {

    /// The files are as they were.
    record None() implements Change {}

    /// New files are in use from now on.
    ///
    /// @param validUntil how long the new certificate is valid
    record Renewed(Instant validUntil) implements Change {}

    /// The new files cannot be used; the old ones stay in use.
    ///
    /// @param reason which file, what was expected, what was seen
    record Unusable(String reason) implements Change {}
  }

  private final TlsFiles files;
  private final TlsEngine engine;
  private volatile TlsMaterial material;
  private FileStamp stamp;

  private TlsCredentials(TlsFiles files, TlsEngine engine, TlsMaterial material, FileStamp stamp) {
    this.files = files;
    this.engine = engine;
    this.material = material;
    this.stamp = stamp;
  }

  /// Reads the files, for the platform's engine.
  ///
  /// @param files where they are
  /// @return what they hold
  /// @throws TlsException if they cannot be used, with a text for people
  public static TlsCredentials load(TlsFiles files) throws TlsException {
    return load(files, TlsEngine.JDK);
  }

  /// Reads the files.
  ///
  /// @param files where they are
  /// @param engine who calculates with them
  /// @return what they hold
  /// @throws TlsException if they, or that engine, cannot be used, with a text for people
  public static TlsCredentials load(TlsFiles files, TlsEngine engine) throws TlsException {
    engine.require();
    FileStamp stamp = FileStamp.of(files.all());
    return new TlsCredentials(files, engine, TlsMaterial.read(files, engine), stamp);
  }

  /// Reads the files of a directory as `rserpool pki issue` makes it.
  ///
  /// @param directory where they are
  /// @return what they hold
  /// @throws TlsException if they cannot be used, with a text for people
  public static TlsCredentials load(Path directory) throws TlsException {
    return load(TlsFiles.in(directory));
  }

  /// Looks whether the files have changed, and takes the new ones into use. Reads files, so it may
  /// block.
  ///
  /// @return what was found
  public synchronized Change refresh() {
    try {
      FileStamp now = stamp.again();
      if (now.equals(stamp)) {
        return new Change.None();
      }
      TlsMaterial read = TlsMaterial.read(files, engine);
      // Only files that fit each other are remembered: half of a change is looked at again.
      material = read;
      stamp = now;
      return new Change.Renewed(validUntil());
    } catch (TlsException e) {
      return new Change.Unusable(String.valueOf(e.getMessage()));
    }
  }

  /// One side of a new connection to a peer that was called, to be prepared.
  SSLEngine caller(String host, int port) {
    return material.caller(host, port);
  }

  /// One side of a new connection with a peer that has called, to be prepared.
  SSLEngine called() {
    return material.called();
  }

  /// {@return the JDK's context of the files in use, for both sides of connections: TLS 1.3 and its
  /// suites have still to be set on what it makes, by [#prepare]}
  public SSLContext context() {
    return material.context();
  }

  /// {@return who this program is, as its own certificate says}
  public PeerIdentity identity() {
    return material.identity();
  }

  /// {@return from when on the own certificate is valid}
  public Instant validFrom() {
    return material.certificate().getNotBefore().toInstant();
  }

  /// {@return where all of it comes from}
  public TlsFiles files() {
    return files;
  }

  /// {@return how long the own certificate is valid}
  public Instant validUntil() {
    return material.certificate().getNotAfter().toInstant();
  }

  /// Whether three quarters of the own certificate's life are over: by then it should have been
  /// renewed.
  ///
  /// @param now the time
  /// @return how much is left, or nothing if it is not yet time to worry; zero if it has expired
  public Optional<Duration> expiresSoon(Instant now) {
    Duration whole = Duration.between(validFrom(), validUntil());
    Duration left = Duration.between(now, validUntil());
    if (left.compareTo(whole.dividedBy(4)) > 0) {
      return Optional.empty();
    }
    return Optional.of(left.isNegative() ? Duration.ZERO : left);
  }

  /// Who the peer of a connection is.
  ///
  /// @param session after its handshake, resumed or not
  /// @param now the time: a resumed session may have outlived its certificate
  /// @return the name that its certificate proves, or [PeerIdentity#ANONYMOUS] if it has shown none
  /// @throws TlsException if its certificate has expired meanwhile
  public static PeerIdentity identityOf(SSLSession session, Instant now) throws TlsException {
    return TlsMaterial.identityOf(session, now);
  }

  /// The files, for people.
  @Override
  public String toString() {
    return "TLS files " + files.certificates();
  }
}

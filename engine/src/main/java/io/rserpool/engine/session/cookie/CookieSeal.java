package io.rserpool.engine.session.cookie;

import io.rserpool.protocol.Octets;
import io.rserpool.protocol.PoolHandle;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;

/// Seals cookies of one pool and opens them. A value.
///
/// AES-256-GCM; the key is made of the pool's key and the session identifier by HKDF-SHA-256 (salt:
/// the session identifier; info: `rserpool cookie 1`), so that however many sessions there are, no key
/// seals more cookies than one session has. The header is authenticated, the rest encrypted as well.
/// All numbers have their most significant byte first.
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |      'R'      |      'S'      |      'C'      |  Format = 1   |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                          Key Version                          |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |            Issue Time, milliseconds since 1970 (8)            |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                    Session Identifier (16)                    |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                      Sequence Number (8)                      |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                       Random Nonce (12)                       |
/// +=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+
/// |      Pool Handle Length       |          Pool Handle          :
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |        Identity Length        |           Identity            :
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// :                         Plain Cookie                          :
/// +=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+
/// |                   Authentication Tag (16)                     |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
///
/// @param keys the pool's keys
/// @param settings how long cookies are taken
/// @param handle the pool
/// @param identity whose cookies these are; empty while users have no authenticated identity
public record CookieSeal(
    CookieKeys keys, CookieSettings settings, PoolHandle handle, Octets identity) {

  private static final int MARK = 0x5253_4301;
  private static final int NONCE_SIZE = 12;
  private static final int HEADER_SIZE = 4 + 4 + 8 + SessionId.SIZE + 8 + NONCE_SIZE;
  private static final int TAG_SIZE = 16;
  private static final Octets INFO = Octets.ofUtf8("rserpool cookie 1");

  public CookieSeal {
    if (identity.size() > 0xffff) {
      throw new IllegalArgumentException(
          "an identity has at most 65535 bytes, but this has " + identity.size());
    }
  }

  /// How much longer sealed cookies are than plain ones.
  public int overhead() {
    return HEADER_SIZE + 2 + handle.size() + 2 + identity.size() + TAG_SIZE;
  }

  /// Seals a cookie.
  ///
  /// @param sequence counted from 1
  /// @param random one that nobody can guess
  public Octets seal(
      SessionId session, long sequence, Octets plain, long nowMs, RandomGenerator random) {
    CookieKey key = keys.sealing(nowMs);
    byte[] nonce = new byte[NONCE_SIZE];
    random.nextBytes(nonce);
    ByteBuffer sealed = ByteBuffer.allocate(overhead() + plain.size());
    sealed
        .putInt(MARK)
        .putInt((int) key.version())
        .putLong(nowMs)
        .put(session.octets().toBytes())
        .putLong(sequence)
        .put(nonce);
    ByteBuffer content = ByteBuffer.allocate(overhead() - HEADER_SIZE - TAG_SIZE + plain.size());
    put(content, handle.octets());
    put(content, identity);
    content.put(plain.toBytes()).flip();
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key, session, nonce);
      cipher.updateAAD(sealed.duplicate().flip());
      cipher.doFinal(content, sealed);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a cookie cannot be sealed: " + e.getMessage(), e);
    }
    return Octets.of(sealed.array());
  }

  private static void put(ByteBuffer target, Octets octets) {
    target.putShort((short) octets.size()).put(octets.toBytes());
  }

  private static Cipher cipher(int mode, CookieKey key, SessionId session, byte[] nonce)
      throws GeneralSecurityException {
    SecretKey subkey =
        KDF.getInstance("HKDF-SHA256")
            .deriveKey(
                "AES",
                HKDFParameterSpec.ofExtract()
                    .addIKM(key.secret())
                    .addSalt(session.octets().toBytes())
                    .thenExpand(INFO.toBytes(), CookieKey.SIZE));
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, subkey, new GCMParameterSpec(TAG_SIZE * Byte.SIZE, nonce));
    return cipher;
  }

  /// Opens a cookie. Whatever bytes it has, there is an answer.
  public Opening open(Octets sealed, long nowMs) {
    byte[] bytes = sealed.toBytes();
    if (bytes.length < HEADER_SIZE + 4 + TAG_SIZE || ByteBuffer.wrap(bytes).getInt() != MARK) {
      return refused(
          Refusal.MALFORMED,
          "expected a sealed cookie of format 1, but %d bytes that are none came",
          bytes.length);
    }
    ByteBuffer header = ByteBuffer.wrap(bytes, 0, HEADER_SIZE).position(4);
    long version = Integer.toUnsignedLong(header.getInt());
    long issuedMs = header.getLong();
    SessionId session = new SessionId(Octets.of(take(header, SessionId.SIZE)));
    long sequence = header.getLong();
    byte[] nonce = take(header, NONCE_SIZE);
    Optional<CookieKey> key = keys.find(version);
    if (key.isEmpty()) {
      return refused(
          Refusal.UNKNOWN_KEY,
          "it is sealed with key %d, but here are only %s: all servers of pool=%s need the same"
              + " keys",
          version,
          keys,
          handle);
    }
    try {
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, key.get(), session, nonce);
      cipher.updateAAD(bytes, 0, HEADER_SIZE);
      byte[] content = cipher.doFinal(bytes, HEADER_SIZE, bytes.length - HEADER_SIZE);
      return open(ByteBuffer.wrap(content), session, sequence, issuedMs, nowMs);
    } catch (AEADBadTagException _) {
      return refused(
          Refusal.FORGED,
          "it was changed on the way, or sealed with another key %d than that of pool=%s",
          version,
          handle);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a cookie cannot be opened: " + e.getMessage(), e);
    }
  }

  private Opening open(
      ByteBuffer content, SessionId session, long sequence, long issuedMs, long nowMs) {
    Octets foundHandle;
    Octets foundIdentity;
    try {
      foundHandle = Octets.of(take(content, Short.toUnsignedInt(content.getShort())));
      foundIdentity = Octets.of(take(content, Short.toUnsignedInt(content.getShort())));
    } catch (BufferUnderflowException _) {
      return refused(Refusal.MALFORMED, "its content ends within the pool or the identity");
    }
    if (!foundHandle.equals(handle.octets())) {
      return refused(
          Refusal.FOREIGN_POOL, "it is for pool=%s, but this is pool=%s", foundHandle, handle);
    }
    if (!foundIdentity.equals(identity)) {
      return refused(
          Refusal.FOREIGN_IDENTITY, "it is for '%s', but this is '%s'", foundIdentity, identity);
    }
    long aheadMs = issuedMs - nowMs;
    if (aheadMs > settings.clockSkew().toMillis()) {
      return refused(
          Refusal.FROM_THE_FUTURE,
          "it was sealed %d ms from now, but clocks may differ by %d ms only",
          aheadMs,
          settings.clockSkew().toMillis());
    }
    if (-aheadMs > settings.ageLimit().toMillis()) {
      return refused(
          Refusal.STALE,
          "it was sealed %d ms ago, but only those of the last %d ms are taken",
          -aheadMs,
          settings.ageLimit().toMillis());
    }
    Octets plain = Octets.of(take(content, content.remaining()));
    Duration age = Duration.ofMillis(Math.max(0, -aheadMs));
    return new Opening.Opened(plain, session, sequence, age);
  }

  private static byte[] take(ByteBuffer from, int count) {
    if (count > from.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] bytes = new byte[count];
    from.get(bytes);
    return bytes;
  }

  @SuppressWarnings("AnnotateFormatMethod") // That annotation would be a dependency.
  private static Opening refused(Refusal reason, String format, Object... arguments) {
    return new Opening.Refused(reason, format.formatted(arguments));
  }
}

package io.rserpool.net.tls;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;

/// Reads a private key in PKCS #8 (RFC 5958) between the lines that PEM has (RFC 7468). No text that
/// comes from here holds anything of what was read.
final class PemKey {

  private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final String END = "-----END PRIVATE KEY-----";
  private static final byte[] PROBE =
      "which key belongs to this".getBytes(StandardCharsets.US_ASCII);

  private PemKey() {}

  /// The key that belongs to a public key.
  ///
  /// @param file where it was read, for the texts
  static PrivateKey parse(Path file, String text, PublicKey publicKey) throws TlsException {
    int begin = text.indexOf(BEGIN);
    int end = text.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new TlsException(
          file
              + ": expected a private key between '"
              + BEGIN
              + "' and '"
              + END
              + "', but "
              + seen(text));
    }
    byte[] encoded = decode(file, text.substring(begin + BEGIN.length(), end));
    try {
      PrivateKey key =
          KeyFactory.getInstance(publicKey.getAlgorithm())
              .generatePrivate(new PKCS8EncodedKeySpec(encoded));
      requirePair(file, key, publicKey);
      return key;
    } catch (InvalidKeySpecException | NoSuchAlgorithmException _) {
      // The cause may quote what it could not read.
      throw new TlsException(
          file + ": expected a private key for " + publicKey.getAlgorithm() + ", but it is none");
    } finally {
      Arrays.fill(encoded, (byte) 0);
    }
  }

  private static String seen(String text) {
    if (text.contains("-----BEGIN ENCRYPTED PRIVATE KEY-----")) {
      return "this one is encrypted; write it without a password (openssl pkcs8 -topk8 -nocrypt) into"
          + " a file that only its owner may read";
    }
    return text.contains("PRIVATE KEY-----")
        ? "this one is in an older form; convert it with openssl pkcs8 -topk8 -nocrypt"
        : "there is none";
  }

  private static byte[] decode(Path file, String base64) throws TlsException {
    try {
      return Base64.getMimeDecoder().decode(base64);
    } catch (IllegalArgumentException _) {
      throw new TlsException(file + ": expected Base64 text between the lines of a private key");
    }
  }

  private static void requirePair(Path file, PrivateKey key, PublicKey publicKey)
      throws TlsException {
    boolean isPair;
    try {
      Signature signature = Signature.getInstance(signatureFor(publicKey));
      signature.initSign(key);
      signature.update(PROBE);
      byte[] signed = signature.sign();
      signature.initVerify(publicKey);
      signature.update(PROBE);
      isPair = signature.verify(signed);
    } catch (NoSuchAlgorithmException | InvalidKeyException | SignatureException _) {
      isPair = false;
    }
    if (!isPair) {
      throw new TlsException(file + ": this private key does not belong to the certificate");
    }
  }

  private static String signatureFor(PublicKey key) {
    return switch (key.getAlgorithm()) {
      case "EC" -> "SHA256withECDSA";
      case "RSA" -> "SHA256withRSA";
      default -> key.getAlgorithm();
    };
  }
}

package io.rserpool.pki;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;

/// Pairs of keys: ECDSA on the curve P-256, small and fast enough for small devices.
final class Keys {
  static final String ALGORITHM = "EC";
  static final String SIGNATURE = "SHA256withECDSA";

  private static final String CURVE = "secp256r1";
  private static final byte[] SAMPLE = {'r', 's', 'e', 'r', 'p', 'o', 'o', 'l'};

  private Keys() {}

  static KeyPair make(SecureRandom random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(ALGORITHM);
      generator.initialize(new ECGenParameterSpec(CURVE), random);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no elliptic curve " + CURVE, e);
    }
  }

  /// Whether what one signs the other verifies.
  static boolean match(PrivateKey own, PublicKey known) {
    try {
      Signature signature = Signature.getInstance(SIGNATURE);
      signature.initSign(own);
      signature.update(SAMPLE);
      byte[] signed = signature.sign();
      signature.initVerify(known);
      signature.update(SAMPLE);
      return signature.verify(signed);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JDK has no signatures " + SIGNATURE, e);
    } catch (GeneralSecurityException _) {
      // Keys of another kind, or of another curve.
      return false;
    }
  }
}

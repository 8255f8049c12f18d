package io.rserpool.pki;

import java.io.IOException;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// Builds certificates as RFC 5280 has them, signed by the JDK.
final class CertificateMaker {
  private static final int SERIAL_BITS = 128;

  /// For the server's and for the client's side of a connection: elements and registrars are both.
  private static final ExtendedKeyUsage BOTH_SIDES =
      new ExtendedKeyUsage(
          new KeyPurposeId[] {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth});

  private final SecureRandom random;

  CertificateMaker(SecureRandom random) {
    this.random = random;
  }

  /// The certificate of an authority, signed by itself; it may sign no other authority's.
  ///
  /// @param subject its name for people
  /// @param uri what says the scope
  X509Certificate authority(String subject, String uri, KeyPair keys, Instant from, Instant until) {
    X500Name name = commonName(subject);
    X509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            name, serial(), Date.from(from), Date.from(until), name, keys.getPublic());
    try {
      builder
          .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
          .addExtension(
              Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))
          .addExtension(Extension.subjectKeyIdentifier, false, keyId(keys.getPublic()))
          .addExtension(Extension.subjectAlternativeName, false, alternativeNames(uri, List.of()));
    } catch (CertIOException e) {
      throw new IllegalStateException("an extension of an authority's certificate", e);
    }
    return signed(builder, keys.getPrivate());
  }

  /// The certificate of somebody who is no authority.
  X509Certificate leaf(
      X509Certificate issuer,
      PrivateKey issuersKey,
      Identity identity,
      List<Host> hosts,
      PublicKey key,
      Instant from,
      Instant until) {
    X509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            X500Name.getInstance(issuer.getSubjectX500Principal().getEncoded()),
            serial(),
            Date.from(from),
            Date.from(until),
            commonName(identity.name()),
            key);
    try {
      builder
          .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
          .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
          .addExtension(Extension.extendedKeyUsage, false, BOTH_SIDES)
          .addExtension(Extension.subjectKeyIdentifier, false, keyId(key))
          .addExtension(Extension.authorityKeyIdentifier, false, keyIdOf(issuer))
          .addExtension(
              Extension.subjectAlternativeName, false, alternativeNames(identity.uri(), hosts));
    } catch (CertIOException e) {
      throw new IllegalStateException("an extension of a certificate", e);
    }
    return signed(builder, issuersKey);
  }

  /// Random, and never 0, which no serial number may be (RFC 5280 section 4.1.2.2).
  private BigInteger serial() {
    return new BigInteger(SERIAL_BITS, random).add(BigInteger.ONE);
  }

  private static X500Name commonName(String name) {
    return new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, name).build();
  }

  private static GeneralNames alternativeNames(String uri, List<Host> hosts) {
    List<GeneralName> names = new ArrayList<>();
    names.add(new GeneralName(GeneralName.uniformResourceIdentifier, uri));
    for (Host host : hosts) {
      names.add(
          host.isAddress()
              ? new GeneralName(GeneralName.iPAddress, new DEROctetString(host.address()))
              : new GeneralName(GeneralName.dNSName, host.text()));
    }
    return new GeneralNames(names.toArray(GeneralName[]::new));
  }

  private static SubjectKeyIdentifier keyId(PublicKey key) {
    try {
      return new JcaX509ExtensionUtils().createSubjectKeyIdentifier(key);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has the digest of key identifiers", e);
    }
  }

  /// As the issuer's certificate has it, however that was reckoned.
  private static AuthorityKeyIdentifier keyIdOf(X509Certificate issuer) {
    byte[] extension = issuer.getExtensionValue(Extension.subjectKeyIdentifier.getId());
    SubjectKeyIdentifier id =
        extension == null
            ? keyId(issuer.getPublicKey())
            : SubjectKeyIdentifier.getInstance(ASN1OctetString.getInstance(extension).getOctets());
    return new AuthorityKeyIdentifier(id.getKeyIdentifier());
  }

  private X509Certificate signed(X509v3CertificateBuilder builder, PrivateKey key) {
    try {
      return Pem.decode(
          builder
              .build(new JcaContentSignerBuilder(Keys.SIGNATURE).setSecureRandom(random).build(key))
              .getEncoded());
    } catch (OperatorCreationException | IOException | CertificateException e) {
      throw new IllegalStateException("a certificate that was just built", e);
    }
  }
}

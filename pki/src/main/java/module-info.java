/// A small private authority for a scope: it makes the certificates by which registrars, elements
/// and users know each other.
module io.rserpool.pki {
  requires static org.jspecify;
  requires io.rserpool.protocol;
  requires org.bouncycastle.pkix;
  requires org.bouncycastle.provider;
  requires org.slf4j;

  exports io.rserpool.pki;
}

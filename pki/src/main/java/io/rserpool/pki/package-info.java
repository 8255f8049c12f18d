/// A small private authority for a scope (RFC 5355 section 3 wants certificates; RFC 9525 their
/// names): [Authority] makes and opens one, and issues [Credentials], which are folders of PEM
/// files that programs read; [Renewal] replaces those that have lived for two thirds of their time.
///
/// In flow names, hosts, lengths of life and the time, out flow files. Keys and signatures are the
/// JDK's (ECDSA on P-256 with SHA-256); certificates and PEM are built by Bouncy Castle, of which
/// nothing leaves this package. It has no clock, and knows nothing of TLS, sockets or protocols.
/// Private keys never appear in a text.
@NullMarked
package io.rserpool.pki;

import org.jspecify.annotations.NullMarked;

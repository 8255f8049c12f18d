/// What TLS costs: a secured registrar beside a plain one, with the TLS of the JDK and with BoringSSL.
/// [SecuredRequests] measures rates of requests, [Handshakes] how fast associations come up.
@NullMarked
package io.rserpool.bench.security;

import org.jspecify.annotations.NullMarked;

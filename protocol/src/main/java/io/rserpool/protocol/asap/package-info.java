/// The fourteen messages of ASAP (RFC 5352 section 2.2), one record each, in the sealed family
/// [AsapMessage]. They travel between pool elements or pool users and registrars, and between pool
/// users and pool elements (cookies, business cards).
@NullMarked
package io.rserpool.protocol.asap;

import org.jspecify.annotations.NullMarked;

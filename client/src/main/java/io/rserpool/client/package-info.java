/// The library that programs embed to register as an element of a pool, or to talk to whichever
/// element serves (RFC 5351 and the ASAP side of RFC 5352). Plain blocking calls flow in, answers
/// and sessions flow out. It must not know how a registrar keeps its handlespace.
@NullMarked
package io.rserpool.client;

import org.jspecify.annotations.NullMarked;

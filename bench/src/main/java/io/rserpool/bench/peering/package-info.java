/// What a registrar can do as a peer of other registrars (RFC 5353): give away a large table, take it
/// in, and follow updates, each beside a bare echo of the same bytes in the same run.
@NullMarked
package io.rserpool.bench.peering;

import org.jspecify.annotations.NullMarked;

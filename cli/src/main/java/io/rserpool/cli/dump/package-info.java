/// Looks into a registrar from outside: asks by ENRP, as a tool with server identifier 0 that never
/// becomes a peer, who the registrar is, whom it knows and what its handlespace holds (RFC 5353
/// sections 2.1 to 2.6).
@NullMarked
package io.rserpool.cli.dump;

import org.jspecify.annotations.NullMarked;

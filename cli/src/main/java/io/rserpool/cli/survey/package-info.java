/// Looks at the registrars of a scope from outside: asks by ENRP, as a tool with server identifier 0
/// that never becomes a peer, who a registrar is, whom it knows and what its handlespace holds (RFC
/// 5353 sections 2.1 to 2.6), and then its peers in turn, whether they own what it believes.
@NullMarked
package io.rserpool.cli.survey;

import org.jspecify.annotations.NullMarked;

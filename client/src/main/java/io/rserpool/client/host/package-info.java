/// A server in a few lines: accepts users over TCP or SCTP, runs a [Service] for each, and is a
/// member of its pool (RFC 5351 section 2, RFC 5352 sections 3.8 and 3.9). Sessions flow in, with
/// the cookie of a former element before their data; answers and cookies flow out, and the load to
/// the registrars. Knows no service, and services do not know how their users come.
@NullMarked
package io.rserpool.client.host;

import org.jspecify.annotations.NullMarked;

/// Who is let in: what one address may cost a node or a service that listens, in connections a second and
/// in connections that have not said anything yet. The same for every transport, with TLS and without.
@NullMarked
package io.rserpool.net.gate;

import org.jspecify.annotations.NullMarked;

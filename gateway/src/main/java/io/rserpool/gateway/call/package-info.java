/// Calls elements of pools over plain TCP and looks after the connections: what all gateways do.
/// Pool handles flow in, connected sockets flow out, and reports of those that broke. It must not
/// know who uses the bytes.
@NullMarked
package io.rserpool.gateway.call;

import org.jspecify.annotations.NullMarked;

/// The command that forwards a local port to a pool. What the user types flows in, a line when it
/// is ready and its counters at the end flow out. It must not know how bytes are forwarded.
@NullMarked
package io.rserpool.cli.gateway;

import org.jspecify.annotations.NullMarked;

/// TLS over messages (RFC 3436): for transports that keep messages, of which one stream in each direction
/// carries what TLS says. Knows neither the transport nor what is spoken within.
@NullMarked
package io.rserpool.net.tunnel;

import org.jspecify.annotations.NullMarked;

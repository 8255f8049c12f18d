/// What flows between one pool user and one pool element: user messages on the data channel and
/// ASAP messages on the control channel beside it (RFC 5351 section 2.4), whatever the transport
/// is. Knows neither pools nor failover: it carries, and says when it cannot any more.
@NullMarked
package io.rserpool.client.channel;

import org.jspecify.annotations.NullMarked;

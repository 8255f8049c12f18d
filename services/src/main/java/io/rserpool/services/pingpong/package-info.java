/// The messages of PingPong (PPP). Bytes flow in and out of records; there is no behaviour here.
/// The protocol is rsplib's demonstration of gapless failover, and must stay readable to it.
@NullMarked
package io.rserpool.services.pingpong;

import org.jspecify.annotations.NullMarked;

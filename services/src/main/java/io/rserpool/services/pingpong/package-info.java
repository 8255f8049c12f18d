/// PingPong (PPP): its messages, the service, and a client. The protocol is rsplib's demonstration
/// of gapless failover, and both sides work together with rsplib's programs.
@NullMarked
package io.rserpool.services.pingpong;

import org.jspecify.annotations.NullMarked;

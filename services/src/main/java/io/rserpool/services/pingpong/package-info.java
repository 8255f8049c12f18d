/// The messages of PingPong (PPP). Bytes flow in and out of records; there is no behaviour here.
@NullMarked
package io.rserpool.services.pingpong;

import org.jspecify.annotations.NullMarked;

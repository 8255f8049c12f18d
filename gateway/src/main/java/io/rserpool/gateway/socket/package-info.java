/// Sockets whose host name is a pool: byte streams to one of its elements, for libraries that take
/// a [javax.net.SocketFactory]. Host names and bytes flow in and out; everything else about the
/// connection is `java.net`'s.
@NullMarked
package io.rserpool.gateway.socket;

import org.jspecify.annotations.NullMarked;

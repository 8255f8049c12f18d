/// The request path of a registrar over loopback TCP, held in one run against a bare Netty echo of
/// the same byte counts: highest rates in closed loops, and latency in an open loop at half of the
/// own highest rate. Start with [RequestPath].
@NullMarked
package io.rserpool.bench.requests;

import org.jspecify.annotations.NullMarked;

/// The network of a simulation: machines with one process each, the ways between them with delay,
/// loss, cuts and stalls, and the transport that production's [io.rserpool.runtime.EngineHost]
/// sees. Bytes flow in and out; what is lost is repaired as a transport of today does it. It knows
/// nothing of what the bytes mean.
@NullMarked
package io.rserpool.sim.network;

import org.jspecify.annotations.NullMarked;

/// The contract between an engine and its host: inputs go in with the time, effects come out, and
/// the
/// engine says when it wants to be woken.
///
/// The host (in `io.rserpool.runtime`) owns transports, clocks and threads; the engine owns every
/// decision and every deadline. Both sides exchange plain values, so the same engine runs in
/// production and in the simulation. Nothing here may know bytes, sockets or threads.
@NullMarked
package io.rserpool.engine;

import org.jspecify.annotations.NullMarked;

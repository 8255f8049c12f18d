/// The thin layer around one engine: it decodes what comes from a [Transport], hands it to the
/// engine
/// with the time of a [TimeSource], and carries out the effects. Transport and time are interfaces,
/// so
/// that the real network and the simulation host the same engines with the same code. Nothing here
/// starts threads or opens sockets, and nothing here decides anything about the protocol.
@NullMarked
package io.rserpool.runtime;

import org.jspecify.annotations.NullMarked;

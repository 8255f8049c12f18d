/// Carries whole messages over real transports and hosts an engine on one event loop. Bytes from
/// sockets flow in and bytes to sockets flow out; what the bytes mean is left to `runtime`. It must
/// not
/// decide anything that the protocols decide.
@NullMarked
package io.rserpool.net;

import org.jspecify.annotations.NullMarked;

/// SCTP in user space beside TCP, by the same load in the same run: whole messages that an echo sends
/// back, whole messages that a sink counts, and handle resolutions at a registrar's process. All in a
/// few dozen lines for each transport, so that both do the same for each message: the reader gets an
/// array of its own, the writer gives one away.
@NullMarked
package io.rserpool.bench.sctp;

import org.jspecify.annotations.NullMarked;

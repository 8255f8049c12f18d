/// SCTP of the operating system, as the JDK's module `jdk.sctp` offers it. What that module has no word
/// for (time-outs, heartbeats, calling several addresses, ending one association of many) is asked of
/// the C library through the foreign function API. Only [io.rserpool.net.kernel.KernelSctpStack] is
/// seen from outside; it must not know what the messages mean.
@NullMarked
package io.rserpool.net.kernel;

import org.jspecify.annotations.NullMarked;

/// Runs whole RSerPool systems in one thread under virtual time: a seed flows in, a trace and a
/// verdict
/// flow out. Invariants are checked after every event, and the same seed gives the same trace. It
/// must
/// not know the wall clock, threads or sockets.
@NullMarked
package io.rserpool.sim;

import org.jspecify.annotations.NullMarked;

/// Runs whole operation scopes in one thread under virtual time: a seed flows in, a trace and a
/// verdict flow out. Here are virtual time, the one queue of events and the trace; the packages
/// below have the network, the processes, their faults and workloads, the invariants, and the
/// scenarios. It must not know the wall clock, threads or sockets.
@NullMarked
package io.rserpool.sim;

import org.jspecify.annotations.NullMarked;

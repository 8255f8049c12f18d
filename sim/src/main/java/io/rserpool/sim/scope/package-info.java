/// One operation scope as it is simulated: registrars, pool elements and pool users as processes of
/// a [io.rserpool.sim.network.Network], each with its production engine in its production host.
/// Requests flow in, what the processes say flows out to a listener. It knows neither faults nor
/// invariants.
@NullMarked
package io.rserpool.sim.scope;

import org.jspecify.annotations.NullMarked;

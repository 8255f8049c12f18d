/// Sessions as they are simulated: at the user's side a production
/// [io.rserpool.engine.session.UserSession] for each, an application that asks, and what carries out
/// its effects; at the element's side a service that applies what is asked, seals its state into
/// cookies and goes on where a cookie ended. What they do flows out as [SessionDeed]s. It knows
/// neither faults nor invariants.
@NullMarked
package io.rserpool.sim.session;

import org.jspecify.annotations.NullMarked;

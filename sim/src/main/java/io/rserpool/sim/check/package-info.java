/// What must hold: invariants that look at the process that has just changed, obligations that fall
/// due after a bound, and validations when all faults are healed and the bound has passed. What is
/// really the case ([io.rserpool.sim.check.Truth]) and what the processes believe flow in,
/// violations flow out. The bounds are closed formulas of the profile's timers. It knows neither
/// the network nor the engines, so that made-up histories can be checked as well.
@NullMarked
package io.rserpool.sim.check;

import org.jspecify.annotations.NullMarked;

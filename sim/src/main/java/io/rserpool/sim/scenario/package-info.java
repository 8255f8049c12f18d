/// Named configurations of scope, workload and faults, and the run of one of them from a seed: rounds
/// of chaos, healing, settling and validation. A scenario, a profile and a seed flow in, an outcome
/// flows out; nothing else has any influence.
@NullMarked
package io.rserpool.sim.scenario;

import org.jspecify.annotations.NullMarked;

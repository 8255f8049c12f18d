/// Whole systems to be simulated: who is there, what they do, what is counted.
@NullMarked
package io.rserpool.sim.workload;

import org.jspecify.annotations.NullMarked;

/// Whole systems to be simulated: who is there, what they do, what is counted.
/// A workload hosts production engines; it draws its choices from the seed and knows no real time.
@NullMarked
package io.rserpool.sim.workload;

import org.jspecify.annotations.NullMarked;

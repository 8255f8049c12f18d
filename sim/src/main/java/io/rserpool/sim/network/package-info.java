/// Links with delay and seeded loss, and the nodes that they connect: effects of engines flow in,
/// inputs of other engines flow out. What is lost is repaired as a transport of today does it.
@NullMarked
package io.rserpool.sim.network;

import org.jspecify.annotations.NullMarked;

/// Those who mean harm: processes on the network of a secured scope that say whatever they like, to
/// registrars, elements and users, under names that they can or cannot prove (RFC 5355 section 2). What
/// they say flows out; nothing that they are told changes what they may do. Whether they have done harm
/// is judged elsewhere.
@NullMarked
package io.rserpool.sim.hostile;

import org.jspecify.annotations.NullMarked;

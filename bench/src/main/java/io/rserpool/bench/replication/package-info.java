/// What replication costs: messages and bytes that a change of an element, or a failure, causes among
/// one to ten registrars. Counted in the simulation, where the production engines and codecs send
/// them, so the figures are exact and the same on every machine.
@NullMarked
package io.rserpool.bench.replication;

import org.jspecify.annotations.NullMarked;

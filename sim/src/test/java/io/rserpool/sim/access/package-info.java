/// Tests of charters: what registrars are told, and what the simulation holds against them, are the
/// same.
@NullMarked
package io.rserpool.sim.access;

import org.jspecify.annotations.NullMarked;

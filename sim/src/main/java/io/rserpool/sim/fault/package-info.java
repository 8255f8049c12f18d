/// What goes wrong: kinds of faults, how often each comes, and their injection into a running scope.
/// Draws from the seed flow in; a listener hears who is disturbed since when. It does not know what
/// should hold nevertheless.
@NullMarked
package io.rserpool.sim.fault;

import org.jspecify.annotations.NullMarked;

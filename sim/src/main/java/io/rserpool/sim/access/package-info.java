/// Who may do what in a secured scope, told twice: as the policy that its registrars are given, and as
/// plain rules by which the simulation judges what became of it. The two share no code (RFC 5355).
@NullMarked
package io.rserpool.sim.access;

import org.jspecify.annotations.NullMarked;

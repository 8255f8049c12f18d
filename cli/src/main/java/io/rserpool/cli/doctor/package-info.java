/// Looks for what would not work on this machine, and says what to do about it: one finding each
/// for Java, ports, registrars, multicast, clocks, SCTP and limits. Nothing is changed by looking.
@NullMarked
package io.rserpool.cli.doctor;

import org.jspecify.annotations.NullMarked;

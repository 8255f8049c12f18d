/// Calls registrars without the machinery of a client, to see whether they answer, and if not, why:
/// for the commands that look for mistakes. Plain or over TLS, blocking, one call at a time; what goes
/// wrong is said in words for people. It knows nothing of the command line.
@NullMarked
package io.rserpool.cli.reach;

import org.jspecify.annotations.NullMarked;

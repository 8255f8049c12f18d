/// Runs simulated scopes from seeds and says what came of them: how much was simulated, what went
/// wrong there on purpose, how often each invariant was checked, and the command that replays each
/// violation. The simulation itself is in its own module and knows nothing of a command line.
@NullMarked
package io.rserpool.cli.simulate;

import org.jspecify.annotations.NullMarked;

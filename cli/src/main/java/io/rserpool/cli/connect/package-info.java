/// The interactive terminal: lines from standard input go to a pool through a session, what comes
/// back goes to standard output, and moves to other elements are told on standard error.
@NullMarked
package io.rserpool.cli.connect;

import org.jspecify.annotations.NullMarked;

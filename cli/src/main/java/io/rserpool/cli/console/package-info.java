/// How every command talks with its user: options that all have in common, addresses, tables, JSON
/// lines, exit codes, and the words for what went wrong. Knows nothing of any single command.
@NullMarked
package io.rserpool.cli.console;

import org.jspecify.annotations.NullMarked;

/// Where log lines go: standard error, one compact line each, at the level that the command line
/// chose. The logging library asks for this configuration by itself, and only once something is
/// really logged or could be, so commands that never log do not pay for it.
@NullMarked
package io.rserpool.cli.logging;

import org.jspecify.annotations.NullMarked;

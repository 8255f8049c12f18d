/// Commands that run until they are stopped: the registrar, and servers of the example services.
@NullMarked
package io.rserpool.cli.daemon;

import org.jspecify.annotations.NullMarked;

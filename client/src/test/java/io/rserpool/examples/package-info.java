/// Programs that show the library at work. The documentation quotes them, and a test runs each.
@NullMarked
package io.rserpool.examples;

import org.jspecify.annotations.NullMarked;

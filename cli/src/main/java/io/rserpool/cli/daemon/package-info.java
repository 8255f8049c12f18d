/// Commands that run until they are stopped: the registrar, and servers of the example services.
/// They only read options and wire things up; what runs is in the registrar and services modules.
@NullMarked
package io.rserpool.cli.daemon;

import org.jspecify.annotations.NullMarked;

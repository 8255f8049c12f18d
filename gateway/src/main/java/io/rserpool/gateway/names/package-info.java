/// Host names of pools for every program in the virtual machine: a name below `pool.rserpool` is
/// looked up at a registrar, all others where they always were. Names flow in, addresses of
/// elements or of a local listener flow out. It is loaded by the Java runtime itself, at its first
/// lookup.
@NullMarked
package io.rserpool.gateway.names;

import org.jspecify.annotations.NullMarked;

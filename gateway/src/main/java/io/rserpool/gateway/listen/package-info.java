/// A local listener that forwards byte streams to elements of a pool, for programs of any language.
/// A pool and an address flow in, connections and counters flow out. It knows nothing of the
/// protocol that the bytes are in.
@NullMarked
package io.rserpool.gateway.listen;

import org.jspecify.annotations.NullMarked;

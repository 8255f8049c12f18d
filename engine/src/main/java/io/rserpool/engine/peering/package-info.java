/// The registrar among registrars (RFC 5353): who the peers are and whether they live, takeover of
/// the dead, and how the copies of the handlespace are kept equal. The handlespace itself, and
/// everything about elements and users, belongs to the registrar around it, which it sees as a
/// [io.rserpool.engine.peering.SharedHandlespace].
@NullMarked
package io.rserpool.engine.peering;

import org.jspecify.annotations.NullMarked;

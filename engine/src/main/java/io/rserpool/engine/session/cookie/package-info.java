/// Seals the state of sessions, so that it can travel through users who can neither read nor change it
/// (RFC 5352 section 3.8, RFC 5355 section 2.16): plain cookies, keys, the time and randomness flow in,
/// sealed cookies or a described refusal flow out. Knows nothing of how cookies travel, and of keys not
/// where they are kept.
@NullMarked
package io.rserpool.engine.session.cookie;

import org.jspecify.annotations.NullMarked;

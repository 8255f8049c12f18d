/// The pool user's engine: finds a registrar, resolves pool handles, caches and subscribes, selects
/// elements by the pool's policy and reports those that fail (RFC 5352 sections 3.3, 3.5 and 3.6).
@NullMarked
package io.rserpool.engine.user;

import org.jspecify.annotations.NullMarked;

/// The pool element's side of one session: what control messages and data of a user mean to the
/// service (RFC 5352 sections 3.8 and 3.9). What came flows in, in its order; what the service hears,
/// what is answered and what is reported flow out. Knows neither transports nor what is served.
@NullMarked
package io.rserpool.engine.session.element;

import org.jspecify.annotations.NullMarked;

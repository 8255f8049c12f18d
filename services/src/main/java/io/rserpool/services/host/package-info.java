/// Serves the users of a service, over TCP or SCTP, and is a member of its pool: accepting, limits,
/// load, draining. It must not know what any service does, and services not how their users come.
@NullMarked
package io.rserpool.services.host;

import org.jspecify.annotations.NullMarked;

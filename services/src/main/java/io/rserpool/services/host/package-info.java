/// Serves the users of a service over TCP and is a member of its pool: accepting, limits, load,
/// draining. It must not know what any service does.
@NullMarked
package io.rserpool.services.host;

import org.jspecify.annotations.NullMarked;

/// Services that take any bytes: echo (RFC 862), discard (RFC 863), character generator
/// (RFC 864) and daytime (RFC 867), as rsplib has them. They know their session and nothing of
/// pools.
@NullMarked
package io.rserpool.services.stream;

import org.jspecify.annotations.NullMarked;

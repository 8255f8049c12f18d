/// What a registrar tells about its peers, the other registrars of the scope: their states and what
/// happens to them (RFC 5353 section 3.4).
@NullMarked
package io.rserpool.engine.peers;

import org.jspecify.annotations.NullMarked;

/// The ten messages of ENRP (RFC 5353 section 2), one record each, in the sealed family
/// [EnrpMessage]. They travel between the registrars of one operation scope.
@NullMarked
package io.rserpool.protocol.enrp;

import org.jspecify.annotations.NullMarked;

/// The handlespace of one operation scope: pools, their elements, who owns them, their ownership
/// checksums, their expiry, and extracts in stable order (RFC 5353 sections 2.3, 3.3 and 3.6). It
/// is kept by every registrar, and in small by every pool user as its cache. It chooses nothing
/// itself: selection belongs to `io.rserpool.engine.policy`. Own registrations have to agree with
/// their pool; elements of other registrars are held in any case, and selected if they agree. It
/// knows neither messages nor associations.
@NullMarked
package io.rserpool.engine.handlespace;

import org.jspecify.annotations.NullMarked;

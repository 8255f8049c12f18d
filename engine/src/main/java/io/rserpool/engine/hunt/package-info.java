/// The server hunt that pool elements and pool users share: which registrars are known, which are
/// called, and which one is chosen (RFC 5352 section 3.6). Announcements, association changes and
/// the
/// time come in; calls go out. It knows nothing of registrations or resolutions.
@NullMarked
package io.rserpool.engine.hunt;

import org.jspecify.annotations.NullMarked;

/// The messages of the Scripting Service (SSP). Bytes flow in and out of records; there is no
/// behaviour here, and nothing is ever run.
@NullMarked
package io.rserpool.services.scripting;

import org.jspecify.annotations.NullMarked;

/// The datagrams of the Component Status Protocol (CSP). Bytes flow in and out of records; there
/// is no behaviour here.
@NullMarked
package io.rserpool.services.status;

import org.jspecify.annotations.NullMarked;

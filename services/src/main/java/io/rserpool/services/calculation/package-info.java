/// The messages of CalcApp. Bytes flow in and out of records; there is no behaviour here.
/// The protocol is rsplib's demonstration of sessions with cookies, and must stay readable to it.
@NullMarked
package io.rserpool.services.calculation;

import org.jspecify.annotations.NullMarked;

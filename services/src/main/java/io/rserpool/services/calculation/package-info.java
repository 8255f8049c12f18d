/// CalcApp: its messages, the service, and a client. The protocol is rsplib's demonstration of
/// sessions with cookies, and both sides work together with rsplib's programs.
@NullMarked
package io.rserpool.services.calculation;

import org.jspecify.annotations.NullMarked;

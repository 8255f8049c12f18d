/// The vocabulary shared by ASAP and ENRP: pool handles, identifiers, addresses, transports,
/// policies, error causes and the parameters that carry them (RFC 5354, RFC 5356).
///
/// Values only: every type is immutable, validates its ranges when it is made, and compares by
/// content. How a value looks as bytes is the business of `io.rserpool.wire`; what it means is
/// decided in `io.rserpool.engine`. Optional wire parameters that are absent are told by a named
/// constant (such as [ElementId#NONE]), never by `null`.
@NullMarked
package io.rserpool.protocol;

import org.jspecify.annotations.NullMarked;

/// The command `decode`: shows what ASAP and ENRP messages say, for people and for scripts.
/// Hexadecimal text or a recording of network traffic flows in, a tree of parameters with offsets,
/// faults and reports flows out. The bytes are read by `io.rserpool.wire`; here they are only
/// described.
@NullMarked
package io.rserpool.cli.decode;

import org.jspecify.annotations.NullMarked;

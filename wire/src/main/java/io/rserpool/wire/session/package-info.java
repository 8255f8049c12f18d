/// The framing by which one TCP connection between pool user and pool element carries messages, each
/// with its payload protocol identifier, and so a control channel beside the data. It is ours: RFC
/// 5354 section 3.5 has TCP carry data only.
///
/// Bytes in any pieces flow in and frames, or a described fault, flow out; nothing is ever thrown for
/// what a peer sent. It covers the format of `docs/tcp-mapping.md` and must not know what the
/// messages in the frames mean.
@NullMarked
package io.rserpool.wire.session;

import org.jspecify.annotations.NullMarked;

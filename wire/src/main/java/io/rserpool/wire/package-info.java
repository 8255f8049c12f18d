/// Turns bytes into protocol messages and messages into bytes. Bytes flow in from a transport and a
/// message, or a described fault, flows out; nothing is ever thrown for what a peer sent. It covers
/// the formats of RFC 5352, RFC 5353, RFC 5354 and RFC 5356, and must not know what is done about a
/// message.
///
/// [AsapCodec] and [EnrpCodec] are the two ends to use; [MessageFramer] cuts a byte stream into
/// messages, and [RawMessage] shows any message as a tree of parameters without knowing their
/// meaning. Inside, each parameter has one small class that reads and writes it, over the two
/// cursors `WireReader` and `WireWriter`.
@NullMarked
package io.rserpool.wire;

import org.jspecify.annotations.NullMarked;

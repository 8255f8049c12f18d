package io.rserpool.wire;

import io.rserpool.protocol.Octets;

/// An undefined parameter that was skipped, as its two high bits demand (RFC 5354 section 3).
///
/// @param offset where it starts, counted from the start of the message
/// @param type its number, 0x8000 to 0xffff
/// @param value its bytes after type and length, without padding
public record UnknownParameter(int offset, int type, Octets value) {}

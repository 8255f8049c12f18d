package io.rserpool.wire.capture;

import io.rserpool.protocol.Octets;
import io.rserpool.wire.Protocol;
import java.time.Instant;

/// One ASAP or ENRP message in a recording, not decoded yet.
///
/// @param frame the number of the packet that completed it, counted from 1 as Wireshark does
/// @param time when that packet was recorded
/// @param bytes the SCTP user message or UDP datagram; from TCP, one message with its padding
public record CapturedMessage(
    int frame,
    Instant time,
    Endpoint source,
    Endpoint destination,
    Carrier carrier,
    Protocol protocol,
    Octets bytes) {}

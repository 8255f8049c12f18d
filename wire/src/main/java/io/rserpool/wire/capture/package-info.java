/// Reads recordings of network traffic (pcap and pcapng files) and finds the ASAP and ENRP messages
/// in them. The bytes of a file flow in; messages with frame number, time and addresses flow out,
/// and notes on what could not be read. Like the codecs it is total: a bad file gives a described
/// fault. What the messages say is left to `io.rserpool.wire`.
@NullMarked
package io.rserpool.wire.capture;

import org.jspecify.annotations.NullMarked;

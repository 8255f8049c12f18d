/// SCTP in user space: [io.rserpool.net.sctp.SctpStack] by way of the C library `libusrsctp`, which
/// is called with the foreign function interface. All native code of rserpool is in this package.
///
/// What flows through: a socket's calls go from any thread straight into the library
/// ([NativeSocket]); the library's threads hand over what has come and go on ([Upcalls],
/// [Arrivals]); one thread of our own for each socket ([Poller]) takes it from there, puts messages
/// together that came in pieces, and tells the listener. So the listener never runs inside the
/// library, and nothing that it does can go wrong there.
///
/// **Associations share a socket** and have one port in common, and yet do not stop one another:
/// the library counts send and receive buffers for each association, everything that comes is taken
/// at once, and a send that finds its association's buffer full comes back at once. So no
/// association is peeled off into a socket of its own.
///
/// **One stack, one UDP port** for a process ([ProcessStack]), since the library keeps everything
/// in global variables. The UDP port is that of all interfaces, whatever addresses a socket is
/// bound to; which source address a packet carries is decided by the system's routes. With two
/// networks that is the address of the network through which the peer's address is reached, which
/// is what multi-homing needs.
///
/// **Root is like everybody else.** The library opens raw sockets where it may, and would then
/// answer the packets of the kernel's own SCTP on that machine with ABORT; so it is begun without
/// that privilege ([RawSockets]).
///
/// RFC 9260 (SCTP), RFC 6951 (within UDP), RFC 6458 (the socket interface, which the library has
/// under names of its own).
@NullMarked
package io.rserpool.usrsctp;

import org.jspecify.annotations.NullMarked;

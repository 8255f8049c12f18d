package io.rserpool.wire;

import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.ServerInformation;
import io.rserpool.protocol.enrp.EnrpListResponse;
import io.rserpool.protocol.enrp.EnrpPresence;
import java.util.ArrayList;
import java.util.List;

/// The ENRP messages about registrars (RFC 5353 sections 2.1 and 2.6), after the two identifiers.
///
///     0                   1                   2                   3
///     0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///    +---------------+-------------+-+-------------------------------+
///    |   Type = 1    |0 0 0 0 0 0 0|R|        Message Length         |  ENRP_PRESENCE
///    +---------------+-------------+-+-------------------------------+
///    :  two identifiers, PE Checksum, Server Information (optional)  :
///    +---------------------------------------------------------------+
///
///    +---------------+-------------+-+-------------------------------+
///    |   Type = 6    |0 0 0 0 0 0 0|R|        Message Length         |  ENRP_LIST_RESPONSE
///    +---------------+-------------+-+-------------------------------+
///    :  two identifiers, any number of Server Informations           :
///    +---------------------------------------------------------------+
///
/// The figure of RFC 5353 section 2.1 has no flag, but its section 3.4 speaks of one: rsplib and
/// Wireshark use the lowest bit, and so do we. The checksum SHOULD be there by the RFC; as rsplib,
/// we refuse a presence without it, since an audit against no checksum makes no sense.
final class PeerCodec {

  /// The flag of a presence that asks for a presence.
  static final int REPLY_REQUIRED = 0x01;

  /// The R flag of a list response.
  static final int REJECTED = 0x01;

  private PeerCodec() {}

  static EnrpPresence readPresence(WireReader in, ServerId sender, ServerId receiver) {
    int checksum = ParameterCodec.readChecksum(in);
    ServerInformation server =
        in.peek() == TypeCodes.NONE ? ServerInformation.NONE : ServerCodec.read(in);
    return new EnrpPresence(sender, receiver, in.flag(REPLY_REQUIRED), checksum, server);
  }

  static void write(WireWriter out, EnrpPresence message) {
    ParameterCodec.writeChecksum(out, message.checksum());
    if (!message.serverInformation().isNone()) {
      ServerCodec.write(out, message.serverInformation());
    }
  }

  static EnrpListResponse readListResponse(WireReader in, ServerId sender, ServerId receiver) {
    boolean rejected = in.flag(REJECTED);
    if (rejected) {
      in.finish();
    }
    List<ServerInformation> servers = new ArrayList<>();
    while (in.peek() != TypeCodes.NONE) {
      servers.add(ServerCodec.read(in));
    }
    return new EnrpListResponse(sender, receiver, rejected, servers);
  }

  static void write(WireWriter out, EnrpListResponse message) {
    for (ServerInformation server : message.servers()) {
      ServerCodec.write(out, server);
    }
  }
}

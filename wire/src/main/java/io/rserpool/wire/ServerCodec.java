package io.rserpool.wire;

import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.ServerInformation;
import java.util.List;

/// The Server Information parameter (RFC 5354 section 3.11).
///
///     0                   1                   2                   3
///     0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///    +-------------------------------+-------------------------------+
///    |           Type = 11           |            Length             |
///    +-------------------------------+-------------------------------+
///    |                           Server ID                           |
///    +---------------------------------------------------------------+
///    :     SCTP Transport; of a registrar that speaks TCP, a TCP     :
///    :     Transport after it or in its place                        :
///    +---------------------------------------------------------------+
final class ServerCodec {

  private ServerCodec() {}

  static ServerInformation read(WireReader in) {
    long mark = in.open(TypeCodes.SERVER_INFORMATION);
    ServerId serverId = ServerId.of(in.i32());
    List<AsapTransport> transports = TransportCodec.readAll(in);
    if (transports.isEmpty()) {
      throw in.missing("a transport");
    }
    in.close(mark);
    return new ServerInformation(serverId, transports);
  }

  static void write(WireWriter out, ServerInformation server) {
    int mark = out.open(TypeCodes.SERVER_INFORMATION);
    out.i32(server.serverId().value());
    TransportCodec.write(out, server.transports());
    out.close(mark);
  }
}

package io.rserpool.wire;

import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.asap.AsapEndpointKeepAlive;
import io.rserpool.protocol.asap.AsapEndpointKeepAliveAck;
import io.rserpool.protocol.asap.AsapEndpointUnreachable;
import io.rserpool.protocol.asap.AsapServerAnnounce;

/// The messages that tell who is alive (RFC 5352 sections 2.2.7 to 2.2.10).
///
///     0                   1                   2                   3
///     0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///    +---------------+-------------+-+-------------------------------+
///    |   Type = 7    |0 0 0 0 0 0 0|H|        Message Length         |  ASAP_ENDPOINT_KEEP_ALIVE
///    +---------------+-------------+-+-------------------------------+
///    |                       Server Identifier                       |
///    +---------------------------------------------------------------+
///    :  Pool Handle, then PE Identifier (rsplib, optional)           :
///    +---------------------------------------------------------------+
///
///    +---------------+-------------+-+-------------------------------+
///    |   Type = 8    |0 0 0 0 0 0 0 0|        Message Length         |  ..._KEEP_ALIVE_ACK
///    +---------------+-------------+-+-------------------------------+
///    |   Type = 9    |0 0 0 0 0 0 0 0|        Message Length         |  ASAP_ENDPOINT_UNREACHABLE
///    +---------------+-------------+-+-------------------------------+
///    :  Pool Handle, then PE Identifier                              :
///    +---------------------------------------------------------------+
///
///    +---------------+-------------+-+-------------------------------+
///    |   Type = 10   |0 0 0 0 0 0 0 0|        Message Length         |  ASAP_SERVER_ANNOUNCE
///    +---------------+-------------+-+-------------------------------+
///    |                       Server Identifier                       |
///    +---------------------------------------------------------------+
///    :  any number of SCTP and TCP Transports                        :
///    +---------------------------------------------------------------+
final class MonitoringCodec {

  /// The H flag of a keep-alive.
  static final int HOME = 0x01;

  private MonitoringCodec() {}

  static AsapEndpointKeepAlive readKeepAlive(WireReader in) {
    ServerId serverId = ServerId.of(in.i32());
    PoolHandle handle = ParameterCodec.readHandle(in);
    ElementId elementId = ParameterCodec.readOptionalElementId(in);
    return new AsapEndpointKeepAlive(serverId, in.flag(HOME), handle, elementId);
  }

  static void write(WireWriter out, AsapEndpointKeepAlive message) {
    out.i32(message.serverId().value());
    ParameterCodec.writeHandle(out, message.handle());
    ParameterCodec.writeOptionalElementId(out, message.elementId());
  }

  static AsapEndpointKeepAliveAck readKeepAliveAck(WireReader in) {
    return new AsapEndpointKeepAliveAck(
        ParameterCodec.readHandle(in), ParameterCodec.readElementId(in));
  }

  static void write(WireWriter out, AsapEndpointKeepAliveAck message) {
    ParameterCodec.writeHandle(out, message.handle());
    ParameterCodec.writeElementId(out, message.elementId());
  }

  static AsapEndpointUnreachable readUnreachable(WireReader in) {
    return new AsapEndpointUnreachable(
        ParameterCodec.readHandle(in), ParameterCodec.readElementId(in));
  }

  static void write(WireWriter out, AsapEndpointUnreachable message) {
    ParameterCodec.writeHandle(out, message.handle());
    ParameterCodec.writeElementId(out, message.elementId());
  }

  static AsapServerAnnounce readAnnounce(WireReader in) {
    ServerId serverId = ServerId.of(in.i32());
    return new AsapServerAnnounce(serverId, TransportCodec.readAll(in));
  }

  static void write(WireWriter out, AsapServerAnnounce message) {
    out.i32(message.serverId().value());
    TransportCodec.write(out, message.transports());
  }
}

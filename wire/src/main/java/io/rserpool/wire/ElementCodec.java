package io.rserpool.wire;

import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.TransportAddress;
import java.util.ArrayList;
import java.util.List;

/// The Pool Element parameter (RFC 5354 section 3.10).
///
///     0                   1                   2                   3
///     0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///    +-------------------------------+-------------------------------+
///    |           Type = 10           |            Length             |
///    +-------------------------------+-------------------------------+
///    |                         PE Identifier                         |
///    +---------------------------------------------------------------+
///    |                  Home ENRP Server Identifier                  |
///    +---------------------------------------------------------------+
///    |                   Registration Life (signed)                  |
///    +---------------------------------------------------------------+
///    :                         User Transport                        :
///    +---------------------------------------------------------------+
///    :                 Pool Member Selection Policy                  :
///    +---------------------------------------------------------------+
///    :             ASAP Transport (SCTP or TCP, optional)            :
///    +---------------------------------------------------------------+
final class ElementCodec {

  private ElementCodec() {}

  static PoolElementParameter read(WireReader in) {
    long mark = in.open(TypeCodes.POOL_ELEMENT);
    ElementId elementId = ElementId.of(in.i32());
    ServerId homeId = ServerId.of(in.i32());
    int registrationLife = in.i32();
    TransportAddress userTransport = TransportCodec.readUser(in);
    Policy policy = PolicyCodec.read(in);
    AsapTransport asapTransport = TransportCodec.readOptional(in);
    in.finish();
    in.close(mark);
    return new PoolElementParameter(
        elementId, homeId, registrationLife, userTransport, policy, asapTransport);
  }

  /// Reads one pool element, and all that follow it at once.
  static List<PoolElementParameter> readSome(WireReader in) {
    PoolElementParameter first = read(in);
    if (in.peek() != TypeCodes.POOL_ELEMENT) {
      return List.of(first);
    }
    List<PoolElementParameter> elements = new ArrayList<>();
    elements.add(first);
    while (in.peek() == TypeCodes.POOL_ELEMENT) {
      elements.add(read(in));
    }
    return elements;
  }

  static void write(WireWriter out, PoolElementParameter element) {
    int mark = out.open(TypeCodes.POOL_ELEMENT);
    out.i32(element.elementId().value());
    out.i32(element.homeId().value());
    out.i32(element.registrationLife());
    TransportCodec.write(out, element.userTransport());
    PolicyCodec.write(out, element.policy());
    TransportCodec.write(out, element.asapTransport());
    out.close(mark);
  }

  static void write(WireWriter out, List<PoolElementParameter> elements) {
    for (PoolElementParameter element : elements) {
      write(out, element);
    }
  }
}

package io.rserpool.wire;

import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.Octets;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.TransportAddress;
import java.nio.charset.StandardCharsets;
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
///    :       Registrant (ours, optional; among registrars only)      :
///    +---------------------------------------------------------------+
///
/// A Registrant (type 0xbf02) is a name of 1 to 512 printable ASCII characters. In ASAP it is passed
/// over: nobody says by himself who he is.
final class ElementCodec {

  private ElementCodec() {}

  /// Reads a pool element of ASAP.
  static PoolElementParameter read(WireReader in) {
    return read(in, false);
  }

  /// Reads a pool element of ENRP, with its registrant.
  static PoolElementParameter readOwned(WireReader in) {
    return read(in, true);
  }

  /// Reads one pool element of ASAP, and all that follow it at once.
  static List<PoolElementParameter> readSome(WireReader in) {
    return readSome(in, false);
  }

  /// The same of ENRP.
  static List<PoolElementParameter> readSomeOwned(WireReader in) {
    return readSome(in, true);
  }

  /// Writes a pool element for ASAP.
  static void write(WireWriter out, PoolElementParameter element) {
    write(out, element, false);
  }

  /// Writes a pool element for ENRP, with its registrant.
  static void writeOwned(WireWriter out, PoolElementParameter element) {
    write(out, element, true);
  }

  static void write(WireWriter out, List<PoolElementParameter> elements) {
    for (PoolElementParameter element : elements) {
      write(out, element);
    }
  }

  static void writeOwned(WireWriter out, List<PoolElementParameter> elements) {
    for (PoolElementParameter element : elements) {
      writeOwned(out, element);
    }
  }

  private static PoolElementParameter read(WireReader in, boolean owned) {
    long mark = in.open(TypeCodes.POOL_ELEMENT);
    ElementId elementId = ElementId.of(in.i32());
    ServerId homeId = ServerId.of(in.i32());
    int registrationLife = in.i32();
    TransportAddress userTransport = TransportCodec.readUser(in);
    Policy policy = PolicyCodec.read(in);
    AsapTransport asapTransport =
        in.peek() == TypeCodes.REGISTRANT
            ? AsapTransport.Absent.INSTANCE
            : TransportCodec.readOptional(in);
    String registrant = in.peek() == TypeCodes.REGISTRANT ? readRegistrant(in, owned) : "";
    in.finish();
    in.close(mark);
    return new PoolElementParameter(
        elementId, homeId, registrationLife, userTransport, policy, asapTransport, registrant);
  }

  private static List<PoolElementParameter> readSome(WireReader in, boolean owned) {
    PoolElementParameter first = read(in, owned);
    if (in.peek() != TypeCodes.POOL_ELEMENT) {
      return List.of(first);
    }
    List<PoolElementParameter> elements = new ArrayList<>();
    elements.add(first);
    while (in.peek() == TypeCodes.POOL_ELEMENT) {
      elements.add(read(in, owned));
    }
    return elements;
  }

  private static String readRegistrant(WireReader in, boolean owned) {
    long mark = in.openAny();
    String registrant = "";
    if (owned) {
      registrant = new String(in.octets(in.remaining()).toBytes(), StandardCharsets.ISO_8859_1);
      if (!PoolElementParameter.isRegistrant(registrant)) {
        throw in.invalid(
            "a Registrant has 1 to %d printable ASCII characters, but this one has %d bytes"
                .formatted(PoolElementParameter.REGISTRANT_SIZE_MAX, registrant.length()));
      }
    }
    in.close(mark);
    return registrant;
  }

  private static void write(WireWriter out, PoolElementParameter element, boolean owned) {
    int mark = out.open(TypeCodes.POOL_ELEMENT);
    out.i32(element.elementId().value());
    out.i32(element.homeId().value());
    out.i32(element.registrationLife());
    TransportCodec.write(out, element.userTransport());
    PolicyCodec.write(out, element.policy());
    TransportCodec.write(out, element.asapTransport());
    if (owned && !element.registrant().isEmpty() && out.form().ownParameters()) {
      int inner = out.open(TypeCodes.REGISTRANT);
      out.octets(Octets.ofUtf8(element.registrant()));
      out.close(inner);
    }
    out.close(mark);
  }
}

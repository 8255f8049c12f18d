package io.rserpool.wire;

import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.TransportAddress;
import io.rserpool.protocol.TransportUse;
import java.util.ArrayList;
import java.util.List;

/// The transport parameters and the addresses in them (RFC 5354 sections 3.1 to 3.7 and 3.16).
///
///     0                   1                   2                   3
///     0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///    +-------------------------------+-------------------------------+
///    | Type 3 (DCCP) to 7 (UDP-Lite) |            Length             |
///    +-------------------------------+-------------------------------+
///    |             Port              |   Transport Use or reserved   |
///    +-------------------------------+-------------------------------+
///    |                  Service Code (DCCP only)                     |
///    +---------------------------------------------------------------+
///    :       IPv4 Address (type 1) or IPv6 Address (type 2)          :
///    :       one; SCTP: one or more                                  :
///    +---------------------------------------------------------------+
///
/// An Opaque Transport (type 16) has nothing but bytes that only the pool's members understand.
final class TransportCodec {

  private TransportCodec() {}

  /// Reads the user transport of a pool element: any kind, exactly one.
  static TransportAddress readUser(WireReader in) {
    int type = in.peek();
    return switch (type) {
      case TypeCodes.SCTP_TRANSPORT, TypeCodes.TCP_TRANSPORT -> readAsap(in);
      case TypeCodes.UDP_TRANSPORT -> readUdp(in);
      case TypeCodes.UDP_LITE_TRANSPORT -> readUdpLite(in);
      case TypeCodes.DCCP_TRANSPORT -> readDccp(in);
      case TypeCodes.OPAQUE_TRANSPORT -> readOpaque(in);
      case TypeCodes.NONE -> throw in.missing("a transport");
      default -> throw in.unexpected(type);
    };
  }

  /// Reads an SCTP or TCP transport, or gives [AsapTransport.Absent#INSTANCE] at the end of the
  /// region.
  static AsapTransport readOptional(WireReader in) {
    return in.peek() == TypeCodes.NONE ? AsapTransport.Absent.INSTANCE : readAsap(in);
  }

  /// Reads SCTP and TCP transports up to the end of the region.
  static List<AsapTransport> readAll(WireReader in) {
    if (in.peek() == TypeCodes.NONE) {
      return List.of();
    }
    AsapTransport first = readAsap(in);
    if (in.peek() == TypeCodes.NONE) {
      return List.of(first);
    }
    List<AsapTransport> all = new ArrayList<>();
    all.add(first);
    while (in.peek() != TypeCodes.NONE) {
      all.add(readAsap(in));
    }
    return all;
  }

  /// Writes any transport; an absent one writes nothing.
  static void write(WireWriter out, TransportAddress transport) {
    switch (transport) {
      case AsapTransport.Sctp sctp -> write(out, TypeCodes.SCTP_TRANSPORT, sctp, sctp.use().code());
      case AsapTransport.Tcp tcp ->
          write(
              out,
              TypeCodes.TCP_TRANSPORT,
              tcp,
              out.form().tcpTransportUse() ? tcp.use().code() : 0);
      case AsapTransport.Absent _ -> {}
      case TransportAddress.Udp udp -> write(out, TypeCodes.UDP_TRANSPORT, udp, 0);
      case TransportAddress.UdpLite udpLite -> write(out, TypeCodes.UDP_LITE_TRANSPORT, udpLite, 0);
      case TransportAddress.Dccp dccp -> writeDccp(out, dccp);
      case TransportAddress.Opaque opaque -> {
        int mark = out.open(TypeCodes.OPAQUE_TRANSPORT);
        out.octets(opaque.octets());
        out.close(mark);
      }
    }
  }

  static void write(WireWriter out, List<AsapTransport> transports) {
    for (AsapTransport transport : transports) {
      write(out, transport);
    }
  }

  private static AsapTransport readAsap(WireReader in) {
    int type = in.peek();
    return switch (type) {
      case TypeCodes.SCTP_TRANSPORT -> readSctp(in);
      case TypeCodes.TCP_TRANSPORT -> readTcp(in);
      default -> throw in.unexpected(type);
    };
  }

  private static AsapTransport.Sctp readSctp(WireReader in) {
    long mark = in.openAny();
    int port = in.u16();
    TransportUse use = TransportUse.ofCode(in.u16());
    IpAddress first = readAddress(in);
    List<IpAddress> addresses = List.of(first);
    if (in.peek() != TypeCodes.NONE) {
      addresses = new ArrayList<>();
      addresses.add(first);
      while (in.peek() != TypeCodes.NONE) {
        addresses.add(readAddress(in));
      }
    }
    in.close(mark);
    return new AsapTransport.Sctp(addresses, port, use);
  }

  /// RFC 5354 section 3.5 reserves the second half-word and has TCP carry data only; profiles
  /// `standard` and `rsplib` find a Transport Use there.
  private static AsapTransport.Tcp readTcp(WireReader in) {
    long mark = in.openAny();
    int port = in.u16();
    int use = in.u16();
    IpAddress address = readOnlyAddress(in, mark);
    return new AsapTransport.Tcp(
        address,
        port,
        in.form().tcpTransportUse() ? TransportUse.ofCode(use) : TransportUse.DATA_ONLY);
  }

  private static TransportAddress readUdp(WireReader in) {
    long mark = in.openAny();
    int port = in.u16();
    in.u16();
    return new TransportAddress.Udp(readOnlyAddress(in, mark), port);
  }

  private static TransportAddress readUdpLite(WireReader in) {
    long mark = in.openAny();
    int port = in.u16();
    in.u16();
    return new TransportAddress.UdpLite(readOnlyAddress(in, mark), port);
  }

  private static TransportAddress readDccp(WireReader in) {
    long mark = in.openAny();
    int port = in.u16();
    in.u16();
    long serviceCode = in.u32();
    return new TransportAddress.Dccp(readOnlyAddress(in, mark), port, serviceCode);
  }

  private static TransportAddress readOpaque(WireReader in) {
    long mark = in.openAny();
    TransportAddress opaque = new TransportAddress.Opaque(in.octets(in.remaining()));
    in.close(mark);
    return opaque;
  }

  private static IpAddress readOnlyAddress(WireReader in, long mark) {
    IpAddress address = readAddress(in);
    in.finish();
    in.close(mark);
    return address;
  }

  private static IpAddress readAddress(WireReader in) {
    int type = in.peek();
    return switch (type) {
      case TypeCodes.IPV4_ADDRESS -> {
        long mark = in.openAny();
        IpAddress address = new IpAddress.V4(in.i32());
        in.close(mark);
        yield address;
      }
      case TypeCodes.IPV6_ADDRESS -> {
        long mark = in.openAny();
        IpAddress address = new IpAddress.V6(in.i64(), in.i64());
        in.close(mark);
        yield address;
      }
      case TypeCodes.NONE -> throw in.missing("an address");
      default -> throw in.unexpected(type);
    };
  }

  private static void write(WireWriter out, int type, TransportAddress transport, int use) {
    int mark = out.open(type);
    out.u16(transport.port());
    out.u16(use);
    for (IpAddress address : transport.addresses()) {
      write(out, address);
    }
    out.close(mark);
  }

  private static void writeDccp(WireWriter out, TransportAddress.Dccp dccp) {
    int mark = out.open(TypeCodes.DCCP_TRANSPORT);
    out.u16(dccp.port());
    out.u16(0);
    out.u32(dccp.serviceCode());
    write(out, dccp.address());
    out.close(mark);
  }

  private static void write(WireWriter out, IpAddress address) {
    switch (address) {
      case IpAddress.V4(int bits) -> {
        int mark = out.open(TypeCodes.IPV4_ADDRESS);
        out.i32(bits);
        out.close(mark);
      }
      case IpAddress.V6(long high, long low) -> {
        int mark = out.open(TypeCodes.IPV6_ADDRESS);
        out.i64(high);
        out.i64(low);
        out.close(mark);
      }
    }
  }
}

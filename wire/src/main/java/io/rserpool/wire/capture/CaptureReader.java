package io.rserpool.wire.capture;

import java.util.Optional;

/// Finds the ASAP and ENRP messages in a recording: a pcap or pcapng file, given as bytes. No file
/// makes it throw, and memory stays in proportion to the file.
///
///     file --PcapFile, PcapNgFile--> packets --LinkLayer--> IP packets --IpLayer--> payloads
///          --SctpAssociations, TcpConnections, UDP--> messages
public final class CaptureReader {

  private final CapturePorts ports;

  /// A reader that takes these ports for ASAP and ENRP.
  public CaptureReader(CapturePorts ports) {
    this.ports = ports;
  }

  /// Reads a whole file.
  public Capture read(byte[] file) {
    Slice bytes = Slice.of(file);
    Analysis analysis = new Analysis(ports);
    Optional<PcapFile> pcap = PcapFile.open(bytes);
    if (pcap.isPresent()) {
      pcap.get().read(analysis);
      return analysis.finish();
    }
    if (PcapNgFile.isOne(bytes)) {
      new PcapNgFile(bytes).read(analysis);
      return analysis.finish();
    }
    return new Capture.Unreadable(
        "a recording starts with one of a1b2c3d4, a1b23c4d (pcap, either byte order) and 0a0d0d0a"
            + " (pcapng), but this file "
            + (bytes.size() < 4
                ? "has " + bytes.size() + " bytes"
                : "starts with " + start(bytes)));
  }

  private static String start(Slice bytes) {
    return bytes.cut(0, 4).octets().toHex();
  }
}

package io.rserpool.wire.fuzz;

import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.asap.AsapType;
import io.rserpool.protocol.enrp.EnrpType;
import io.rserpool.wire.AsapCodec;
import io.rserpool.wire.EnrpCodec;
import io.rserpool.wire.MessageGenerator;
import io.rserpool.wire.WireForm;
import io.rserpool.wire.capture.Packets;
import io.rserpool.wire.capture.Recordings;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/// Writes what the fuzzer starts from: some random messages of every type, and small recordings.
public final class FuzzCorpus {

  private static final int MESSAGES_OF_EACH_TYPE = 4;

  private FuzzCorpus() {}

  /// Writes the files into the folder given as the only argument.
  public static void main(String[] args) throws IOException {
    Path folder = Files.createDirectories(Path.of(args[0]));
    MessageGenerator generator = new MessageGenerator(new SplittableRandom(1), WireForm.STANDARD);
    for (int i = 0; i < MESSAGES_OF_EACH_TYPE; i++) {
      for (AsapType type : AsapType.values()) {
        byte[] bytes = new AsapCodec(WireForm.STANDARD).encode(generator.asap(type));
        Files.write(folder.resolve(type.rfcName() + i), bytes);
      }
      for (EnrpType type : EnrpType.values()) {
        byte[] bytes = new EnrpCodec(WireForm.STANDARD).encode(generator.enrp(type));
        Files.write(folder.resolve(type.rfcName() + i), bytes);
      }
    }
    List<byte[]> packets = packets(new AsapCodec(WireForm.STANDARD).encode(generator.asap()));
    Files.write(folder.resolve("pcap"), Recordings.pcap(packets));
    Files.write(
        folder.resolve("pcapng"),
        Recordings.pcapng(Recordings.RAW, ByteOrder.BIG_ENDIAN, 6, packets));
  }

  private static List<byte[]> packets(byte[] message) {
    IpAddress one = new IpAddress.V4(1);
    IpAddress six = new IpAddress.V6(1, 2);
    byte[] fragment = Packets.sctp(1, 3863, 1, new Packets.Data(1, 2, 11, message));
    byte[] last = Packets.sctp(1, 3863, 1, new Packets.Data(2, 1, 11, message));
    return List.of(
        Packets.ipv4(one, one, 132, fragment),
        Packets.ipv6(six, six, 132, last),
        Packets.ipv4(one, one, 17, Packets.udp(1, 9901, message)),
        Packets.ipv4(one, one, 6, Packets.tcp(1, 3863, 0, true, new byte[0])),
        Packets.ipv4(one, one, 6, Packets.tcp(1, 3863, 1, false, message)));
  }
}

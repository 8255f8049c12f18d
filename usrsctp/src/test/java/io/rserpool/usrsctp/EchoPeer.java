package io.rserpool.usrsctp;

import io.rserpool.net.sctp.SctpOptions;
import java.util.concurrent.locks.LockSupport;

/// The other process of [OtherProcessTest]: sends back what it is sent. It says its UDP port, and
/// calls the parent if it is told where that is.
final class EchoPeer {

  private EchoPeer() {}

  public static void main(String[] arguments) throws Exception {
    int udpPort = Integer.parseInt(arguments[0]);
    int port = Integer.parseInt(arguments[1]);
    Recorder recorder = new Recorder();
    SctpOptions options = Pair.patient().withEncapsulationPort(udpPort).at(Pair.HOSTS, port, true);
    UsrsctpSocket socket = Pair.open(options, recorder);
    Child.say(socket.port());
    if (arguments.length > 2) {
      int parentUdpPort = Integer.parseInt(arguments[2]);
      socket.connect(Pair.HOSTS, Integer.parseInt(arguments[3]), parentUdpPort);
    }
    while (true) {
      Recorder.Message message = recorder.poll(Recorder.Message.class);
      if (message == null) {
        LockSupport.parkNanos(1_000_000);
        continue;
      }
      while (!socket.send(
          message.association(), message.bytes(), message.stream(), message.payloadProtocolId())) {
        LockSupport.parkNanos(1_000_000);
      }
    }
  }
}

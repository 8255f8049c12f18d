package io.rserpool.usrsctp;

import io.rserpool.net.sctp.SctpOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;

/// Two sockets of this process, of which the second listens, and an association between them.
final class Pair implements AutoCloseable {

  static final InetAddress HOST = InetAddress.ofLiteral("127.0.0.1");
  static final List<InetAddress> HOSTS = List.of(HOST);

  final Recorder caller = new Recorder();
  final Recorder called = new Recorder();
  final UsrsctpSocket callerSocket;
  final UsrsctpSocket calledSocket;
  final long callerNumber;
  final long calledNumber;
  final Recorder.Up callerUp;
  final Recorder.Up calledUp;

  Pair(SctpOptions options) throws IOException, InterruptedException {
    calledSocket = open(options.at(HOSTS, 0, true), called);
    callerSocket = open(options.at(HOSTS, 0, false), caller);
    callerNumber = call(callerSocket, calledSocket);
    callerUp = caller.await(Recorder.Up.class);
    calledUp = called.await(Recorder.Up.class);
    calledNumber = calledUp.association();
  }

  /// Settings with which nothing is lost because a machine is busy.
  static SctpOptions patient() {
    SctpOptions usual = SctpOptions.defaults();
    return new SctpOptions(
        usual.addresses(),
        usual.port(),
        usual.listens(),
        usual.streams(),
        usual.heartbeat(),
        usual.rtoInitial(),
        usual.rtoMin(),
        usual.rtoMax(),
        60,
        60,
        60,
        usual.bufferBytes(),
        0);
  }

  static SctpOptions withBuffer(int bufferBytes) {
    SctpOptions usual = patient();
    return new SctpOptions(
        usual.addresses(),
        usual.port(),
        usual.listens(),
        usual.streams(),
        usual.heartbeat(),
        usual.rtoInitial(),
        usual.rtoMin(),
        usual.rtoMax(),
        usual.pathRetransmissions(),
        usual.associationRetransmissions(),
        usual.initAttempts(),
        bufferBytes,
        0);
  }

  static UsrsctpSocket open(SctpOptions options, Recorder recorder) throws IOException {
    return open(0, options, recorder);
  }

  /// @param scopeUdpPort where peers are called; 0 for tests that say it with each call
  static UsrsctpSocket open(int scopeUdpPort, SctpOptions options, Recorder recorder)
      throws IOException {
    return new UsrsctpStack(Library.current(), scopeUdpPort).open(options, recorder);
  }

  /// Both are of this process, so they have the same UDP port.
  static long call(UsrsctpSocket from, UsrsctpSocket to) {
    return from.connect(HOSTS, to.port(), to.udpPort());
  }

  int udpPort() {
    return calledSocket.udpPort();
  }

  @Override
  public void close() {
    callerSocket.close();
    calledSocket.close();
  }
}

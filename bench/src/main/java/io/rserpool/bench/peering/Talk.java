package io.rserpool.bench.peering;

import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.ServerInformation;
import io.rserpool.protocol.enrp.EnrpListRequest;
import io.rserpool.protocol.enrp.EnrpListResponse;
import io.rserpool.protocol.enrp.EnrpPresence;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;

/// One connection of the load program: it sends rounds, and hears when one has been read.
interface Talk extends AutoCloseable {

  /// Sends a round, the last message of which is a question.
  void send(byte[] round) throws IOException;

  /// Waits for the answer to the oldest question that has none.
  void awaitAnswer() throws IOException;

  @Override
  void close() throws IOException;

  /// With a registrar, of which it becomes a peer: it says who it is, without any element yet, and
  /// asks for the list of servers.
  static Talk withRegistrar(int port, ServerId peer) throws IOException {
    EnrpLine line = new EnrpLine(port);
    Talk talk = new WithRegistrar(line);
    line.send(
        new EnrpPresence(
            peer, ServerId.NONE, true, WithRegistrar.NO_ELEMENTS, ServerInformation.NONE));
    EnrpPresence _ = line.await(EnrpPresence.class);
    line.send(new EnrpListRequest(peer, ServerId.NONE));
    talk.awaitAnswer();
    return talk;
  }

  /// With a server that reads as many bytes, and answers once for each round.
  static Talk withSink(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(Math.toIntExact(WithSink.PATIENCE.toMillis()));
    return new WithSink(socket, new DataInputStream(socket.getInputStream()));
  }

  /// A registrar.
  record WithRegistrar(EnrpLine line) implements Talk {

    /// The checksum over no elements (RFC 5353 section 3.6.2).
    private static final int NO_ELEMENTS = 0xffff;

    @Override
    public void send(byte[] round) throws IOException {
      line.send(round);
    }

    @Override
    public void awaitAnswer() throws IOException {
      EnrpListResponse answer = line.await(EnrpListResponse.class);
      if (answer.rejected()) {
        throw new IOException("expected a list of servers, but the registrar rejects the request");
      }
    }

    @Override
    public void close() throws IOException {
      line.close();
    }
  }

  /// A sink.
  record WithSink(Socket socket, DataInputStream in) implements Talk {

    /// What it says of each round.
    static final byte[] ANSWER = new byte[28];

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Override
    public void send(byte[] round) throws IOException {
      socket.getOutputStream().write(round);
    }

    @Override
    public void awaitAnswer() throws IOException {
      in.readFully(new byte[ANSWER.length]);
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}

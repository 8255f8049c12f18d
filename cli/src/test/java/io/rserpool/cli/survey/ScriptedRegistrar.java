package io.rserpool.cli.survey;

import io.rserpool.engine.Endpoint;
import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.ServerInformation;
import io.rserpool.protocol.enrp.EnrpHandleTableRequest;
import io.rserpool.protocol.enrp.EnrpHandleTableResponse;
import io.rserpool.protocol.enrp.EnrpHandleTableResponse.PoolEntry;
import io.rserpool.protocol.enrp.EnrpListRequest;
import io.rserpool.protocol.enrp.EnrpListResponse;
import io.rserpool.protocol.enrp.EnrpMessage;
import io.rserpool.protocol.enrp.EnrpPresence;
import io.rserpool.wire.Decoded;
import io.rserpool.wire.EnrpCodec;
import io.rserpool.wire.MessageFramer;
import io.rserpool.wire.WireForm;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Answers whoever asks by ENRP what a test has laid down, and believes nothing itself.
final class ScriptedRegistrar implements AutoCloseable {
  static final PoolHandle POOL = PoolHandle.of("EchoPool");

  private static final IpAddress LOOPBACK = IpAddress.ofBytes(new byte[] {127, 0, 0, 1});
  private static final EnrpCodec CODEC = new EnrpCodec(WireForm.STANDARD);

  private final ServerId id;
  private final ServerSocket socket;
  private final List<ServerInformation> listed = new CopyOnWriteArrayList<>();
  private final List<PoolElementParameter> table = new CopyOnWriteArrayList<>();
  private final List<EnrpMessage> heard = new CopyOnWriteArrayList<>();
  private volatile int refusals;
  private volatile boolean isBehind;

  ScriptedRegistrar(int id) {
    this.id = ServerId.of(id);
    try {
      socket = new ServerSocket(0, 0, InetAddress.ofLiteral("127.0.0.1"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofPlatform().daemon().name("scripted " + id).start(this::accept);
  }

  Endpoint endpoint() {
    return Endpoint.of(Endpoint.Scheme.TCP, "127.0.0.1", socket.getLocalPort());
  }

  ServerInformation information() {
    return information(id.value());
  }

  /// Itself under another name.
  ServerInformation information(int otherId) {
    return new ServerInformation(
        ServerId.of(otherId), List.of(new AsapTransport.Tcp(LOOPBACK, socket.getLocalPort())));
  }

  /// What it was asked.
  List<EnrpMessage> heard() {
    return List.copyOf(heard);
  }

  /// Puts registrars on its list.
  ScriptedRegistrar lists(ServerInformation... registrars) {
    listed.addAll(List.of(registrars));
    return this;
  }

  /// Puts an element into its handlespace.
  ScriptedRegistrar holds(int element, int home) {
    table.add(
        new PoolElementParameter(
            ElementId.of(element),
            ServerId.of(home),
            60,
            new AsapTransport.Tcp(LOOPBACK, 7),
            Policy.RoundRobin.INSTANCE,
            AsapTransport.Absent.INSTANCE));
    return this;
  }

  /// Refuses so many requests for list or table.
  ScriptedRegistrar refuses(int times) {
    refusals = times;
    return this;
  }

  /// Leaves its first element out of the first table that it gives.
  ScriptedRegistrar isBehindAtFirst() {
    isBehind = true;
    return this;
  }

  private void accept() {
    while (true) {
      try {
        Socket connection = socket.accept();
        Thread.ofPlatform().daemon().start(() -> answerAll(connection));
      } catch (IOException _) {
        return;
      }
    }
  }

  private void answerAll(Socket connection) {
    try (connection) {
      DataInputStream in = new DataInputStream(connection.getInputStream());
      while (true) {
        byte[] header = in.readNBytes(4);
        if (header.length < 4) {
          return;
        }
        int size = MessageFramer.sizeOf(header, 0, MessageFramer.SIZE_MAX);
        byte[] whole = Arrays.copyOf(header, size);
        in.readFully(whole, 4, size - 4);
        if (CODEC.decode(whole, 0, size) instanceof Decoded.Message<EnrpMessage> decoded) {
          connection.getOutputStream().write(CODEC.encode(answer(decoded.message())));
        }
      }
    } catch (SocketException _) {
      // The other side has seen enough.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private synchronized EnrpMessage answer(EnrpMessage message) {
    heard.add(message);
    boolean rejected = !(message instanceof EnrpPresence) && refusals > 0;
    if (rejected) {
      refusals--;
    }
    return switch (message) {
      case EnrpPresence _ ->
          new EnrpPresence(
              id,
              ServerId.NONE,
              false,
              ElementName.checksum(ElementName.ownedBy(id, pools(table))),
              information());
      case EnrpListRequest _ ->
          new EnrpListResponse(id, ServerId.NONE, rejected, rejected ? List.of() : listed);
      case EnrpHandleTableRequest request ->
          new EnrpHandleTableResponse(
              id, ServerId.NONE, rejected, false, rejected ? List.of() : table(request));
      case EnrpMessage other -> throw new IllegalStateException("nobody asks " + other);
    };
  }

  private List<PoolEntry> table(EnrpHandleTableRequest request) {
    List<PoolElementParameter> elements = new ArrayList<>(table);
    elements.removeIf(e -> request.ownChildrenOnly() && !e.homeId().equals(id));
    if (isBehind) {
      isBehind = false;
      elements.removeFirst();
    }
    return pools(elements);
  }

  private static List<PoolEntry> pools(List<PoolElementParameter> elements) {
    return elements.isEmpty() ? List.of() : List.of(new PoolEntry(POOL, elements));
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package io.rserpool.bench.requests;

import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.asap.AsapEndpointKeepAliveAck;
import io.rserpool.protocol.asap.AsapHandleResolution;
import io.rserpool.protocol.asap.AsapRegistration;
import io.rserpool.wire.AsapCodec;
import io.rserpool.wire.WireForm;
import java.util.stream.IntStream;

/// What the connections ask again and again.
public enum Exchange {
  /// Which elements serve this pool? One is wanted. The pool has [#POOL_SIZE] elements.
  RESOLUTION(6) {
    @Override
    public byte[] request(int connection, int number) {
      return CODEC.encode(new AsapHandleResolution(POOL, false, 1));
    }
  },
  /// Here is my new load: a re-registration that changes the element's place in the pool. Each
  /// connection is an element of its own.
  REGISTRATION(3) {
    @Override
    public byte[] request(int connection, int number) {
      return registration(POOL_SIZE + 1 + connection, number);
    }
  };

  /// How many elements are in the pool before anybody asks.
  static final int POOL_SIZE = 10;

  private static final PoolHandle POOL = PoolHandle.of("BenchPool");
  private static final IpAddress LOOPBACK = new IpAddress.V4(0x7f00_0001);
  private static final int LIFE_SECONDS = 3_600;
  private static final int SERVICE_PORT = 7;
  private static final int LOAD_STEP = 0x0010_0000;
  private static final AsapCodec CODEC = new AsapCodec(WireForm.of(Profile.STANDARD));

  private final int answerType;

  Exchange(int answerType) {
    this.answerType = answerType;
  }

  /// The request of a connection, which may differ from one to the next but never in size.
  public abstract byte[] request(int connection, int number);

  /// The message type of the answer.
  int answerType() {
    return answerType;
  }

  /// The requests of a connection.
  Train requests(int connection) {
    return Train.of(
        IntStream.range(0, Train.CARS).mapToObj(number -> request(connection, number)).toList());
  }

  /// The registration of an element whose service nobody will ever call, and which is not called
  /// itself.
  static byte[] registration(int elementId, int number) {
    return CODEC.encode(
        new AsapRegistration(
            POOL,
            new PoolElementParameter(
                ElementId.of(elementId),
                ServerId.NONE,
                LIFE_SECONDS,
                new AsapTransport.Tcp(LOOPBACK, SERVICE_PORT),
                new Policy.LeastUsed((long) number % Train.CARS * LOAD_STEP),
                new AsapTransport.Tcp(LOOPBACK, 0))));
  }

  /// The answer of an element to a keep-alive.
  static byte[] keepAliveAck(int elementId) {
    return CODEC.encode(new AsapEndpointKeepAliveAck(POOL, ElementId.of(elementId)));
  }
}

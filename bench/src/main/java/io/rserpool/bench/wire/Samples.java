package io.rserpool.bench.wire;

import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.asap.AsapHandleResolutionResponse;
import io.rserpool.protocol.asap.AsapRegistration;
import io.rserpool.wire.AsapCodec;
import io.rserpool.wire.WireForm;
import java.util.List;
import java.util.stream.IntStream;

/// The messages that are read and written.
final class Samples {

  private static final PoolHandle HANDLE = PoolHandle.of("CalculationPool");
  private static final int LIFE_SECONDS = 60;

  /// How many elements the measured responses have.
  static final List<Integer> RESPONSES = List.of(1, 3, 50);

  static final AsapCodec CODEC = new AsapCodec(WireForm.STANDARD);

  private Samples() {}

  static AsapRegistration registration() {
    return new AsapRegistration(HANDLE, element(1));
  }

  /// The answer to a resolution, which lists some elements.
  static AsapHandleResolutionResponse response(int elements) {
    return new AsapHandleResolutionResponse(
        HANDLE,
        false,
        new AsapHandleResolutionResponse.Found(
            new Policy.LeastUsed(0),
            IntStream.range(0, elements).mapToObj(Samples::element).toList()));
  }

  private static PoolElementParameter element(int number) {
    IpAddress address = new IpAddress.V4(0x0a00_0001 + number);
    return new PoolElementParameter(
        ElementId.of(0x1000_0000 + number),
        ServerId.of(0x2000_0001),
        LIFE_SECONDS,
        new AsapTransport.Tcp(address, 40_000 + number),
        new Policy.LeastUsed(0x0100_0000L * (number % 100)),
        new AsapTransport.Tcp(address, 50_000 + number));
  }
}

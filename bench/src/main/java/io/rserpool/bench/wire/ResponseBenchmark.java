package io.rserpool.bench.wire;

import io.rserpool.bench.handlespace.Processor;
import io.rserpool.protocol.asap.AsapHandleResolutionResponse;
import io.rserpool.protocol.asap.AsapMessage;
import io.rserpool.wire.AsapCodec;
import io.rserpool.wire.Decoded;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// The answer to a handle resolution, as a registrar writes it and a user reads it.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 2, jvmArgsAppend = "-XX:+UseSerialGC")
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 4, time = 1)
public class ResponseBenchmark {

  @Param({"1", "3", "50"})
  private int elements;

  private final AsapCodec codec = Samples.CODEC;
  private AsapHandleResolutionResponse message = Samples.response(1);
  private byte[] bytes = {};

  /// Prepares the message and its bytes.
  @Setup
  public void prepare() {
    message = Samples.response(elements);
    bytes = codec.encode(message);
    if (!(codec.decode(bytes, 0, bytes.length) instanceof Decoded.Message<AsapMessage> decoded
        && decoded.message().equals(message))) {
      throw new IllegalStateException("expected " + message + " to be read back");
    }
  }

  /// Message to bytes.
  @Benchmark
  public byte[] encode(Processor processor) {
    processor.operations++;
    return codec.encode(message);
  }

  /// Bytes to message.
  @Benchmark
  public Decoded<AsapMessage> decode(Processor processor) {
    processor.operations++;
    return codec.decode(bytes, 0, bytes.length);
  }
}

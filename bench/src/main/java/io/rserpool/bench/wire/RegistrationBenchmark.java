package io.rserpool.bench.wire;

import io.rserpool.bench.handlespace.Processor;
import io.rserpool.protocol.asap.AsapMessage;
import io.rserpool.protocol.asap.AsapRegistration;
import io.rserpool.wire.AsapCodec;
import io.rserpool.wire.Decoded;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// A registration, as a registrar reads it and an element writes it.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 2, jvmArgsAppend = "-XX:+UseSerialGC")
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 4, time = 1)
public class RegistrationBenchmark {

  private final AsapCodec codec = Samples.CODEC;
  private AsapRegistration message = Samples.registration();
  private byte[] bytes = {};

  /// Prepares the message and its bytes.
  @Setup
  public void prepare() {
    message = Samples.registration();
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

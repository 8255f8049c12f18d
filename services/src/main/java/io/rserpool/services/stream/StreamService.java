package io.rserpool.services.stream;

import io.rserpool.protocol.PoolHandle;
import io.rserpool.services.host.Service;
import io.rserpool.services.host.ServiceSession;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.Supplier;

/// The simple services, all of them plain bytes in both directions.
public enum StreamService implements Service {
  /// Returns everything.
  ECHO("echo", "EchoPool") {
    @Override
    public void serve(ServiceSession session) throws IOException {
      session.input().transferTo(session.output());
    }
  },
  /// Drops everything.
  DISCARD("discard", "DiscardPool") {
    @Override
    public void serve(ServiceSession session) throws IOException {
      InputStream input = session.input();
      byte[] buffer = new byte[BUFFER_SIZE];
      while (input.read(buffer) >= 0) {
        // What came is dropped by reading over it.
      }
    }
  },
  /// Tells the local date and time in one line, and ends.
  DAYTIME("daytime", "DaytimePool") {
    @Override
    public void serve(ServiceSession session) throws IOException {
      session.output().write(line(LocalDateTime::now));
    }
  },
  /// Sends characters without end.
  CHARGEN("chargen", "CharGenPool") {
    @Override
    public void serve(ServiceSession session) throws IOException {
      OutputStream output = session.output();
      byte[] block = block();
      while (!session.isEnding()) {
        output.write(block);
      }
    }
  };

  private static final int BUFFER_SIZE = 16 * 1024;
  private static final int BLOCK_SIZE = 1_024;
  private static final DateTimeFormatter DAYTIME_FORMAT =
      DateTimeFormatter.ofPattern("EEEE, dd-MMMM-yyyy HH:mm:ss.SSSSSS", Locale.ENGLISH);

  private final String text;
  private final String pool;

  StreamService(String text, String pool) {
    this.text = text;
    this.pool = pool;
  }

  @Override
  public PoolHandle defaultPool() {
    return PoolHandle.of(pool);
  }

  @Override
  public String label() {
    return text;
  }

  static byte[] line(Supplier<LocalDateTime> clock) {
    return (DAYTIME_FORMAT.format(clock.get()) + "\n").getBytes(StandardCharsets.US_ASCII);
  }

  /// Byte i has the value 30 + (i mod 98), as rsplib has it.
  static byte[] block() {
    byte[] block = new byte[BLOCK_SIZE];
    for (int i = 0; i < block.length; i++) {
      block[i] = (byte) (30 + i % 98);
    }
    return block;
  }
}

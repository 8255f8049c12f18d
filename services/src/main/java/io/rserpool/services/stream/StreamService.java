package io.rserpool.services.stream;

import io.rserpool.client.channel.UserMessage;
import io.rserpool.client.host.Service;
import io.rserpool.client.host.ServiceSession;
import io.rserpool.client.host.SessionInput;
import io.rserpool.protocol.PoolHandle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.Supplier;

/// The simple services, which take bytes any way they are cut.
public enum StreamService implements Service {
  /// Returns everything: over a transport that keeps messages each as it came, with its payload
  /// protocol identifier and on its stream.
  ECHO("echo", "EchoPool") {
    @Override
    public void serve(ServiceSession session) throws IOException {
      for (SessionInput input = session.receive();
          input != SessionInput.End.END;
          input = session.receive()) {
        if (input instanceof SessionInput.Data(UserMessage message)) {
          session.send(message);
        }
      }
    }
  },
  /// Drops everything.
  DISCARD("discard", "DiscardPool") {
    @Override
    public void serve(ServiceSession session) throws IOException {
      SessionInput input = session.receive();
      while (input != SessionInput.End.END) {
        input = session.receive();
      }
    }
  },
  /// Tells the local date and time in one line, and ends.
  DAYTIME("daytime", "DaytimePool") {
    @Override
    public void serve(ServiceSession session) throws IOException {
      session.send(line(LocalDateTime::now));
    }
  },
  /// Sends characters without end.
  CHARGEN("chargen", "CharGenPool") {
    @Override
    public void serve(ServiceSession session) throws IOException {
      byte[] block = block();
      while (!session.isEnding()) {
        session.send(block);
      }
    }
  };

  private static final int BLOCK_SIZE = 1_024;
  private static final DateTimeFormatter DAYTIME_FORMAT =
      DateTimeFormatter.ofPattern("EEEE, dd-MMMM-yyyy HH:mm:ss.SSSSSS", Locale.ENGLISH);

  private final String text;
  private final String pool;

  StreamService(String text, String pool) {
    this.text = text;
    this.pool = pool;
  }

  /// The pool that rsplib's programs use.
  public PoolHandle pool() {
    return PoolHandle.of(pool);
  }

  @Override
  public String label() {
    return text;
  }

  /// Sending to a user that takes everything never waits.
  @Override
  public boolean computes() {
    return this == CHARGEN;
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

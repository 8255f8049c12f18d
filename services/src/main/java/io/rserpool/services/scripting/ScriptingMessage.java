package io.rserpool.services.scripting;

import io.rserpool.protocol.Octets;
import io.rserpool.services.message.MessageHeader;
import io.rserpool.services.message.Reading;
import java.nio.ByteBuffer;

/// The messages of the Scripting Service Protocol, payload protocol identifier 35.
public sealed interface ScriptingMessage {

  /// The payload protocol identifier.
  int PPID = 35;

  /// The most bytes of one upload or download.
  int DATA_MAX = 16_384;

  /// The most bytes of a text.
  int INFO_MAX = 64;

  /// The message as bytes.
  byte[] encode();

  /// Reads one message; any bytes give a message or a fault.
  static Reading<? extends ScriptingMessage> decode(byte[] bytes) {
    return switch (MessageHeader.read(bytes)) {
      case Reading.Fault<MessageHeader>(String explanation) -> Reading.fault("%s", explanation);
      case Reading.Value<MessageHeader>(MessageHeader header) -> decode(header, bytes);
    };
  }

  private static Reading<? extends ScriptingMessage> decode(MessageHeader header, byte[] bytes) {
    byte[] rest = MessageHeader.rest(bytes, MessageHeader.SIZE);
    return switch (header.type()) {
      case 0 -> NotReady.decodeBody(rest);
      case 1 ->
          rest.length <= INFO_MAX ? Reading.of(new Ready(Octets.of(rest))) : wrong("Ready", rest);
      case 2 ->
          rest.length <= DATA_MAX ? Reading.of(new Upload(Octets.of(rest))) : wrong("Upload", rest);
      case 3 ->
          rest.length <= DATA_MAX
              ? Reading.of(new Download(Octets.of(rest)))
              : wrong("Download", rest);
      case 4 -> rest.length == 0 ? Reading.of(new KeepAlive()) : wrong("KeepAlive", rest);
      case 5 -> KeepAliveAck.decodeBody(rest);
      case 6 -> rest.length == 4 ? Reading.of(new Status(unsigned(rest))) : wrong("Status", rest);
      case 7 ->
          rest.length == Environment.HASH_SIZE
              ? Reading.of(new Environment(Octets.of(rest), (header.flags() & 1) != 0))
              : wrong("Environment", rest);
      default -> Reading.fault("expected type 0 to 7, but it is %d", header.type());
    };
  }

  private static <M> Reading<M> wrong(String name, byte[] rest) {
    return Reading.fault("%s has %d bytes after its header, which cannot be", name, rest.length);
  }

  private static long unsigned(byte[] bytes) {
    return Integer.toUnsignedLong(ByteBuffer.wrap(bytes).getInt());
  }

  private static byte[] message(int type, int flags, Octets body) {
    return MessageHeader.begin(type, flags, MessageHeader.SIZE + body.size())
        .put(body.toBytes())
        .array();
  }

  private static void requireSize(String name, Octets octets, int max) {
    if (octets.size() > max) {
      throw new IllegalArgumentException(
          "%s has at most %d bytes, but this has %d".formatted(name, max, octets.size()));
    }
  }

  /// The element cannot serve: `| 4 header | 4 Reason | Info |`.
  ///
  /// @param reason 1 fully loaded, 2 out of resources; unsigned 32-bit
  record NotReady(long reason, Octets info) implements ScriptingMessage {
    public NotReady {
      requireSize("info", info, INFO_MAX);
    }

    static Reading<NotReady> decodeBody(byte[] rest) {
      return rest.length < 4 || rest.length > 4 + INFO_MAX
          ? wrong("NotReady", rest)
          : Reading.of(new NotReady(unsigned(rest), Octets.of(MessageHeader.rest(rest, 4))));
    }

    @Override
    public byte[] encode() {
      return MessageHeader.begin(0, 0, 8 + info.size())
          .putInt((int) reason)
          .put(info.toBytes())
          .array();
    }
  }

  /// The element can serve: `| 4 header | Info |`.
  record Ready(Octets info) implements ScriptingMessage {
    public Ready {
      requireSize("info", info, INFO_MAX);
    }

    @Override
    public byte[] encode() {
      return message(1, 0, info);
    }
  }

  /// A part of a file for the element; empty at its end.
  record Upload(Octets data) implements ScriptingMessage {
    public Upload {
      requireSize("an upload", data, DATA_MAX);
    }

    @Override
    public byte[] encode() {
      return message(2, 0, data);
    }
  }

  /// A part of a file for the user; empty at its end.
  record Download(Octets data) implements ScriptingMessage {
    public Download {
      requireSize("a download", data, DATA_MAX);
    }

    @Override
    public byte[] encode() {
      return message(3, 0, data);
    }
  }

  /// Is the other one there?
  record KeepAlive() implements ScriptingMessage {
    @Override
    public byte[] encode() {
      return message(4, 0, Octets.EMPTY);
    }
  }

  /// Yes: `| 4 header | 4 Status |`; rsplib's client leaves the status out, which reads as 0.
  ///
  /// @param status unsigned 32-bit
  record KeepAliveAck(long status) implements ScriptingMessage {
    static Reading<KeepAliveAck> decodeBody(byte[] rest) {
      return switch (rest.length) {
        case 0 -> Reading.of(new KeepAliveAck(0));
        case 4 -> Reading.of(new KeepAliveAck(unsigned(rest)));
        default -> wrong("KeepAliveAck", rest);
      };
    }

    @Override
    public byte[] encode() {
      return MessageHeader.begin(5, 0, 8).putInt((int) status).array();
    }
  }

  /// How it went: `| 4 header | 4 Status |`.
  ///
  /// @param status exit code, unsigned 32-bit
  record Status(long status) implements ScriptingMessage {
    @Override
    public byte[] encode() {
      return MessageHeader.begin(6, 0, 8).putInt((int) status).array();
    }
  }

  /// The environment file by its hash: `| 4 header | 20 SHA-1 |`.
  ///
  /// @param hash 20 bytes
  /// @param isUploadNeeded in the element's answer: it does not have the file
  record Environment(Octets hash, boolean isUploadNeeded) implements ScriptingMessage {
    static final int HASH_SIZE = 20;

    public Environment {
      if (hash.size() != HASH_SIZE) {
        throw new IllegalArgumentException(
            "a SHA-1 hash has 20 bytes, but this has " + hash.size());
      }
    }

    @Override
    public byte[] encode() {
      return message(7, isUploadNeeded ? 1 : 0, hash);
    }
  }
}

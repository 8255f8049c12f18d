package io.rserpool.services.fractal;

import io.rserpool.services.message.MessageHeader;
import io.rserpool.services.message.Reading;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// The messages of the Fractal Generator Protocol, payload protocol identifier 32.
public sealed interface FractalMessage {

  /// The payload protocol identifier.
  int PPID = 32;

  /// The longest message: [Data] with [Data#POINTS_MAX] points.
  int LENGTH_MAX = Data.HEAD_SIZE + 4 * Data.POINTS_MAX;

  /// The message as bytes.
  byte[] encode();

  /// Reads one message; any bytes give a message or a fault.
  static Reading<? extends FractalMessage> decode(byte[] bytes) {
    return switch (MessageHeader.read(bytes)) {
      case Reading.Fault<MessageHeader>(String explanation) -> Reading.fault("%s", explanation);
      case Reading.Value<MessageHeader>(MessageHeader header) ->
          switch (header.type()) {
            case Parameter.TYPE -> Parameter.decodeBody(bytes);
            case Data.TYPE -> Data.decodeBody(bytes);
            default -> Reading.fault("expected type 1 or 2, but it is %d", header.type());
          };
    };
  }

  /// Which picture to compute, from a user to an element; 60 bytes.
  ///
  /// ```
  /// | 4 header | 4 Width | 4 Height | 4 MaxIterations | 4 AlgorithmID |
  /// | 8 C1Real | 8 C1Imag | 8 C2Real | 8 C2Imag | 8 N |
  /// ```
  ///
  /// @param width unsigned 32-bit, as are the next three; an element refuses what is beyond its
  ///     limits
  /// @param algorithmId 1 or 2, see [Algorithm]
  /// @param n exponent of algorithm 2
  record Parameter(
      long width,
      long height,
      long maxIterations,
      long algorithmId,
      double c1Real,
      double c1Imag,
      double c2Real,
      double c2Imag,
      double n)
      implements FractalMessage {

    /// The type number.
    public static final int TYPE = 1;

    /// Bytes of the message.
    public static final int SIZE = 60;

    /// The widest and highest picture that is computed.
    public static final int SIDE_MAX = 65_536;

    /// The most iterations of a point.
    public static final int ITERATIONS_MAX = 1_000_000;

    static Reading<Parameter> decodeBody(byte[] bytes) {
      if (bytes.length != SIZE) {
        return Reading.fault("expected a Parameter of %d bytes, but it has %d", SIZE, bytes.length);
      }
      return Reading.of(get(ByteBuffer.wrap(bytes).position(MessageHeader.SIZE)));
    }

    /// Reads the fields after the header.
    static Parameter get(ByteBuffer fields) {
      return new Parameter(
          Integer.toUnsignedLong(fields.getInt()),
          Integer.toUnsignedLong(fields.getInt()),
          Integer.toUnsignedLong(fields.getInt()),
          Integer.toUnsignedLong(fields.getInt()),
          fields.getDouble(),
          fields.getDouble(),
          fields.getDouble(),
          fields.getDouble(),
          fields.getDouble());
    }

    @Override
    public byte[] encode() {
      return MessageHeader.begin(TYPE, 0, SIZE)
          .putInt((int) width)
          .putInt((int) height)
          .putInt((int) maxIterations)
          .putInt((int) algorithmId)
          .putDouble(c1Real)
          .putDouble(c1Imag)
          .putDouble(c2Real)
          .putDouble(c2Imag)
          .putDouble(n)
          .array();
    }

    /// What an element has against computing this; empty if nothing.
    public String objection() {
      if (width > SIDE_MAX || height > SIDE_MAX) {
        return "expected at most %d by %d points, but they are %d by %d"
            .formatted(SIDE_MAX, SIDE_MAX, width, height);
      }
      if (maxIterations > ITERATIONS_MAX) {
        return "expected at most %d iterations, but they are %d"
            .formatted(ITERATIONS_MAX, maxIterations);
      }
      return algorithmId == 1 || algorithmId == 2
          ? ""
          : "expected algorithm 1 or 2, but it is " + algorithmId;
    }
  }

  /// Values of points, row by row, from an element to a user; without points and with both starts
  /// at 0xffffffff the end of the picture.
  ///
  /// ```
  /// | 4 header | 4 StartX | 4 StartY | 4 Points | 4 value | ... |
  /// ```
  ///
  /// @param startX unsigned 32-bit
  /// @param startY unsigned 32-bit
  /// @param points 0 to 324 values, unsigned 32-bit
  record Data(long startX, long startY, int[] points) implements FractalMessage {

    /// The type number.
    public static final int TYPE = 2;

    /// The most points of one message.
    public static final int POINTS_MAX = 324;

    static final int HEAD_SIZE = 16;

    private static final long END = 0xffff_ffffL;

    /// The end of the picture.
    public static final Data FINALIZER = new Data(END, END, new int[0]);

    public Data {
      points = points.clone();
      if (points.length > POINTS_MAX) {
        throw new IllegalArgumentException(
            "a message has at most 324 points, but this has " + points.length);
      }
    }

    static Reading<Data> decodeBody(byte[] bytes) {
      if (bytes.length < HEAD_SIZE) {
        return Reading.fault("expected Data of 16 bytes or more, but it has %d", bytes.length);
      }
      ByteBuffer fields = ByteBuffer.wrap(bytes).position(MessageHeader.SIZE);
      long startX = Integer.toUnsignedLong(fields.getInt());
      long startY = Integer.toUnsignedLong(fields.getInt());
      long count = Integer.toUnsignedLong(fields.getInt());
      if (count > POINTS_MAX || bytes.length != HEAD_SIZE + 4 * count) {
        return Reading.fault(
            "expected 0 to 324 points and Length 16 + 4 x Points, but Points is %d and Length %d",
            count, bytes.length);
      }
      int[] points = new int[(int) count];
      fields.asIntBuffer().get(points);
      return Reading.of(new Data(startX, startY, points));
    }

    @Override
    public byte[] encode() {
      ByteBuffer message =
          MessageHeader.begin(TYPE, 0, HEAD_SIZE + 4 * points.length)
              .putInt((int) startX)
              .putInt((int) startY)
              .putInt(points.length);
      message.asIntBuffer().put(points);
      return MessageHeader.end(message);
    }

    /// Whether this is the end of the picture.
    public boolean isFinalizer() {
      return points.length == 0 && startX == END && startY == END;
    }

    @Override
    public int[] points() {
      return points.clone();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Data that
          && startX == that.startX
          && startY == that.startY
          && Arrays.equals(points, that.points);
    }

    @Override
    public int hashCode() {
      return Long.hashCode(31 * startX + startY) + Arrays.hashCode(points);
    }

    @Override
    public String toString() {
      return "Data[startX=" + startX + ", startY=" + startY + ", points=" + points.length + "]";
    }
  }
}

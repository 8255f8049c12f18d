package io.rserpool.wire.fuzz;

import io.rserpool.wire.capture.CapturePorts;
import io.rserpool.wire.capture.CaptureReader;

/// Any bytes, read as a recording: nothing is thrown.
public final class CaptureReaderFuzz {

  private static final CaptureReader READER = new CaptureReader(CapturePorts.defaults());

  private CaptureReaderFuzz() {}

  /// One execution.
  public static void fuzzerTestOneInput(byte[] bytes) {
    READER.read(bytes);
  }
}

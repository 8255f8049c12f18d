package io.rserpool.wire.capture;

/// What carried a recorded message.
public enum Carrier {
  SCTP,
  TCP,
  UDP
}

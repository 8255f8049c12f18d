package io.rserpool.gateway.listen;

/// What a [PoolListener] has done so far.
///
/// @param accepted callers that were let in
/// @param open connections that are forwarded now
/// @param ended connections that ended in order, both ways
/// @param broken connections that broke, or whose element was given up
/// @param refused callers for whom no element could be reached
/// @param bytesToElements bytes forwarded to elements
/// @param bytesFromElements bytes forwarded from elements
public record ListenerCounters(
    long accepted,
    long open,
    long ended,
    long broken,
    long refused,
    long bytesToElements,
    long bytesFromElements) {

  @Override
  public String toString() {
    return "%d connections, %d open, %d ended, %d broken, %d refused, %d bytes out, %d bytes back"
        .formatted(accepted, open, ended, broken, refused, bytesToElements, bytesFromElements);
  }
}

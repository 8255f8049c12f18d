package io.rserpool.sim.network;

/// Counts what a network has carried.
public final class Traffic {

  private long messages;
  private long bytes;
  private long sessionMessages;
  private long sessionBytes;
  private long refused;
  private long lostDatagrams;
  private long doubledDatagrams;

  Traffic() {}

  void message(int size) {
    messages++;
    bytes += size;
  }

  void ofSession(int size) {
    sessionMessages++;
    sessionBytes += size;
  }

  void refused() {
    refused++;
  }

  void datagrams(int copies) {
    if (copies == 0) {
      lostDatagrams++;
    } else if (copies > 1) {
      doubledDatagrams++;
    }
  }

  /// Messages between users and elements.
  public long sessionMessages() {
    return sessionMessages;
  }

  /// Their bytes.
  public long sessionBytes() {
    return sessionBytes;
  }

  /// Messages that were sent over associations.
  public long messages() {
    return messages;
  }

  /// Their bytes.
  public long bytes() {
    return bytes;
  }

  /// Calls to where nobody listens.
  public long refusedCalls() {
    return refused;
  }

  /// Announcements that somebody did not get.
  public long lostDatagrams() {
    return lostDatagrams;
  }

  /// Announcements that somebody got twice.
  public long doubledDatagrams() {
    return doubledDatagrams;
  }
}

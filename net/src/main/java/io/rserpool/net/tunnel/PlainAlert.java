package io.rserpool.net.tunnel;

/// What somebody who expects TLS says to somebody who speaks plainly, in words that both can read: a fatal
/// alert that is not enciphered (RFC 8446 section 6), a record of seven bytes.
public final class PlainAlert {

  /// unexpected_message.
  private static final byte[] UNEXPECTED = {21, 3, 3, 0, 2, 2, 10};

  private static final int ALERT = 21;
  private static final int MAJOR_VERSION = 3;
  private static final int FATAL = 2;

  private PlainAlert() {}

  /// {@return the alert for what is no TLS at all}
  public static byte[] unexpected() {
    return UNEXPECTED.clone();
  }

  /// {@return whether somebody who was spoken to plainly expected TLS}
  ///
  /// @param bytes what he said first
  /// @param count how many of them were said
  public static boolean is(byte[] bytes, int count) {
    return count == UNEXPECTED.length
        && bytes[0] == ALERT
        && bytes[1] == MAJOR_VERSION
        && bytes[3] == 0
        && bytes[4] == 2
        && bytes[5] == FATAL;
  }
}

package io.rserpool.usrsctp;

import java.nio.ByteOrder;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The numbers and layouts of an operating system, as far as they differ between systems. All the
/// library's own structures are the same on every 64-bit one.
///
/// @param libraries what the library may be called, tried in this order
/// @param hint how a person gets the library
/// @param hasAddressLength whether a socket address begins with its length
/// @param againError the error number that says: not now
/// @param addressInUseError the error number that says: somebody else has the port
/// @param alreadyError the error number that says: there is an association with that peer
record Platform(
    List<String> libraries,
    String hint,
    boolean hasAddressLength,
    short inet6Family,
    int socketLevel,
    int sendBufferOption,
    int receiveBufferOption,
    int lingerOption,
    int endOfRecordFlag,
    int againError,
    int addressInUseError,
    int alreadyError) {

  static final short INET_FAMILY = 2;

  private static final Platform LINUX =
      new Platform(
          List.of("libusrsctp.so.2", "libusrsctp.so"),
          "install the Debian package libusrsctp2",
          false,
          (short) 10,
          1,
          7,
          8,
          13,
          0x80,
          11,
          98,
          114);

  private static final Platform MACOS =
      new Platform(
          List.of(
              "libusrsctp.2.dylib",
              "/opt/homebrew/lib/libusrsctp.dylib",
              "/usr/local/lib/libusrsctp.dylib"),
          "build usrsctp 0.9.5 and install libusrsctp.dylib",
          true,
          (short) 30,
          0xffff,
          0x1001,
          0x1002,
          0x80,
          0x8,
          35,
          48,
          37);

  /// This machine's; empty if its layouts are not known.
  static Optional<Platform> current() {
    return of(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
  }

  static Optional<Platform> of(String system, String processor) {
    boolean isKnownProcessor =
        List.of("amd64", "x86_64", "aarch64").contains(processor.toLowerCase(Locale.ROOT));
    if (!isKnownProcessor || ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN) {
      return Optional.empty();
    }
    String name = system.toLowerCase(Locale.ROOT);
    if (name.startsWith("linux")) {
      return Optional.of(LINUX);
    }
    return name.startsWith("mac") ? Optional.of(MACOS) : Optional.empty();
  }
}

package io.rserpool.net.kernel;

/// Says in one sentence what a machine lacks, from what the JDK says of it.
final class Obstacle {

  private static final String LIBRARY = "libsctp.so.1";

  private Obstacle() {}

  static String text(String cause) {
    return cause.contains(LIBRARY)
        ? "SCTP of the kernel cannot be used, since "
            + LIBRARY
            + " is missing; it comes with the package libsctp1 of Debian and Ubuntu, or lksctp-tools of"
            + " Fedora"
        : "SCTP of the kernel cannot be used, since this kernel has none ("
            + cause
            + "); 'modprobe sctp' as root may help";
  }
}

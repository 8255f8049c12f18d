package io.rserpool.usrsctp;

import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/// The library of this process, or why there is none.
sealed interface Library {

  /// It is there, with all that is needed of it.
  ///
  /// @param sockets its functions for sockets
  /// @param stackFunctions its functions for the stack as a whole
  /// @param stack the stack of this process
  record Loaded(
      Platform platform, SocketFunctions sockets, StackFunctions stackFunctions, ProcessStack stack)
      implements Library {

    /// The words of the system for an error number.
    String errorText(int error) {
      try (Arena arena = Arena.ofConfined()) {
        return stackFunctions.text(Binding.allocateErrno(arena), error);
      }
    }
  }

  /// It cannot be used.
  ///
  /// @param obstacle one sentence for people
  record Missing(String obstacle) implements Library {}

  /// Found out once for each process.
  static Library current() {
    return Holder.CURRENT;
  }

  static Library load(Optional<Platform> platform) {
    if (platform.isEmpty()) {
      return new Missing(
          "SCTP within UDP needs 64-bit Linux or macOS on x86-64 or ARM, but this is "
              + System.getProperty("os.name")
              + " on "
              + System.getProperty("os.arch")
              + ".");
    }
    return load(platform.get());
  }

  private static Library load(Platform platform) {
    try {
      for (String name : platform.libraries()) {
        Optional<SymbolLookup> found = open(name);
        if (found.isPresent()) {
          StackFunctions stack = new StackFunctions(found.get());
          SocketFunctions sockets = new SocketFunctions(found.get());
          return new Loaded(platform, sockets, stack, new ProcessStack(stack));
        }
      }
    } catch (IllegalCallerException e) {
      return new Missing(
          "SCTP within UDP calls native code, which this Java refuses: start it with"
              + " --enable-native-access=io.rserpool.usrsctp (with a class path: ALL-UNNAMED).");
    } catch (NoSuchElementException e) {
      return new Missing(
          "SCTP within UDP needs libusrsctp 0.9.5 or later, but the one that is here "
              + e.getMessage()
              + ".");
    }
    return new Missing(
        "SCTP within UDP needs the library libusrsctp, which was not found as "
            + String.join(" or ", List.copyOf(platform.libraries()))
            + ": "
            + platform.hint()
            + ".");
  }

  @SuppressWarnings("restricted")
  private static Optional<SymbolLookup> open(String name) {
    try {
      return Optional.of(SymbolLookup.libraryLookup(name, Arena.global()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /// Loads at first use.
  final class Holder {
    private static final Library CURRENT = load(Platform.current());

    private Holder() {}
  }
}

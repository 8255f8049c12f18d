package io.rserpool.net.kernel;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Everything that the stack must do, tried on this machine's own SCTP. A unit test runs it where there is
/// SCTP, and a guest where there is none.
///
///     KernelSctpChecks               all checks, those too that need the guest's network and root
///     KernelSctpChecks plain         those that need no native access
///     KernelSctpChecks WORD          those with this word in their names
///     KernelSctpChecks protocols     one message of ASAP and one of ENRP, for a capture
///     KernelSctpChecks peer          see [PeerProgram]
final class KernelSctpChecks {

  /// What a check needs.
  enum Needs {
    /// SCTP, as `jdk.sctp` offers it.
    SCTP,
    /// Access to the C library, too.
    NATIVE_ACCESS,
    /// Root, and the addresses of `system-tests/interop/guest/case`.
    GUEST
  }

  /// One thing that must hold.
  record Check(String name, Needs needs, Body body) {}

  /// Throws an AssertionError if it does not hold.
  interface Body {
    void run() throws IOException, InterruptedException;
  }

  private KernelSctpChecks() {}

  static List<Check> all() {
    List<Check> checks = new ArrayList<>();
    checks.addAll(MessageChecks.all());
    checks.addAll(EndChecks.all());
    checks.addAll(BriefChecks.all());
    checks.addAll(PathChecks.all());
    return List.copyOf(checks);
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    String what = arguments.length == 0 ? "all" : arguments[0];
    switch (what) {
      case "protocols" -> MessageChecks.sendOneOfEachProtocol();
      case "peer" -> PeerProgram.run(arguments, out);
      default -> runAll(what, out);
    }
  }

  private static void runAll(String part, PrintStream out) {
    Optional<String> obstacle = new KernelSctpStack().obstacle();
    if (obstacle.isPresent()) {
      out.println(obstacle.get());
      System.exit(77);
    }
    int passed = 0;
    int run = 0;
    for (Check check : all()) {
      boolean isMeant =
          switch (part) {
            case "all" -> true;
            case "plain" -> check.needs() == Needs.SCTP;
            default -> check.name().contains(part);
          };
      if (!isMeant) {
        continue;
      }
      run++;
      passed += run(check, out) ? 1 : 0;
    }
    out.println(passed + " of " + run + " checks passed");
    System.exit(passed == run ? 0 : 1);
  }

  private static boolean run(Check check, PrintStream out) {
    long begin = System.nanoTime();
    Throwable failure = null;
    try {
      check.body().run();
    } catch (IOException | InterruptedException | RuntimeException | AssertionError e) {
      failure = e;
    }
    out.printf(
        "%-7s %6d ms  %s%n",
        failure == null ? "passed" : "FAILED",
        (System.nanoTime() - begin) / 1_000_000,
        check.name());
    if (failure != null) {
      failure.printStackTrace(out);
    }
    return failure == null;
  }

  static void expect(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }
}

package io.rserpool.bench.longrun;

import io.rserpool.engine.registrar.RegistrarSetting;
import io.rserpool.engine.registrar.RegistrarSettings;
import io.rserpool.protocol.Profile;
import io.rserpool.sim.network.LinkSettings;
import io.rserpool.sim.workload.FalseRemovalArithmetic;
import io.rserpool.sim.workload.OneRegistrar;
import java.util.Locale;

/// Lets one registrar and twenty elements live in virtual time over links that lose packets, for so
/// many element-years, and counts how many living elements are removed; beside it, what the
/// arithmetic
/// of the profile allows.
///
/// Arguments: element-years (100), loss in percent (1), round trip in milliseconds (2), seed (1),
/// and any
/// number of settings such as `keep-alive-probes=8`.
public final class FalseRemovals {

  /// What exchanges that are lost independently would need; the registrar sends more.
  private static final int PROBES_OF_THE_ARITHMETIC = 5;

  private static final int ELEMENTS = 20;
  private static final int FIRST_SETTING = 4;
  private static final double NS_PER_MS = 1e6;
  private static final double REPORTS = 100;

  private FalseRemovals() {}

  /// Runs it.
  public static void main(String[] args) {
    double years = args.length > 0 ? Double.parseDouble(args[0]) : 100;
    double loss = (args.length > 1 ? Double.parseDouble(args[1]) : 1) / 100;
    double roundTripMs = args.length > 2 ? Double.parseDouble(args[2]) : 2;
    long seed = args.length > 3 ? Long.parseLong(args[3]) : 1;
    RegistrarSettings settings = settings(args);
    LinkSettings links = LinkSettings.repaired((long) (roundTripMs * NS_PER_MS / 2), loss);
    OneRegistrar system = new OneRegistrar(seed, Profile.STANDARD, settings, ELEMENTS, links);
    FalseRemovalArithmetic arithmetic =
        new FalseRemovalArithmetic(
            loss,
            PROBES_OF_THE_ARITHMETIC,
            settings.duration(RegistrarSetting.KEEP_ALIVE_INTERVAL).toNanos());
    System.out.printf(
        Locale.ROOT,
        "%.4g element-years, loss %.3g %%, round trip %.3g ms, seed %d;"
            + " the arithmetic allows %.4g removals%n",
        years,
        loss * 100,
        roundTripMs,
        seed,
        arithmetic.removals(years));
    long startNs = System.nanoTime();
    long pieceNs = (long) (FalseRemovalArithmetic.ns(years) / ELEMENTS / REPORTS);
    int told = 0;
    for (int i = 1; i <= REPORTS; i++) {
      system.run(pieceNs);
      for (OneRegistrar.Removal removal :
          system.removals().subList(told, system.removals().size())) {
        System.out.println(removal.atNs() + " " + removal.event().describe());
      }
      told = system.removals().size();
      double seconds = (System.nanoTime() - startNs) / 1e9;
      double done = years * i / REPORTS;
      System.out.printf(
          Locale.ROOT,
          "%.4g element-years: removals %d, arithmetic %.4g; %.0f s, %.0f messages/s, %.0f s left%n",
          done,
          system.removals().size(),
          arithmetic.removals(done),
          seconds,
          system.messages() / seconds,
          seconds / i * (REPORTS - i));
    }
  }

  private static RegistrarSettings settings(String[] args) {
    RegistrarSettings.Builder builder = RegistrarSettings.forProfile(Profile.STANDARD).toBuilder();
    for (int i = FIRST_SETTING; i < args.length; i++) {
      int mark = args[i].indexOf('=');
      if (mark < 0) {
        throw new IllegalArgumentException(
            "a setting is written name=value, but this is '" + args[i] + "'");
      }
      builder.set(RegistrarSetting.parse(args[i].substring(0, mark)), args[i].substring(mark + 1));
    }
    return builder.build();
  }
}

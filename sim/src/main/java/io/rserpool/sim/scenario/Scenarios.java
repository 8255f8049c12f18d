package io.rserpool.sim.scenario;

import static io.rserpool.sim.fault.FaultKind.CUT;
import static io.rserpool.sim.fault.FaultKind.DAMAGE;
import static io.rserpool.sim.fault.FaultKind.ELEMENT_FAILURE;
import static io.rserpool.sim.fault.FaultKind.ELEMENT_KILL;
import static io.rserpool.sim.fault.FaultKind.ELEMENT_PAUSE;
import static io.rserpool.sim.fault.FaultKind.ISOLATION;
import static io.rserpool.sim.fault.FaultKind.LOSS;
import static io.rserpool.sim.fault.FaultKind.PARTITION;
import static io.rserpool.sim.fault.FaultKind.REGISTRAR_FAILURE;
import static io.rserpool.sim.fault.FaultKind.REGISTRAR_KILL;
import static io.rserpool.sim.fault.FaultKind.REGISTRAR_PAUSE;
import static io.rserpool.sim.fault.FaultKind.REGISTRAR_RESTART;
import static io.rserpool.sim.fault.FaultKind.RESET;
import static io.rserpool.sim.fault.FaultKind.STALL;
import static io.rserpool.sim.fault.FaultKind.USER_KILL;
import static io.rserpool.sim.fault.FaultKind.USER_PAUSE;

import io.rserpool.sim.fault.FaultKind;
import io.rserpool.sim.network.LinkSettings;
import io.rserpool.sim.network.MulticastSettings;
import io.rserpool.sim.workload.WorkloadSettings;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// The scenarios that there are.
final class Scenarios {

  private static final long US = 1_000;
  private static final long MS = 1_000_000;

  private static final LinkSettings LAN =
      LinkSettings.repaired(200 * US, 0).withJitter(300 * US, 0.001, 5 * MS);
  private static final LinkSettings LOSSY =
      LinkSettings.repaired(1 * MS, 0.01).withJitter(2 * MS, 0.005, 20 * MS);

  private static final MulticastSettings GROUP = new MulticastSettings(0.001, 0.001);
  private static final MulticastSettings BAD_GROUP = new MulticastSettings(0.2, 0.05);

  /// Who is there and asks, but nobody comes or goes.
  private static final WorkloadSettings STEADY =
      new WorkloadSettings(0, 0, 0, 0.02, 0.2, 1, 1, 0.02);

  private static final WorkloadSettings BUSY =
      new WorkloadSettings(0.02, 1, 0.2, 0.05, 0.5, 1, 1, 0.05);

  /// Elements come and go now and then.
  private static final WorkloadSettings SOME_CHURN =
      new WorkloadSettings(0.01, 1, 0.05, 0.05, 0.2, 1, 1, 0.02);

  private static final WorkloadSettings CHURN = new WorkloadSettings(0.1, 3, 1, 0.2, 1, 1, 1, 0.1);

  /// As many users report as may without outvoting an element together with an adversary.
  private static final WorkloadSettings GUARDED =
      new WorkloadSettings(0.02, 1, 0.1, 0.05, 0.5, 1, 0, 0);

  static final List<Scenario> ALL =
      List.of(
          new Scenario("calm", "nothing goes wrong", 1, 4, 12, 3, LAN, GROUP, BUSY, none(), false),
          new Scenario(
              "churn",
              "elements join, leave, flap and tell loads all the time",
              1,
              4,
              16,
              3,
              LAN,
              GROUP,
              CHURN,
              none(),
              false),
          new Scenario(
              "one-registrar",
              "a single registrar; everything goes wrong but with it alone",
              1,
              1,
              12,
              3,
              LAN,
              BAD_GROUP,
              BUSY,
              of(
                  ELEMENT_KILL,
                  0.05,
                  ELEMENT_FAILURE,
                  0.05,
                  ELEMENT_PAUSE,
                  0.1,
                  REGISTRAR_KILL,
                  0.005,
                  REGISTRAR_FAILURE,
                  0.005,
                  REGISTRAR_PAUSE,
                  0.01,
                  USER_KILL,
                  0.02,
                  USER_PAUSE,
                  0.02,
                  CUT,
                  0.05,
                  ISOLATION,
                  0.02,
                  RESET,
                  0.1,
                  STALL,
                  0.05,
                  LOSS,
                  0.02,
                  DAMAGE,
                  0.1),
              false),
          new Scenario(
              "crashes",
              "processes and machines fail and start again empty",
              2,
              5,
              12,
              3,
              LAN,
              GROUP,
              BUSY,
              of(
                  REGISTRAR_KILL,
                  0.03,
                  REGISTRAR_FAILURE,
                  0.03,
                  ELEMENT_KILL,
                  0.05,
                  ELEMENT_FAILURE,
                  0.05,
                  USER_KILL,
                  0.02,
                  RESET,
                  0.05),
              false),
          new Scenario(
              "pauses",
              "processes stand still and come back",
              2,
              5,
              12,
              3,
              LAN,
              GROUP,
              BUSY,
              of(REGISTRAR_PAUSE, 0.08, ELEMENT_PAUSE, 0.1, USER_PAUSE, 0.02),
              false),
          new Scenario(
              "partitions",
              "links are cut in one direction or both, machines are isolated, the scope falls apart",
              2,
              5,
              12,
              3,
              LAN,
              GROUP,
              BUSY,
              of(CUT, 0.08, ISOLATION, 0.04, PARTITION, 0.03),
              false),
          new Scenario(
              "lossy",
              "packets are lost, links stall, associations break, bytes are damaged",
              1,
              4,
              12,
              3,
              LOSSY,
              BAD_GROUP,
              BUSY,
              of(LOSS, 0.05, STALL, 0.1, RESET, 0.1, DAMAGE, 0.1),
              false),
          new Scenario(
              "rolling-restart",
              "all registrars are restarted in order, one after the other, while the scope is used",
              2,
              4,
              12,
              3,
              LAN,
              GROUP,
              BUSY,
              none(),
              true),
          new Scenario(
              "two-registrars",
              "two registrars only, one of which is always at fault",
              2,
              2,
              10,
              3,
              LAN,
              GROUP,
              STEADY,
              of(
                  REGISTRAR_KILL,
                  0.02,
                  REGISTRAR_FAILURE,
                  0.02,
                  REGISTRAR_PAUSE,
                  0.03,
                  CUT,
                  0.02,
                  RESET,
                  0.03),
              false),
          new Scenario(
              "multicast",
              "registrars know nobody at their start and find each other by multicast",
              2,
              5,
              12,
              3,
              LAN,
              BAD_GROUP,
              BUSY,
              of(
                  REGISTRAR_KILL,
                  0.02,
                  REGISTRAR_FAILURE,
                  0.02,
                  REGISTRAR_RESTART,
                  0.02,
                  REGISTRAR_PAUSE,
                  0.03,
                  ELEMENT_KILL,
                  0.05,
                  CUT,
                  0.03,
                  PARTITION,
                  0.02,
                  RESET,
                  0.05),
              false,
              true,
              0),
          new Scenario(
              "sessions",
              "users have sessions while elements and the ways to them fail",
              2,
              3,
              10,
              4,
              LAN,
              GROUP,
              SOME_CHURN,
              of(
                  ELEMENT_KILL,
                  0.08,
                  ELEMENT_FAILURE,
                  0.05,
                  ELEMENT_PAUSE,
                  0.1,
                  REGISTRAR_KILL,
                  0.01,
                  REGISTRAR_PAUSE,
                  0.02,
                  USER_KILL,
                  0.01,
                  USER_PAUSE,
                  0.03,
                  CUT,
                  0.1,
                  ISOLATION,
                  0.03,
                  PARTITION,
                  0.01,
                  RESET,
                  0.1,
                  STALL,
                  0.1,
                  LOSS,
                  0.03,
                  DAMAGE,
                  0.05),
              false,
              false,
              3),
          new Scenario(
              "storm",
              "everything at once",
              2,
              5,
              14,
              3,
              LOSSY,
              BAD_GROUP,
              CHURN,
              of(
                  REGISTRAR_KILL,
                  0.02,
                  REGISTRAR_FAILURE,
                  0.02,
                  REGISTRAR_RESTART,
                  0.01,
                  REGISTRAR_PAUSE,
                  0.04,
                  ELEMENT_KILL,
                  0.05,
                  ELEMENT_FAILURE,
                  0.05,
                  ELEMENT_PAUSE,
                  0.05,
                  USER_KILL,
                  0.02,
                  USER_PAUSE,
                  0.02,
                  CUT,
                  0.05,
                  ISOLATION,
                  0.02,
                  PARTITION,
                  0.01,
                  RESET,
                  0.1,
                  STALL,
                  0.1,
                  LOSS,
                  0.05,
                  DAMAGE,
                  0.1),
              false,
              false,
              2),
          new Scenario(
              "hostile",
              "a secured scope with adversaries of all kinds, while everything goes wrong",
              1,
              4,
              10,
              3,
              LAN,
              GROUP,
              GUARDED,
              of(
                  REGISTRAR_KILL,
                  0.03,
                  REGISTRAR_FAILURE,
                  0.02,
                  REGISTRAR_RESTART,
                  0.01,
                  REGISTRAR_PAUSE,
                  0.03,
                  ELEMENT_KILL,
                  0.05,
                  ELEMENT_FAILURE,
                  0.04,
                  ELEMENT_PAUSE,
                  0.04,
                  USER_KILL,
                  0.02,
                  USER_PAUSE,
                  0.02,
                  CUT,
                  0.05,
                  ISOLATION,
                  0.02,
                  PARTITION,
                  0.02,
                  RESET,
                  0.1,
                  LOSS,
                  0.02,
                  DAMAGE,
                  0.05),
              false,
              false,
              0,
              5));

  private Scenarios() {}

  private static Map<FaultKind, Double> none() {
    return new EnumMap<>(FaultKind.class);
  }

  /// Kinds and rates in turn.
  private static Map<FaultKind, Double> of(Object... kindsAndRates) {
    EnumMap<FaultKind, Double> rates = new EnumMap<>(FaultKind.class);
    for (int i = 0; i < kindsAndRates.length; i += 2) {
      rates.put((FaultKind) kindsAndRates[i], (Double) kindsAndRates[i + 1]);
    }
    return rates;
  }
}

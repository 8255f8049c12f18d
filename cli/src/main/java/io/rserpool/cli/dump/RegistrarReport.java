package io.rserpool.cli.dump;

import io.rserpool.cli.console.ElementText;
import io.rserpool.cli.console.Json;
import io.rserpool.cli.console.PolicyText;
import io.rserpool.cli.console.Table;
import io.rserpool.cli.survey.RegistrarView;
import io.rserpool.cli.survey.Survey;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.ServerInformation;
import io.rserpool.protocol.enrp.EnrpHandleTableResponse.PoolEntry;
import java.io.PrintWriter;
import java.util.List;

/// A [Survey] as tables for people, and as JSON for programs.
final class RegistrarReport {
  private RegistrarReport() {}

  /// @param pools those to be shown
  static void print(Survey survey, List<PoolEntry> pools, Profile profile, PrintWriter out) {
    RegistrarView view = survey.view();
    String peers = view.peers().isEmpty() ? "no peers" : count(view.peers().size(), "peer");
    List<String> enrp = survey.shares().getFirst().addresses();
    out.printf(
        "registrar %s  enrp %s  checksum %s  %s%n",
        view.id(), enrp.isEmpty() ? "-" : String.join(",", enrp), checksum(view), peers);
    if (survey.shares().size() > 1) {
      ShareReport.print(survey, out);
    }
    for (PoolEntry pool : pools) {
      out.printf(
          "pool %s  %s  %s%n",
          pool.handle(),
          PolicyText.name(pool.elements().getFirst().policy()),
          count(pool.elements().size(), "element"));
      print(pool.elements(), profile, out);
    }
    int elements = pools.stream().mapToInt(pool -> pool.elements().size()).sum();
    out.println(count(pools.size(), "pool") + ", " + count(elements, "element"));
  }

  private static void print(List<PoolElementParameter> elements, Profile profile, PrintWriter out) {
    Table table = new Table("ELEMENT", "ADDRESS", "POLICY", "HOME", "LIFE", "REGISTRARS CALL");
    for (PoolElementParameter element : elements) {
      table.add(
          element.elementId().toString(),
          ElementText.service(element),
          PolicyText.of(element.policy()),
          element.homeId().toString(),
          ElementText.life(element, profile),
          ElementText.callAddress(element));
    }
    table.print(out, "  ");
  }

  /// @param pools those to be shown
  static Json json(Survey survey, List<PoolEntry> pools) {
    RegistrarView view = survey.view();
    return new Json()
        .put(
            "registrar",
            server(view.information())
                .put("id", view.id().toString())
                .put("checksum", checksum(view)))
        .put("peers", view.peers().stream().map(peer -> server(peer).members()).toList())
        .put("registrars", ShareReport.json(survey))
        .put("pools", pools.stream().map(pool -> pool(pool).members()).toList());
  }

  private static Json server(ServerInformation server) {
    return new Json()
        .put("id", server.serverId().toString())
        .put("enrp", server.transports().stream().map(ElementText::address).toList());
  }

  private static Json pool(PoolEntry pool) {
    return new Json()
        .put("pool", pool.handle().toString())
        .put("policy", PolicyText.name(pool.elements().getFirst().policy()))
        .put(
            "elements",
            pool.elements().stream().map(element -> ElementText.json(element).members()).toList());
  }

  private static String checksum(RegistrarView view) {
    return view.checksum() < 0 ? "-" : ShareReport.checksum(view.checksum());
  }

  static String count(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }
}

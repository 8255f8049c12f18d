package io.rserpool.cli.dump;

import io.rserpool.cli.console.Json;
import io.rserpool.cli.console.Table;
import io.rserpool.cli.survey.ElementName;
import io.rserpool.cli.survey.Share;
import io.rserpool.cli.survey.Statement;
import io.rserpool.cli.survey.Survey;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Who owns how much, and whether the copy is in step with its owner.
final class ShareReport {
  /// As many names of elements as a person reads; JSON has all of them.
  private static final int NAMES_MAX = 5;

  private ShareReport() {}

  static void print(Survey survey, PrintWriter out) {
    Table table = new Table("REGISTRAR", "ENRP", "ELEMENTS", "CHECKSUM", "ITS OWN", "STATE");
    for (Share share : survey.shares()) {
      table.add(
          share.owner().toString(),
          share.addresses().isEmpty() ? "-" : String.join(",", share.addresses()),
          Integer.toString(share.believed().size()),
          checksum(share.checksum()),
          share.statement() instanceof Statement.Told told ? checksum(told.checksum()) : "-",
          state(share));
    }
    table.print(out, "  ");
    for (Share share : survey.shares()) {
      names("only here, with home " + share.owner(), share.onlyBelieved(), out);
      names("only at " + share.owner(), share.onlyOwned(), out);
    }
  }

  static List<Map<String, Object>> json(Survey survey) {
    return survey.shares().stream().map(share -> json(share).members()).toList();
  }

  static String checksum(int checksum) {
    return "0x%04x".formatted(checksum);
  }

  private static Json json(Share share) {
    Json json =
        new Json()
            .put("id", share.owner().toString())
            .put("enrp", share.addresses())
            .put("elements", share.believed().size())
            .put("checksum", checksum(share.checksum()))
            .put("state", share.state().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    return switch (share.statement()) {
      case Statement.Told told ->
          json.put("ownChecksum", checksum(told.checksum()))
              .put("ownElements", told.elements().size())
              .put("onlyHere", share.onlyBelieved().stream().map(ElementName::toString).toList())
              .put("onlyThere", share.onlyOwned().stream().map(ElementName::toString).toList());
      case Statement.Silent silent -> json.put("reason", silent.why());
    };
  }

  private static String state(Share share) {
    return switch (share.state()) {
      case IN_STEP -> "in step";
      case DIFFERS ->
          "differs: "
              + RegistrarReport.count(share.onlyBelieved().size(), "element")
              + " only here, "
              + share.onlyOwned().size()
              + " only there";
      case UNKNOWN ->
          "no answer: "
              + (share.statement() instanceof Statement.Silent silent ? silent.why() : "");
    };
  }

  private static void names(String where, List<ElementName> elements, PrintWriter out) {
    if (!elements.isEmpty()) {
      List<String> shown = elements.stream().limit(NAMES_MAX).map(ElementName::toString).toList();
      int more = elements.size() - shown.size();
      out.println(
          "  "
              + where
              + ": "
              + String.join(", ", shown)
              + (more > 0 ? " and " + more + " more" : ""));
    }
  }
}

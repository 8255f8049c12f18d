package io.rserpool.cli.doctor;

import io.rserpool.cli.reach.HandshakeException;
import io.rserpool.cli.survey.Approach;
import io.rserpool.cli.survey.RefusedException;
import io.rserpool.cli.survey.Share;
import io.rserpool.cli.survey.Statement;
import io.rserpool.cli.survey.Survey;
import io.rserpool.engine.Endpoint;
import io.rserpool.net.tls.TlsOptions;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.ServerId;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/// Asks a registrar for its peers, and calls them.
final class PeerCheck {
  private static final String SUBJECT = "peers";
  private static final Duration LIMIT = Duration.ofSeconds(2);

  private PeerCheck() {}

  /// @param isNamed whether somebody has named this address; otherwise it is a guess
  static List<Finding> run(Endpoint enrp, boolean isNamed, Profile profile, TlsOptions tls) {
    try {
      Survey survey = Survey.ofPeers(enrp, new Approach(profile, tls, LIMIT));
      ServerId id = survey.view().id();
      return survey.shares().isEmpty()
          ? List.of(
              Finding.warn(
                  SUBJECT,
                  id + " at " + enrp + " has none",
                  "nobody would take its elements over; start other registrars with --peer "
                      + enrp))
          : survey.shares().stream().map(peer -> finding(id, peer)).toList();
    } catch (RefusedException e) {
      return List.of(Finding.warn(SUBJECT, enrp + ": " + e.getMessage(), "try again in a moment"));
    } catch (HandshakeException e) {
      return List.of(
          Finding.warn(
              SUBJECT,
              enrp + " does not tell them (" + e.getMessage() + ")",
              e.advice().isEmpty() ? "look at the registrar's log" : e.advice()));
    } catch (IOException e) {
      return List.of(unknown(enrp, isNamed, String.valueOf(e.getMessage())));
    }
  }

  private static Finding finding(ServerId asked, Share peer) {
    return switch (peer.statement()) {
      case Statement.Told told ->
          Finding.ok(
              SUBJECT,
              "%s knows %s, which answers in %d ms"
                  .formatted(asked, peer.owner(), told.took().toMillis()));
      case Statement.Silent silent ->
          Finding.problem(
              SUBJECT,
              "%s knows %s, which does not answer at %s (%s)"
                  .formatted(
                      asked, peer.owner(), String.join(", ", peer.addresses()), silent.why()),
              "start it again, or look at the network between");
    };
  }

  private static Finding unknown(Endpoint enrp, boolean isNamed, String why) {
    return isNamed
        ? Finding.problem(
            SUBJECT,
            "no registrar answers at " + enrp + " (" + why + ")",
            "name the ENRP address of a registrar by --enrp")
        : Finding.ok(
            SUBJECT,
            "not looked at: no registrar answers at " + enrp + "; --enrp names another address");
  }
}

package io.rserpool.registrar.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.rserpool.engine.Event;
import io.rserpool.engine.peers.PeerEvent;
import io.rserpool.engine.registrar.AccessEvent;
import io.rserpool.engine.registrar.DeathSource;
import io.rserpool.engine.registrar.RegistrarEvent;
import io.rserpool.net.NetEvent;
import io.rserpool.protocol.CauseCode;
import java.util.List;
import java.util.stream.Stream;

/// Counts events. Called on the registrar's thread; quick, and without locks.
final class EventCounts {

  private final Counter registrations;
  private final Counter registrationsRefused;
  private final Counter deregistrations;
  private final Counter removals;
  private final Counter takenOut;
  private final Counter expelled;
  private final Counter reports;
  private final Counter unauthorised;
  private final Counter overLimit;
  private final Counter malformed;
  private final Counter takeovers;
  private final Counter peersDead;
  private final Counter impostors;
  private final Counter updatesIgnored;
  private final Counter connectionsRefused;
  private final Counter associationsAborted;
  private final Counter handshakesFailed;
  private final Counter renewals;
  private final Counter announcementsDropped;
  private final Counter policies;

  EventCounts(PrometheusRegistry registry) {
    Counters all = new Counters(registry);
    registrations =
        all.of(
            "rserpool_registrations",
            "Registrations that were accepted: of new elements, and of those that are known.",
            "kind",
            List.of("new", "renewed"));
    registrationsRefused =
        all.of(
            "rserpool_registrations_refused",
            "Registrations and deregistrations that were refused, by the cause of RFC 5354 that was"
                + " told.",
            "cause",
            Stream.of(CauseCode.values()).map(CauseCode::text).toList());
    deregistrations = all.of("rserpool_deregistrations", "Elements that left by their own will.");
    removals =
        all.of(
            "rserpool_elements_removed",
            "Elements that were found dead, by what they were found; keep-alive is a time-out.",
            "source",
            Stream.of(DeathSource.values()).map(DeathSource::toString).toList());
    takenOut = all.of("rserpool_elements_taken_out", "Elements that were taken out by hand.");
    expelled =
        all.of("rserpool_elements_expelled", "Elements that the policy does not allow any more.");
    reports =
        all.of("rserpool_reports", "Reports of unreachable elements that were taken seriously.");
    unauthorised =
        all.of(
            "rserpool_unauthorised",
            "Requests beside registrations that the policy does not allow, by what was wanted.",
            "wanted",
            Words.WANTED.all());
    overLimit =
        all.of(
            "rserpool_over_limit",
            "Requests beyond a limit, by what is limited.",
            "limit",
            Words.LIMIT.all());
    malformed =
        all.of("rserpool_malformed_messages", "Messages that could not be read or made no sense.");
    takeovers =
        all.of(
            "rserpool_takeovers",
            "Takeovers of dead registrars: begun by this one, won by it, left to another one, and"
                + " done by another one.",
            "step",
            List.of("begun", "won", "yielded", "other"));
    peersDead = all.of("rserpool_peers_dead", "Registrars that were found dead.");
    impostors =
        all.of("rserpool_peer_impostors", "Registrars that spoke in the name of another one.");
    updatesIgnored =
        all.of("rserpool_peer_updates_ignored", "Updates of peers that were not followed.");
    connectionsRefused =
        all.of(
            "rserpool_connections_refused",
            "Connections that were not let in.",
            "reason",
            Words.REFUSAL.all());
    associationsAborted =
        all.of(
            "rserpool_associations_aborted",
            "Associations that were broken since their peer offended against a limit of the network.");
    handshakesFailed =
        all.of(
            "rserpool_tls_handshakes_failed",
            "Callers that could not be secured, or did not prove who they are.",
            "reason",
            Words.HANDSHAKE.all());
    renewals =
        all.of(
            "rserpool_tls_certificate_renewals",
            "New certificate files: taken into use, or unusable.",
            "result",
            List.of("used", "unusable"));
    announcementsDropped =
        all.of(
            "rserpool_announcements_dropped_events",
            "How often it was told that multicast announcements came too fast; once for a hundred.");
    policies =
        all.of(
            "rserpool_policy_reloads",
            "Changes of the policy file: put into force, or with mistakes.",
            "result",
            List.of("applied", "failed"));
  }

  /// The policy file has mistakes.
  void policyFailed() {
    policies.labelValues("failed").inc();
  }

  void count(Event event) {
    switch (event) {
      case RegistrarEvent told -> count(told);
      case AccessEvent told -> count(told);
      case PeerEvent told -> count(told);
      case NetEvent told -> count(told);
      default -> {
        // Whatever has no number.
      }
    }
  }

  private void count(RegistrarEvent event) {
    switch (event) {
      case RegistrarEvent.Registered _ -> registrations.labelValues("new").inc();
      case RegistrarEvent.Renewed _ -> registrations.labelValues("renewed").inc();
      case RegistrarEvent.Deregistered _ -> deregistrations.inc();
      case RegistrarEvent.Removed removed ->
          removals.labelValues(removed.source().toString()).inc();
      case RegistrarEvent.TakenOut _ -> takenOut.inc();
      case RegistrarEvent.Rejected rejected ->
          registrationsRefused.labelValues(rejected.cause().cause().text()).inc();
      case RegistrarEvent.Reported _ -> reports.inc();
      case RegistrarEvent.LimitHit hit -> overLimit.labelValues(Words.LIMIT.of(hit.limit())).inc();
      case RegistrarEvent.Malformed _ -> malformed.inc();
      case RegistrarEvent.Started _,
          RegistrarEvent.Stopped _,
          RegistrarEvent.Orphaned _,
          RegistrarEvent.Uncallable _,
          RegistrarEvent.ErrorReceived _,
          RegistrarEvent.IntervalChanged _,
          RegistrarEvent.BrakeChanged _,
          RegistrarEvent.SelfDoubted _ -> {}
    }
  }

  private void count(AccessEvent event) {
    switch (event) {
      case AccessEvent.Unauthorised refused ->
          unauthorised.labelValues(Words.WANTED.of(refused.wanted())).inc();
      case AccessEvent.Expelled _ -> expelled.inc();
      case AccessEvent.PolicyChanged _ -> policies.labelValues("applied").inc();
    }
  }

  private void count(PeerEvent event) {
    switch (event) {
      case PeerEvent.Dead _ -> peersDead.inc();
      case PeerEvent.TakeoverBegun _ -> takeovers.labelValues("begun").inc();
      case PeerEvent.TakeoverWon _ -> takeovers.labelValues("won").inc();
      case PeerEvent.TakeoverYielded _ -> takeovers.labelValues("yielded").inc();
      case PeerEvent.TakenOver _ -> takeovers.labelValues("other").inc();
      case PeerEvent.UpdateIgnored _ -> updatesIgnored.inc();
      case PeerEvent.Impostor _ -> impostors.inc();
      case PeerEvent.Found _,
          PeerEvent.Heard _,
          PeerEvent.Unreachable _,
          PeerEvent.Reached _,
          PeerEvent.Suspected _,
          PeerEvent.Returned _,
          PeerEvent.TakenForDead _,
          PeerEvent.Synchronised _,
          PeerEvent.RequestFailed _,
          PeerEvent.OutOfStep _,
          PeerEvent.Resynchronised _,
          PeerEvent.IdentifierClash _ -> {}
    }
  }

  private void count(NetEvent event) {
    switch (event) {
      case NetEvent.ConnectionRefused refused ->
          connectionsRefused.labelValues(Words.REFUSAL.of(refused.reason())).inc();
      case NetEvent.HandshakeFailed failed ->
          handshakesFailed.labelValues(Words.HANDSHAKE.of(failed.reason())).inc();
      case NetEvent.CertificateRenewed _ -> renewals.labelValues("used").inc();
      case NetEvent.CertificateUnusable _ -> renewals.labelValues("unusable").inc();
      case NetEvent.AssociationAborted _ -> associationsAborted.inc();
      case NetEvent.AnnouncementsDropped _ -> announcementsDropped.inc();
      case NetEvent.CertificateExpires _,
          NetEvent.KeyExposed _,
          NetEvent.PathChanged _,
          NetEvent.MulticastUnavailable _,
          NetEvent.NodeFailed _ -> {}
    }
  }
}

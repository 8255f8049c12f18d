package io.rserpool.cli.doctor;

import io.rserpool.cli.reach.Answer;
import io.rserpool.cli.reach.Silence;
import io.rserpool.engine.Endpoint;
import io.rserpool.net.tls.TlsOptions;
import io.rserpool.protocol.Profile;
import java.io.IOException;
import java.time.Duration;

/// Asks a registrar for a pool that nobody has, and takes the time until it says so.
final class RegistrarCheck {
  private static final String SUBJECT = "registrar";
  private static final Duration LIMIT = Duration.ofSeconds(2);
  private static final long SLOW_MS = 250;

  /// With handshake, at a machine that has done none so far.
  private static final long SLOW_TLS_MS = 1_000;

  private RegistrarCheck() {}

  static Finding run(Endpoint registrar, Profile profile, TlsOptions tls) {
    Answer answer;
    try {
      answer = Answer.of(registrar, profile, tls, LIMIT);
    } catch (IOException e) {
      Silence silence = Silence.explain(registrar, profile, tls, e);
      return Finding.problem(
          SUBJECT,
          registrar + " gives no answer (" + silence.why() + ")",
          silence.advice().isEmpty()
              ? "start one with 'rserpool registrar', or name another with --registrar"
              : silence.advice());
    }
    String who = tls.isOn() ? " as " + answer.identity().name() : "";
    long ms = answer.took().toMillis();
    return ms < (tls.isOn() ? SLOW_TLS_MS : SLOW_MS)
        ? Finding.ok(SUBJECT, registrar + " answers in " + ms + " ms" + who)
        : Finding.warn(
            SUBJECT,
            registrar + " answers only after " + ms + " ms" + who,
            "look at its machine's load and at the network between");
  }

  /// A single registrar is a single point of failure: who knows only that one, and cannot be called
  /// by the others, is lost with it until it returns.
  static Finding count(int registrars) {
    return registrars > 1
        ? Finding.ok("registrars", registrars + " are configured")
        : Finding.warn(
            "registrars",
            "only one is configured",
            "name two or more (--registrar A,B): whoever knows only one finds no other while that is"
                + " down");
  }

  /// Whether a registrar answers at a port of this machine.
  static boolean answers(Endpoint registrar, Profile profile, TlsOptions tls) {
    try {
      Answer _ = Answer.of(registrar, profile, tls, LIMIT);
      return true;
    } catch (IOException _) {
      return false;
    }
  }
}

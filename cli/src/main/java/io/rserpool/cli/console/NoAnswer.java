package io.rserpool.cli.console;

import io.rserpool.cli.reach.Answer;
import io.rserpool.cli.reach.Silence;
import io.rserpool.engine.Endpoint;
import io.rserpool.net.tls.TlsOptions;
import io.rserpool.protocol.Profile;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Why no registrar answers, found out by calling all of them once more.
public final class NoAnswer {
  private static final Duration LIMIT = Duration.ofSeconds(2);
  private static final String USUAL_ADVICE =
      "Trying again makes sense once one runs there: 'rserpool registrar' starts one,"
          + " 'rserpool doctor' looks for the cause.";

  private NoAnswer() {}

  /// What is seen at each of the registrars, and what to do.
  public static String explain(RegistrarOption option) {
    TlsOptions tls = option.tlsOptions();
    List<Endpoint> registrars = option.registrars();
    List<Silence> silences = look(registrars, option.profile(), tls);
    List<String> seen = new ArrayList<>();
    for (int i = 0; i < registrars.size(); i++) {
      String why = silences.get(i).why();
      seen.add(registrars.get(i) + (why.isEmpty() ? "" : " (" + why + ")"));
    }
    String advice =
        silences.stream()
            .map(Silence::advice)
            .filter(each -> !each.isEmpty())
            .findFirst()
            .map(Sentence::of)
            .orElse(USUAL_ADVICE);
    return "no registrar answers at " + String.join(", ", seen) + ". " + advice;
  }

  private static List<Silence> look(List<Endpoint> registrars, Profile profile, TlsOptions tls) {
    try (ExecutorService all = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Silence>> looks =
          registrars.stream()
              .map(registrar -> all.submit(() -> look(registrar, profile, tls)))
              .toList();
      List<Silence> silences = new ArrayList<>();
      for (Future<Silence> look : looks) {
        silences.add(look.get());
      }
      return silences;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return registrars.stream().map(_ -> new Silence("", "")).toList();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Silence look(Endpoint registrar, Profile profile, TlsOptions tls) {
    return switch (registrar.scheme()) {
      case TCP, TLS -> {
        try {
          Answer _ = Answer.of(registrar, profile, tls, LIMIT);
          yield new Silence("it answers now", "try again");
        } catch (IOException e) {
          yield Silence.explain(registrar, profile, tls, e);
        }
      }
      case SCTP, SCTP_UDP, IN_PROCESS -> new Silence("", "");
    };
  }
}

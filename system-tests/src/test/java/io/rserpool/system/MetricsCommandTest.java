package io.rserpool.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.pki.Role;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Metrics of a registrar that runs as a process, while its certificate is renewed.
@Tag("system")
class MetricsCommandTest {
  private final Stage stage = new Stage();

  @TempDir private Path directory;

  @AfterEach
  void end() {
    stage.close();
  }

  private static double value(String address, String name) {
    try (HttpClient client = HttpClient.newHttpClient()) {
      String text =
          client
              .send(
                  HttpRequest.newBuilder(URI.create(address)).build(),
                  HttpResponse.BodyHandlers.ofString())
              .body();
      return text.lines()
          .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
          .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
          .sum();
    } catch (IOException e) {
      throw new AssertionError(address + " is not to be read", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  @Test
  void theEndOfTheCertificateIsToldAndChangesWhenItIsRenewed() {
    ScopePapers papers = ScopePapers.make(directory.resolve("pki"), "test");
    String option = papers.issue(Role.REGISTRAR, "one", Instant.now().minusSeconds(1_000));
    RunningRegistrar registrar =
        RunningRegistrar.await(
            stage.start(
                "registrar",
                "--asap=tls://127.0.0.1:0",
                "--enrp=tls://127.0.0.1:0",
                "--metrics=127.0.0.1:0",
                option));
    String address =
        registrar.process().err().await("metrics: (http://\\S+)", CliProcess.LIMIT).group(1);
    double before = value(address, "rserpool_tls_certificate_not_after_seconds");
    assertThat(before).isGreaterThan((double) Instant.now().getEpochSecond());
    assertThat(value(address, "rserpool_tls_certificate_renewals_total")).isZero();

    papers.renew(Role.REGISTRAR, "one");
    registrar.process().err().await("event=CertificateRenewed", CliProcess.LIMIT);
    assertThat(value(address, "rserpool_tls_certificate_not_after_seconds")).isGreaterThan(before);
    assertThat(value(address, "rserpool_tls_certificate_renewals_total")).isEqualTo(1);
  }

  @Test
  void anAddressThatIsNoneIsRefused() {
    CliResult result = CliProcess.run("registrar", "--metrics=http://here/metrics");
    assertThat(result.exitCode()).as("%s", result).isEqualTo(2);
    assertThat(result.err()).contains("--metrics", "127.0.0.1:9464");
  }
}

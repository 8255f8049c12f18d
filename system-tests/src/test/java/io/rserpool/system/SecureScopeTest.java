package io.rserpool.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.pki.Role;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A scope in which everything goes over TLS, with real processes and certificates.
@Tag("system")
class SecureScopeTest {
  private static final String ANYWHERE = "tls://127.0.0.1:0";

  private final Stage stage = new Stage();

  @TempDir private Path directory;
  private ScopePapers papers;
  private RunningRegistrar one;
  private RunningRegistrar two;

  @BeforeEach
  void begin() {
    papers = ScopePapers.make(directory.resolve("pki"), "test");
    one = registrar("one");
    two = registrar("two", "--peer=" + one.enrp());
    one.process().err().await("event=Found peer=" + two.id(), CliProcess.LIMIT);
  }

  @AfterEach
  void end() {
    stage.close();
  }

  @Test
  void aSessionSurvivesItsServerThenThatServersRegistrarAndRenewalWithoutAGap() {
    List<RunningServer> servers = List.of(pingPong("one"), pingPong("two"));
    CliProcess client = client("pingpong", "--interval=50ms", "--log-level=info");
    String first = servedBy(client, 0);
    RunningServer victim = server(servers, first);
    RunningServer other = servers.get(1 - servers.indexOf(victim));

    // New certificates for everybody, while all of them talk.
    papers.renew(Role.REGISTRAR, "one");
    papers.renew(Role.REGISTRAR, "two");
    papers.renew(Role.ELEMENT, "one");
    papers.renew(Role.ELEMENT, "two");
    papers.renew(Role.USER, "client");
    for (CliProcess each :
        List.of(one.process(), two.process(), other.process(), victim.process(), client)) {
      each.err().await("certificate of rserpool://test/.* renewed", CliProcess.LIMIT);
    }
    assertThat(client.out().text()).doesNotContain("moved");

    // Whoever connects from here on does so by the new certificates.
    victim.process().kill();
    client
        .out()
        .await(
            "moved from element " + first + " .* to " + other.id() + " .*with its cookie",
            CliProcess.LIMIT);
    home(client).process().kill();
    client.err().await("registrar=\\S+ lost: ", CliProcess.LIMIT);
    client
        .err()
        .await(
            "registrar=tls://\\S+ found", client.err().indexAfter(" lost: ", 0), CliProcess.LIMIT);
    servedBy(client, client.out().size());
    assertThat(client.out().text().lines().filter(line -> line.startsWith("moved"))).hasSize(1);
    assertThat(client.out().text()).doesNotContain("GAP");
  }

  @Test
  void aStrangerGetsNowhereAndIsToldWhy() {
    pingPong("one");
    ScopePapers others = ScopePapers.make(directory.resolve("other"), "test");
    String user = others.issue(Role.USER, "client");
    CliResult asked = CliProcess.run("resolve", "PingPongPool", "--registrar=" + one.asap(), user);
    assertThat(asked.exitCode()).as("%s", asked).isEqualTo(1);
    assertThat(asked.out()).isEmpty();
    assertThat(asked.err())
        .contains(
            one.asap(), "its certificate is not of an authority", "of the registrar's own scope");

    CliResult dumped = CliProcess.run("dump", one.enrp(), user);
    assertThat(dumped.exitCode()).as("%s", dumped).isEqualTo(1);
    assertThat(dumped.out()).isEmpty();
    assertThat(dumped.err()).contains("its certificate is not of an authority");

    CliProcess registrar =
        stage.start(
            "registrar",
            "--asap=" + ANYWHERE,
            "--enrp=" + ANYWHERE,
            "--peer=" + one.enrp(),
            others.issue(Role.REGISTRAR, "three"));
    registrar
        .err()
        .await(
            "configured peer at " + one.enrp().replace("tls:", "t(cp|ls):") + " cannot be reached",
            CliProcess.LIMIT);
    CliProcess server =
        stage.start(
            "serve", "echo", "--registrar=" + one.asap(), others.issue(Role.ELEMENT, "one"));
    server
        .err()
        .await("rserpool serve: no registrar answers at .* not of an authority", CliProcess.LIMIT);
    CliResult seen = CliProcess.run("dump", one.enrp(), papers.issue(Role.ADMINISTRATOR, "root"));
    assertThat(seen.out()).as("%s", seen).contains("1 pool, 1 element", "1 peer");
  }

  @Test
  void whoseCertificateHasExpiredIsToldSo() {
    String user = papers.issue(Role.USER, "late", Instant.now().minus(Duration.ofHours(3)));
    CliResult result = CliProcess.run("resolve", "EchoPool", "--registrar=" + one.asap(), user);
    assertThat(result.exitCode()).as("%s", result).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains(one.asap(), "this side's certificate");
    CliResult doctor = CliProcess.run("doctor", "--registrar=" + one.asap(), user);
    assertThat(doctor.exitCode()).as("%s", doctor).isEqualTo(1);
    assertThat(doctor.out()).containsPattern("problem +certificate +expired at ");
  }

  @Test
  void whoSpeaksTlsWhereTheOtherDoesNotIsToldSo() {
    String plainly = one.asap().replace("tls:", "tcp:");
    CliResult plain = CliProcess.run("resolve", "EchoPool", "--registrar=" + plainly);
    assertThat(plain.exitCode()).as("%s", plain).isEqualTo(1);
    assertThat(plain.err()).contains("speaks TLS", "--tls DIR");

    RunningRegistrar open = stage.registrar();
    String secured = open.asap().replace("tcp:", "tls:");
    CliResult late =
        CliProcess.run(
            "resolve", "EchoPool", "--registrar=" + secured, papers.issue(Role.USER, "a"));
    assertThat(late.exitCode()).as("%s", late).isEqualTo(1);
    assertThat(late.err()).contains("a registrar without TLS answers there", "Leave --tls out");
    CliResult dump =
        CliProcess.run("dump", open.enrp().replace("tcp:", "tls:"), papers.issue(Role.USER, "b"));
    assertThat(dump.err()).as("%s", dump).contains("a registrar without TLS answers there");
  }

  @Test
  void whatLooksAfterAScopeSpeaksTlsAsWell() {
    RunningServer server = pingPong("one");
    CliProcess watch = client("watch", "PingPongPool");
    watch.out().await("present " + server.id(), CliProcess.LIMIT);
    String operator = papers.issue(Role.ADMINISTRATOR, "root");

    CliResult dump = CliProcess.run("dump", one.enrp(), operator);
    assertThat(dump.exitCode()).as("%s", dump).isZero();
    assertThat(dump.out())
        .contains(server.id())
        .containsPattern(two.id() + " +" + two.enrp() + " .*in step");
    CliResult doctor =
        CliProcess.run("doctor", "--registrar=" + both(), "--enrp=" + one.enrp(), operator);
    assertThat(doctor.out())
        .as("%s", doctor)
        .contains("as rserpool://test/registrar/one", "as rserpool://test/registrar/two")
        .contains(one.id() + " knows " + two.id());
    CliResult remove =
        CliProcess.run("remove", "PingPongPool", server.id(), "--registrar=" + both(), operator);
    assertThat(remove.exitCode()).as("%s", remove).isZero();
    watch.out().await("left " + server.id(), CliProcess.LIMIT);
  }

  @Test
  void rolesDecideWhoMayDoWhat() {
    RunningServer server = pingPong("one");
    String user = papers.issue(Role.USER, "curious");
    String at = "--registrar=" + both();
    CliResult dump = CliProcess.run("dump", one.enrp(), user);
    assertThat(dump.exitCode()).as("%s", dump).isEqualTo(1);
    assertThat(dump.out()).isEmpty();
    assertThat(dump.err()).contains("rserpool://test/user/curious", "administrators");

    CliResult serve = CliProcess.run("serve", "echo", at, user);
    assertThat(serve.exitCode()).as("%s", serve).isEqualTo(1);
    assertThat(serve.err()).contains("Security Considerations", "rserpool://test/user/curious");

    CliResult remove = CliProcess.run("remove", "PingPongPool", server.id(), at, user);
    assertThat(remove.exitCode()).as("%s", remove).isEqualTo(1);
    assertThat(remove.err()).contains("Security Considerations", "rserpool://test/user/curious");

    CliResult registrar =
        CliProcess.run("registrar", "--asap=" + ANYWHERE, "--enrp=" + ANYWHERE, user);
    assertThat(registrar.exitCode()).as("%s", registrar).isEqualTo(2);
    assertThat(registrar.err()).contains("rserpool://test/user/curious", "is no registrar");

    CliResult left = CliProcess.run("resolve", "PingPongPool", at, user);
    assertThat(left.out()).as("%s", left).contains(server.id());
  }

  private RunningRegistrar registrar(String name, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "registrar",
                "--asap=" + ANYWHERE,
                "--enrp=" + ANYWHERE,
                papers.issue(Role.REGISTRAR, name)));
    arguments.addAll(List.of(more));
    return RunningRegistrar.await(stage.start(arguments.toArray(String[]::new)));
  }

  private RunningServer pingPong(String name) {
    return stage.serve(both(), "pingpong", papers.issue(Role.ELEMENT, name));
  }

  private CliProcess client(String... command) {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(List.of("--registrar=" + both(), papers.issue(Role.USER, "client")));
    return stage.start(arguments.toArray(String[]::new));
  }

  private String both() {
    return one.asap() + "," + two.asap();
  }

  private static String servedBy(CliProcess client, int from) {
    return client
        .out()
        .await("reply \\d+ from element (0x[0-9a-f]{8})", from, CliProcess.LIMIT)
        .group(1);
  }

  private static RunningServer server(List<RunningServer> servers, String id) {
    return servers.stream().filter(server -> server.id().equals(id)).findFirst().orElseThrow();
  }

  /// The registrar that the client uses.
  private RunningRegistrar home(CliProcess client) {
    String at = client.err().await("registrar=(tls://\\S+) found", CliProcess.LIMIT).group(1);
    return at.equals(one.asap()) ? one : two;
  }
}

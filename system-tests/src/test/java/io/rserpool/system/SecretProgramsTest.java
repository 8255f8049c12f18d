package io.rserpool.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.pki.Role;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// All that the programs of a secured scope print at the most detailed level has nothing secret in it.
@Tag("system")
class SecretProgramsTest {
  private static final String PAYLOAD = "swordfish: what the user says to his server alone";

  private final Stage stage = new Stage();
  private final List<CliProcess> running = new ArrayList<>();
  private final List<String> printed = new ArrayList<>();

  @TempDir private Path directory;

  @AfterEach
  void end() {
    stage.close();
  }

  private CliProcess start(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--log-level=trace");
    CliProcess process = stage.start(all.toArray(String[]::new));
    running.add(process);
    return process;
  }

  private void run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--log-level=trace");
    CliResult result = CliProcess.run(all.toArray(String[]::new));
    assertThat(result.err()).as("%s", result).doesNotContain("Unknown option");
    printed.add(result.out());
    printed.add(result.err());
  }

  /// Each secret in the ways in which it is commonly written.
  private List<String> secrets(Path cookieKeys) throws IOException, GeneralSecurityException {
    List<String> secrets = new ArrayList<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.toList()) {
        if (file.endsWith("key.pem") || file.endsWith("authority.key")) {
          List<String> lines =
              Files.readAllLines(file).stream().filter(line -> !line.startsWith("-----")).toList();
          secrets.addAll(lines);
          byte[] encoded = Base64.getDecoder().decode(String.join("", lines));
          BigInteger number =
              ((ECPrivateKey)
                      KeyFactory.getInstance("EC")
                          .generatePrivate(new PKCS8EncodedKeySpec(encoded)))
                  .getS();
          secrets.addAll(
              List.of(
                  number.toString(),
                  number.toString(16),
                  Base64.getEncoder().encodeToString(number.toByteArray())));
        }
      }
    }
    for (String line : Files.readAllLines(cookieKeys)) {
      String[] words = line.strip().split("\\s+");
      if (words.length == 3) {
        secrets.add(words[1]);
        secrets.add(HexFormat.of().formatHex(Base64.getDecoder().decode(words[1])));
      }
    }
    byte[] payload = PAYLOAD.getBytes(StandardCharsets.UTF_8);
    secrets.add(PAYLOAD);
    secrets.add(HexFormat.of().formatHex(payload));
    secrets.add(Base64.getEncoder().encodeToString(payload));
    return secrets;
  }

  @Test
  void nothingSecretIsPrinted() throws Exception {
    ScopePapers papers = ScopePapers.make(directory.resolve("pki"), "test");
    Path cookieKeys = directory.resolve("cookie.keys");
    run("cookie-keys", "create", cookieKeys.toString());
    RunningRegistrar registrar =
        RunningRegistrar.await(
            start(
                "registrar",
                "--asap=tls://127.0.0.1:0",
                "--enrp=tls://127.0.0.1:0",
                papers.issue(Role.REGISTRAR, "one")));
    String at = "--registrar=" + registrar.asap();
    for (String name : List.of("one", "two")) {
      start("serve", "echo", at, "--cookie-keys=" + cookieKeys, papers.issue(Role.ELEMENT, name))
          .out()
          .await("0x[0-9a-f]{8}", CliProcess.LIMIT);
    }
    CliProcess user = start("connect", "EchoPool", at, papers.issue(Role.USER, "one"));
    user.type(PAYLOAD);
    // What the user wanted to read; everything else that he is told is looked at.
    user.out().await("swordfish", CliProcess.LIMIT);

    String operator = papers.issue(Role.ADMINISTRATOR, "root");
    run("dump", registrar.enrp(), operator);
    run("dump", registrar.enrp(), "--json", operator);
    run("doctor", at, "--enrp=" + registrar.enrp(), operator);
    run("resolve", "EchoPool", at, operator);
    run("pki", "show", directory.resolve("pki").toString());
    run(
        "resolve",
        "EchoPool",
        at,
        ScopePapers.make(directory.resolve("other"), "test").issue(Role.USER, "x"));

    for (CliProcess each : running) {
      printed.add(each.err().text());
      if (each != user) {
        printed.add(each.out().text());
      }
    }
    List<String> secrets = secrets(cookieKeys);
    assertThat(secrets).hasSizeGreaterThan(40);
    assertThat(String.join("", printed)).contains("event=Registered");
    for (String text : printed) {
      assertThat(secrets).as(text).noneMatch(text::contains);
    }
  }

  @Test
  void aKeyThatOthersCanReadIsComplainedOf() throws Exception {
    ScopePapers papers = ScopePapers.make(directory.resolve("pki"), "test");
    String option = papers.issue(Role.USER, "one");
    String nowhere = "--registrar=tls://127.0.0.1:1";
    CliResult good = CliProcess.run("resolve", "EchoPool", nowhere, option);
    assertThat(good.err()).doesNotContain("others can read");
    Files.setPosixFilePermissions(
        directory.resolve("pki/user-one/key.pem"), PosixFilePermissions.fromString("rw-r--r--"));
    CliResult exposed = CliProcess.run("resolve", "EchoPool", nowhere, option);
    assertThat(exposed.err())
        .as("%s", exposed)
        .containsOnlyOnce("others can read")
        .contains("rw-r--r--", "chmod 600");
  }
}

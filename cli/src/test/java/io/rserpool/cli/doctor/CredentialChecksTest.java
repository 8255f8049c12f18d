package io.rserpool.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.pki.Authority;
import io.rserpool.pki.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialChecksTest {
  private static final Duration LIFE = Duration.ofDays(7);

  @TempDir private Path directory;
  private Instant issued;
  private Authority authority;
  private Path own;

  @BeforeEach
  void begin() {
    issued = Instant.parse("2026-11-23T12:00:00Z");
    authority = authority("pki");
    own = issue(authority, Role.ELEMENT, "e1", Role.ELEMENT.usualHosts());
  }

  private Authority authority(String name) {
    return Authority.create(directory.resolve(name), "test", Duration.ofDays(100), issued);
  }

  private Path issue(Authority by, Role role, String name, List<String> hosts) {
    Path folder = directory.resolve(role.word() + "-" + name);
    by.issue(role, name, hosts, LIFE, issued).write(folder);
    return folder;
  }

  private List<Finding> findings(Path files, Duration later) {
    return new CredentialChecks(files, InstantSource.fixed(issued.plus(later))).run();
  }

  private Finding finding(String subject, Duration later) {
    return findings(own, later).stream()
        .filter(each -> each.subject().equals(subject))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void goodFilesAreFoundGoodAndSaidToBeWhose() {
    List<Finding> findings = findings(own, Duration.ofHours(1));
    assertThat(findings).extracting(Finding::grade).containsOnly(Finding.Grade.OK);
    assertThat(findings)
        .extracting(Finding::subject)
        .containsExactly("certificate", "name", "key", "authority");
    assertThat(findings.toString())
        .contains("rserpool://test/element/e1, for localhost, 127.0.0.1, ::1")
        .contains("6 d left", "authority of test")
        .doesNotContain("PRIVATE");
  }

  @Test
  void threeQuartersOfALifeAreGoodAndAMomentMoreIsAWarning() {
    Duration threeQuarters = LIFE.multipliedBy(3).dividedBy(4);
    assertThat(finding("certificate", threeQuarters.minusSeconds(1)).grade())
        .isEqualTo(Finding.Grade.OK);
    Finding late = finding("certificate", threeQuarters);
    assertThat(late.grade()).isEqualTo(Finding.Grade.WARN);
    assertThat(late.toLine()).contains("1 d left", "rserpool pki renew " + own);
  }

  @Test
  void anExpiredCertificateIsAProblem() {
    Finding expired = finding("certificate", LIFE.plusSeconds(1));
    assertThat(expired.grade()).isEqualTo(Finding.Grade.PROBLEM);
    assertThat(expired.text()).contains("expired at 2026-11-30T12:00:00Z");
    assertThat(finding("authority", LIFE.plusSeconds(1)).grade()).isEqualTo(Finding.Grade.OK);
  }

  @Test
  void aCertificateOfTheFutureSpeaksOfTheClock() {
    Finding early = finding("certificate", Duration.ofHours(-1));
    assertThat(early.grade()).isEqualTo(Finding.Grade.PROBLEM);
    assertThat(early.toLine())
        .contains("2026-11-23T11:55:00Z on only", "2026-11-23T11:00:00Z here", "set the clock");
  }

  @Test
  void aKeyThatOthersCanReadIsAProblem() throws IOException {
    Path key = own.resolve("key.pem");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));
    Finding open = finding("key", Duration.ZERO);
    assertThat(open.grade()).isEqualTo(Finding.Grade.PROBLEM);
    assertThat(open.toLine()).contains("rw-r-----", "chmod 600 " + key);
  }

  @Test
  void aKeyOfAnotherCertificateIsAProblem() throws IOException {
    Path other = issue(authority, Role.ELEMENT, "e2", List.of());
    copy(other, "key.pem");
    Finding foreign = finding("key", Duration.ZERO);
    assertThat(foreign.grade()).isEqualTo(Finding.Grade.PROBLEM);
    assertThat(foreign.text()).contains("does not belong to the certificate");
  }

  @Test
  void anAuthorityThatDidNotIssueTheCertificateIsAProblem() throws IOException {
    copy(issue(authority("other"), Role.USER, "u1", List.of()), "authority.pem");
    Finding strange = finding("authority", Duration.ofHours(1));
    assertThat(strange.grade()).isEqualTo(Finding.Grade.PROBLEM);
    assertThat(strange.text()).contains("no authority that the own certificate leads to");
  }

  @Test
  void anAuthorityAtItsEndIsAWarning() {
    Finding late = finding("authority", Duration.ofDays(95));
    assertThat(late.grade()).isEqualTo(Finding.Grade.WARN);
  }

  @Test
  void aServerWithoutHostsIsAWarningAndAUserWithoutIsNot() {
    own = issue(authority, Role.REGISTRAR, "r1", List.of());
    assertThat(finding("name", Duration.ZERO).grade()).isEqualTo(Finding.Grade.WARN);
    own = issue(authority, Role.USER, "u1", List.of());
    assertThat(finding("name", Duration.ZERO).grade()).isEqualTo(Finding.Grade.OK);
  }

  @Test
  void filesThatAreNotThereAreProblems() {
    List<Finding> findings = findings(directory.resolve("nobody"), Duration.ZERO);
    assertThat(findings).extracting(Finding::grade).containsOnly(Finding.Grade.PROBLEM);
    assertThat(findings).extracting(Finding::subject).contains("certificate", "key", "authority");
  }

  private void copy(Path from, String file) throws IOException {
    Files.copy(from.resolve(file), own.resolve(file), StandardCopyOption.REPLACE_EXISTING);
  }
}

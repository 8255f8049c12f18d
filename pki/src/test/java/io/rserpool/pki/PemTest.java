package io.rserpool.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PemTest {

  private static final String COMMAND =
      "mvn test -pl pki -am -Dsurefire.failIfNoSpecifiedTests=false -Dtest=PemTest"
          + " -Drserpool.seed=";

  @TempDir private Path folder;

  private Path certificate;
  private Path key;

  @BeforeEach
  void write() {
    Fixtures.issue(Fixtures.authority(folder.resolve("pki")), Role.USER, "u").write(folder);
    certificate = folder.resolve("certificate.pem");
    key = folder.resolve("key.pem");
  }

  @Test
  void textAroundAndLineEndsOfOtherSystemsDoNotMatter() throws IOException {
    String text = Files.readString(key).lines().reduce("", (a, b) -> a + b + "\r\n");
    var expected = Pem.privateKey(key);
    Files.writeString(key, "Some notes\r\n" + text + "\r\nmore\r\n");
    assertThat(Pem.privateKey(key)).isEqualTo(expected);
  }

  @Test
  void whatIsExpectedAndWhatIsThereIsSaid() throws IOException {
    String aCertificate = certificate + ": expected a certificate (PEM, 'BEGIN CERTIFICATE'), but ";
    String aKey =
        key
            + ": expected an unencrypted private key of an elliptic curve (PEM, PKCS #8, 'BEGIN"
            + " PRIVATE KEY'), but ";
    String body = Files.readString(certificate).replaceAll("-----[^-]*-----\n", "");
    assertFault(certificate, "", aCertificate + "there is no PEM text in it");
    assertFault(
        certificate,
        "-----BEGIN CERTIFICATE-----\n" + body,
        aCertificate + "its PEM text is broken");
    assertFault(
        certificate,
        "-----BEGIN CERTIFICATE-----\n!!!!\n-----END CERTIFICATE-----\n",
        aCertificate + "its PEM text is broken");
    assertFault(certificate, Files.readString(key), aCertificate + "it has 'BEGIN PRIVATE KEY'");
    assertFault(key, "", aKey + "there is no PEM text in it");
    for (String label : List.of("ENCRYPTED PRIVATE KEY", "EC PRIVATE KEY", "CERTIFICATE")) {
      assertFault(
          key,
          "-----BEGIN " + label + "-----\nMIIB\n-----END " + label + "-----\n",
          aKey + "it has 'BEGIN " + label + "'");
    }
    assertFault(
        key,
        "-----BEGIN PRIVATE KEY-----\n" + body + "-----END PRIVATE KEY-----\n",
        aKey + "what is encoded there is none");
    Files.write(key, new byte[(1 << 20) + 1]);
    assertThatThrownBy(() -> Pem.privateKey(key))
        .hasMessageEndingWith("of at most 1048576 bytes, but it has more");
    Files.delete(key);
    Files.createDirectory(key);
    Fixtures.setPermissions(key, "rw-------");
    assertThatThrownBy(() -> Pem.privateKey(key)).isInstanceOf(PkiException.class);
  }

  private void assertFault(Path file, String content, String message) throws IOException {
    Files.writeString(file, content);
    assertThatThrownBy(
            () -> {
              if (file.equals(key)) {
                Pem.privateKey(file);
              } else {
                Pem.certificate(file);
              }
            })
        .isInstanceOf(PkiException.class)
        .hasMessage(message);
  }

  @Test
  void damagedFilesAreReadOrRefusedAndShowNoKey() throws IOException {
    long seed = Long.getLong("rserpool.seed", System.nanoTime() & 0xffff_ffffL);
    SplittableRandom random = new SplittableRandom(seed);
    List<String> secret = Fixtures.pieces(key);
    int refused = 0;
    refused += damage(key, Pem::privateKey, random.split(), seed, secret);
    refused += damage(certificate, Pem::certificate, random.split(), seed, List.of("no secret"));
    assertThat(refused).as("refused; %s%d replays it", COMMAND, seed).isGreaterThan(500);
  }

  private int damage(
      Path file, Consumer<Path> reader, SplittableRandom random, long seed, List<String> secret)
      throws IOException {
    byte[] whole = Files.readAllBytes(file);
    int refused = 0;
    for (int i = 0; i < 1_000; i++) {
      Files.write(file, damaged(whole, random));
      try {
        reader.accept(file);
      } catch (PkiException e) {
        refused++;
        StringWriter trace = new StringWriter();
        e.printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString()).as("%s%d replays it", COMMAND, seed).doesNotContain(secret);
      } catch (RuntimeException e) {
        throw new AssertionError(COMMAND + seed + " replays it", e);
      }
    }
    Files.write(file, whole);
    return refused;
  }

  private static byte[] damaged(byte[] whole, SplittableRandom random) {
    byte[] copy = whole.clone();
    byte[] letters = "ABCDwxyz0189+/=-\n".getBytes(StandardCharsets.US_ASCII);
    switch (random.nextInt(4)) {
      case 0 -> copy[random.nextInt(copy.length)] = (byte) random.nextInt(256);
      case 1 -> copy = Arrays.copyOf(copy, random.nextInt(copy.length));
      case 2 -> {
        for (int i = 0; i < 5; i++) {
          copy[random.nextInt(copy.length)] = letters[random.nextInt(letters.length)];
        }
      }
      default -> {
        int at = random.nextInt(copy.length - 10);
        Arrays.fill(copy, at, at + random.nextInt(1, 10), letters[random.nextInt(letters.length)]);
      }
    }
    return copy;
  }
}

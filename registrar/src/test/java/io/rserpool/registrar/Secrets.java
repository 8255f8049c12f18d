package io.rserpool.registrar;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What must not be read anywhere, in all the ways in which bytes are commonly written.
final class Secrets {

  /// Shorter pieces are found by chance.
  private static final int PIECE = 16;

  /// What is looked for, and what it is.
  private final Map<String, String> needles = new LinkedHashMap<>();

  /// The private key of a PEM file: its lines, and the one number that matters.
  void addKey(Path pem) throws IOException, GeneralSecurityException {
    StringBuilder body = new StringBuilder();
    for (String line : Files.readAllLines(pem)) {
      if (!line.startsWith("-----") && !line.isBlank()) {
        body.append(line.strip());
        add(line.strip(), "a line of " + pem);
      }
    }
    byte[] encoded = Base64.getDecoder().decode(body.toString());
    ECPrivateKey key =
        (ECPrivateKey)
            KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(encoded));
    BigInteger number = key.getS();
    add(number.toString(), "the number of " + pem);
    addBytes(number.toByteArray(), "the number of " + pem);
  }

  /// The keys of a cookie key file: `version key time` in each line.
  void addCookieKeys(Path file) throws IOException {
    for (String line : Files.readAllLines(file)) {
      String[] words = line.strip().split("\\s+");
      if (words.length == 3 && !line.startsWith("#")) {
        add(words[1], "a key of " + file);
        addBytes(Base64.getDecoder().decode(words[1]), "a key of " + file);
      }
    }
  }

  /// A text of an application.
  void addText(String text, String what) {
    add(text, what);
    addBytes(text.getBytes(StandardCharsets.UTF_8), what);
  }

  private void addBytes(byte[] bytes, String what) {
    for (int from = 0; from + PIECE <= bytes.length; from += PIECE) {
      byte[] piece = Arrays.copyOfRange(bytes, from, from + PIECE);
      String hex = HexFormat.of().formatHex(piece);
      add(hex, what);
      add(hex.toUpperCase(Locale.ROOT), what);
      add(HexFormat.ofDelimiter(" ").formatHex(piece), what);
      add(HexFormat.ofDelimiter(":").formatHex(piece), what);
      String numbers = Arrays.toString(piece);
      add(numbers.substring(1, numbers.length() - 1), what);
      for (int shift = 0; shift < 3; shift++) {
        byte[] shifted = new byte[shift + PIECE];
        System.arraycopy(piece, 0, shifted, shift, PIECE);
        String base64 = Base64.getEncoder().encodeToString(shifted);
        // Without the characters that also depend on what is around it.
        add(base64.substring(shift == 0 ? 0 : 4, base64.length() - 4), what);
      }
    }
  }

  private void add(String needle, String what) {
    needles.put(needle, what);
  }

  int size() {
    return needles.size();
  }

  /// What of it is in a text; nothing, as it should be.
  Optional<String> in(String text) {
    return needles.entrySet().stream()
        .filter(needle -> text.contains(needle.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }
}

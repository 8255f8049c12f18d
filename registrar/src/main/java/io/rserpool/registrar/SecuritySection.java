package io.rserpool.registrar;

import io.rserpool.net.tls.TlsCredentials;
import io.rserpool.net.tls.TlsEngine;
import io.rserpool.net.tls.TlsException;
import io.rserpool.net.tls.TlsFiles;
import io.rserpool.net.tls.TlsOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/// Reads what a configuration says of security: the section `tls`, and the keys `policy` and
/// `insecure`.
final class SecuritySection {

  private static final List<String> KEYS =
      List.of(
          "tls.directory",
          "tls.verify-hosts",
          "tls.engine",
          "tls.handshake-rate",
          "tls.handshake-burst");

  private final YamlFile file;

  SecuritySection(YamlFile file) {
    this.file = file;
  }

  /// How the registrar is secured, with mistakes told to the file.
  Security read(@Nullable Node tls, @Nullable Node policy, @Nullable Node insecure) {
    Security security = Security.of(tls == null ? TlsOptions.OFF : tls(tls));
    if (policy != null) {
      Optional<YamlFile.Text> text = file.text("policy", policy);
      if (!security.tls().isOn() && tls == null) {
        file.mistake(
            YamlFile.lineOf(policy),
            "policy: needs the section tls: without it nobody proves who he is");
      } else if (text.isPresent() && security.tls().isOn()) {
        security = security.withPolicy(Path.of(text.get().text()));
      }
    }
    return insecure != null && flag("insecure", insecure) ? security.allowingInsecure() : security;
  }

  private TlsOptions tls(Node node) {
    SequencedMap<String, Node> section = file.section("tls", node);
    section.forEach((name, value) -> {
      if (!KEYS.contains("tls." + name)) {
        file.unknown("tls." + name, value, KEYS);
      }
    });
    Node directory = section.get("directory");
    if (directory == null) {
      file.mistake(
          YamlFile.lineOf(node),
          "tls: needs directory, where certificate.pem, key.pem and authority.pem are");
      return TlsOptions.OFF;
    }
    TlsEngine engine = engine(section.get("engine"));
    TlsOptions options =
        file.text("tls.directory", directory)
            .map(text -> load(text, engine))
            .orElse(TlsOptions.OFF);
    int rate =
        limit("tls.handshake-rate", section.get("handshake-rate"), options.handshakesPerSecond());
    int burst =
        limit("tls.handshake-burst", section.get("handshake-burst"), options.handshakesBurst());
    if (!options.isOn()) {
      return options;
    }
    Node verify = section.get("verify-hosts");
    TlsOptions limited = options.withHandshakes(rate, burst);
    return verify != null && flag("tls.verify-hosts", verify) ? limited.verifyingHosts() : limited;
  }

  private TlsOptions load(YamlFile.Text text, TlsEngine engine) {
    try {
      return TlsOptions.of(TlsCredentials.load(TlsFiles.in(Path.of(text.text())), engine));
    } catch (TlsException e) {
      file.mistake(text.line(), "tls.directory: " + e.getMessage());
      return TlsOptions.OFF;
    }
  }

  private TlsEngine engine(@Nullable Node node) {
    if (node == null) {
      return TlsEngine.JDK;
    }
    Optional<YamlFile.Text> text = file.text("tls.engine", node);
    String given = text.map(YamlFile.Text::text).orElse("");
    for (TlsEngine each : TlsEngine.values()) {
      if (each.word().equals(given)) {
        return each;
      }
    }
    text.ifPresent(seen -> file.mistake(seen, "jdk or native"));
    return TlsEngine.JDK;
  }

  /// A number of handshakes; 0 is no limit.
  private int limit(String key, @Nullable Node node, int otherwise) {
    if (node == null) {
      return otherwise;
    }
    Optional<YamlFile.Text> text = file.text(key, node);
    if (text.isEmpty()) {
      return otherwise;
    }
    String given = text.get().text();
    if (!given.matches("\\d{1,9}")) {
      file.mistake(text.get(), "a number of handshakes, 0 for no limit");
      return otherwise;
    }
    int count = Integer.parseInt(given);
    return count == 0 ? Integer.MAX_VALUE : count;
  }

  private boolean flag(String key, Node node) {
    Optional<YamlFile.Text> text = file.text(key, node);
    String given = text.map(YamlFile.Text::text).orElse("off");
    if (!List.of("on", "off", "true", "false").contains(given)) {
      file.mistake(text.orElseThrow(), "on or off");
    }
    return given.equals("on") || given.equals("true");
  }
}

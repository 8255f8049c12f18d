package io.rserpool.registrar;

import io.rserpool.engine.Endpoint;
import io.rserpool.engine.registrar.RegistrarSetting;
import io.rserpool.engine.registrar.RegistrarSettings;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.ServerId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/// Reads the configuration of a registrar:
///
///     id: 0x1234abcd                # random unless set
///     profile: standard             # standard, rfc, rsplib
///     asap: tcp://localhost:3863    # one address, or a list
///     enrp: tcp://localhost:9901
///     peers: [tcp://other:9901]     # the other registrars of the scope
///     multicast:
///       enabled: on
///       group: 224.0.1.185
///       port: 3863
///       enrp-enabled: on            # registrars find each other; off except in profile rsplib
///       enrp-group: 239.0.0.51
///       enrp-port: 9901
///       interface: eth0
///       ttl: 30
///     settings:                     # every RegistrarSetting by its name
///       keep-alive-interval: 500ms
///     transport:                    # every TcpOption by its name
///       drain-timeout: 5s
///     sctp:                         # timers, for paths that fail
///       heartbeat: 1s
///       rto-min: 50ms
///     tls:                          # all associations are secured; none of them without it
///       directory: /etc/rserpool/tls   # certificate.pem, key.pem, authority.pem
///       verify-hosts: off
///     policy: /etc/rserpool/policy.yaml   # who may do what; by the roles of certificates without it
///     insecure: off                 # on: listens beyond this machine without TLS
///     status-reports:               # to a monitor, by UDP; none without it
///       monitor: 10.0.0.9:2960
///       interval: 1s
///     metrics:                      # by HTTP, in the formats of Prometheus; none without it
///       listen: 127.0.0.1:9464
final class ConfigReader {

  private static final List<String> KEYS =
      List.of(
          "id",
          "profile",
          "asap",
          "enrp",
          "peers",
          "multicast",
          "settings",
          "transport",
          "sctp",
          "tls",
          "policy",
          "insecure",
          "status-reports",
          "metrics");

  private final YamlFile file;
  private boolean isSecured;

  ConfigReader(String name) {
    this.file = new YamlFile(name);
  }

  RegistrarConfig read(String text) {
    SequencedMap<String, Node> top = file.parse(text);
    top.forEach((key, node) -> {
      if (!KEYS.contains(key)) {
        file.unknown(key, node, KEYS);
      }
    });
    Profile profile = profile(top.remove("profile"));
    ServerId id = id(top.remove("id"));
    Security security =
        new SecuritySection(file)
            .read(top.remove("tls"), top.remove("policy"), top.remove("insecure"));
    boolean isTls = security.tls().isOn();
    RegistrarConfig defaults =
        isTls ? RegistrarConfig.secured(security) : RegistrarConfig.defaults();
    int asapPort = isTls ? RegistrarConfig.ASAP_TLS_PORT : RegistrarConfig.ASAP_PORT;
    int enrpPort = isTls ? RegistrarConfig.ENRP_TLS_PORT : RegistrarConfig.ENRP_PORT;
    isSecured = isTls;
    List<Endpoint> asap = endpoints("asap", top.remove("asap"), asapPort, defaults.asap());
    List<Endpoint> enrp = endpoints("enrp", top.remove("enrp"), enrpPort, defaults.enrp());
    List<Endpoint> peers = peers(top.remove("peers"), enrpPort);
    MulticastSection multicast = new MulticastSection(file, profile).read(top.remove("multicast"));
    RegistrarSettings settings = settings(profile, top.remove("settings"));
    TransportSection transport = new TransportSection(file);
    Node transportNode = top.remove("transport");
    SctpSection sctp = new SctpSection(file);
    Node sctpNode = top.remove("sctp");
    StatusSection statusReports = new StatusSection(file);
    Node statusNode = top.remove("status-reports");
    List<Endpoint> metrics = new MetricsSection(file).read(top.remove("metrics"));
    file.check();
    RegistrarConfig config =
        new RegistrarConfig(
            id,
            asap,
            enrp,
            peers,
            multicast.announcements(),
            multicast.presences(),
            transport.read(transportNode),
            sctp.read(sctpNode),
            statusReports.read(statusNode),
            security,
            metrics,
            settings);
    file.check();
    return config;
  }

  private Profile profile(@Nullable Node node) {
    Optional<YamlFile.Text> given = text("profile", node);
    try {
      return given.map(text -> Profile.parse(text.text())).orElse(Profile.STANDARD);
    } catch (IllegalArgumentException _) {
      file.mistake(given.orElseThrow(), "one of standard, rfc and rsplib");
      return Profile.STANDARD;
    }
  }

  private ServerId id(@Nullable Node node) {
    Optional<YamlFile.Text> given = text("id", node);
    try {
      ServerId id = given.map(text -> ServerId.parse(text.text())).orElse(ServerId.NONE);
      if (given.isEmpty() || !id.isNone()) {
        return id;
      }
    } catch (IllegalArgumentException _) {
      // Told below, as 0 is.
    }
    file.mistake(
        given.orElseThrow(), "a number from 1 to 4294967295, or 0x and up to 8 hexadecimal digits");
    return ServerId.NONE;
  }

  private List<Endpoint> endpoints(
      String key, @Nullable Node node, int defaultPort, List<Endpoint> otherwise) {
    if (node == null) {
      return otherwise;
    }
    List<Endpoint> endpoints = new ArrayList<>();
    for (YamlFile.Text text : file.list(key, node)) {
      try {
        Endpoint endpoint = Endpoint.parse(text.text(), defaultPort);
        if (fits(endpoint, text)) {
          endpoints.add(endpoint);
        }
      } catch (IllegalArgumentException _) {
        file.mistake(text, "an address such as tcp://host:" + defaultPort);
      }
    }
    return endpoints.isEmpty() ? otherwise : endpoints;
  }

  private List<Endpoint> peers(@Nullable Node node, int defaultPort) {
    if (node == null) {
      return List.of();
    }
    List<Endpoint> peers = new ArrayList<>();
    for (YamlFile.Text text : file.list("peers", node)) {
      try {
        Endpoint peer = Endpoint.parse(text.text(), defaultPort);
        if (RegistrarConfig.isPeer(peer)) {
          if (fits(peer, text)) {
            peers.add(peer);
          }
          continue;
        }
      } catch (IllegalArgumentException _) {
        // Told below, as what cannot be called is.
      }
      file.mistake(text, RegistrarConfig.PEER_EXPECTED);
    }
    return peers;
  }

  /// Whether an address says what is spoken there.
  private boolean fits(Endpoint endpoint, YamlFile.Text text) {
    if (endpoint.scheme() == Endpoint.Scheme.TLS && !isSecured) {
      file.mistake(text, "tcp://, or the section tls beside it");
      return false;
    }
    if (endpoint.scheme() == Endpoint.Scheme.TCP && isSecured) {
      file.mistake(text, "tls:// since there is the section tls");
      return false;
    }
    return true;
  }

  private RegistrarSettings settings(Profile profile, @Nullable Node node) {
    RegistrarSettings.Builder builder = RegistrarSettings.forProfile(profile).toBuilder();
    if (node == null) {
      return builder.build();
    }
    SequencedMap<String, Integer> lines = new LinkedHashMap<>();
    List<String> names =
        Arrays.stream(RegistrarSetting.values()).map(RegistrarSetting::toString).toList();
    file.section("settings", node)
        .forEach((name, value) -> {
          if (names.contains(name)) {
            lines.put(name, YamlFile.lineOf(value));
            set(builder, name, value);
          } else {
            file.unknown("settings." + name, value, prefixed(names));
          }
        });
    return build(builder, profile, lines, YamlFile.lineOf(node));
  }

  private void set(RegistrarSettings.Builder builder, String name, Node value) {
    RegistrarSetting setting = RegistrarSetting.parse(name);
    file.text("settings." + name, value)
        .ifPresent(text -> {
          try {
            builder.set(setting, text.text());
          } catch (IllegalArgumentException _) {
            file.mistake(text, expected(setting.unit()));
          }
        });
  }

  /// Checks that look at several settings name one of them first: its line is told.
  private RegistrarSettings build(
      RegistrarSettings.Builder builder,
      Profile profile,
      SequencedMap<String, Integer> lines,
      int sectionLine) {
    try {
      return builder.build();
    } catch (IllegalArgumentException e) {
      String problem = String.valueOf(e.getMessage());
      int line =
          lines.entrySet().stream()
              .filter(entry -> problem.contains(entry.getKey()))
              .map(Map.Entry::getValue)
              .findFirst()
              .orElse(sectionLine);
      file.mistake(line, "settings: " + problem);
      return RegistrarSettings.forProfile(profile);
    }
  }

  private Optional<YamlFile.Text> text(String key, @Nullable Node node) {
    return node == null ? Optional.empty() : file.text(key, node);
  }

  private static List<String> prefixed(List<String> names) {
    return names.stream().map(name -> "settings." + name).toList();
  }

  private static String expected(RegistrarSetting.Unit unit) {
    return switch (unit) {
      case DURATION -> "a time such as 250ms or 1.5s";
      case COUNT -> "a whole number";
      case SHARE -> "a percentage such as 5%";
      case FLAG -> "on or off";
    };
  }
}

package io.rserpool.registrar;

import io.rserpool.engine.Endpoint;
import io.rserpool.engine.registrar.RegistrarSettings;
import io.rserpool.net.MulticastOptions;
import io.rserpool.net.TcpOptions;
import io.rserpool.net.sctp.SctpOptions;
import io.rserpool.net.status.StatusOptions;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.ServerId;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/// What a registrar is started with.
///
/// @param id its identifier; [ServerId#NONE] has one chosen at random at each start, which is what
///     RFC
///     5353 section 3.2.1 asks for
/// @param asap where pool elements and pool users reach it
/// @param enrp where other registrars reach it
/// @param peers other registrars of the scope, by their ENRP addresses; whoever answers
///     first is the mentor. Its own may be among them, so that all registrars can share one list
/// @param multicast whether and where it announces itself to elements and users
/// @param presenceMulticast whether and where it tells other registrars that it is there, and seeks
///     them
/// @param tcp limits and timers of TCP; what `settings` also has (rates of connections, number of
///     associations, whether loopback is limited) is taken from there
/// @param sctp timers of SCTP
/// @param statusReports whether and where it reports its status
/// @param security how it is secured, or that it is not
/// @param metrics where its metrics are read by HTTP, or nowhere
/// @param settings the profile, and all timers, thresholds and limits
public record RegistrarConfig(
    ServerId id,
    List<Endpoint> asap,
    List<Endpoint> enrp,
    List<Endpoint> peers,
    MulticastOptions multicast,
    MulticastOptions presenceMulticast,
    TcpOptions tcp,
    SctpOptions sctp,
    StatusOptions statusReports,
    Security security,
    List<Endpoint> metrics,
    RegistrarSettings settings) {

  /// The registered port of ASAP (RFC 5352 section 8.2).
  public static final int ASAP_PORT = 3_863;

  /// The registered port of ENRP (RFC 5353 section 5.3).
  public static final int ENRP_PORT = 9_901;

  /// The registered port of ASAP over TLS.
  public static final int ASAP_TLS_PORT = 3_864;

  /// The registered port of ENRP over TLS.
  public static final int ENRP_TLS_PORT = 9_902;

  /// Where metrics are usually read: free for exporters of others by the list that Prometheus keeps.
  public static final int METRICS_PORT = 9_464;

  /// What [#isPeer] accepts, for messages.
  static final String PEER_EXPECTED =
      "an address that can be called such as tcp://host:" + ENRP_PORT + " (port 1 to 65535)";

  public RegistrarConfig {
    asap = List.copyOf(asap);
    enrp = List.copyOf(enrp);
    metrics = List.copyOf(metrics);
    peers = peers.stream().distinct().toList();
    for (Endpoint peer : peers) {
      if (!isPeer(peer)) {
        throw new ConfigException("peers: expected " + PEER_EXPECTED + ", given '" + peer + "'");
      }
    }
    if (asap.isEmpty()) {
      throw new ConfigException(
          "asap: expected an address such as tcp://localhost:" + ASAP_PORT + ", given none");
    }
  }

  /// Whether another registrar can be called there.
  static boolean isPeer(Endpoint endpoint) {
    return switch (endpoint.scheme()) {
      case TCP, TLS -> endpoint.port() > 0 && endpoint.hosts().size() == 1;
      case SCTP, SCTP_UDP -> endpoint.port() > 0;
      case IN_PROCESS -> true;
    };
  }

  /// Profile `standard` on the registered ports of the own machine.
  public static RegistrarConfig defaults() {
    return new RegistrarConfig(
        ServerId.NONE,
        List.of(Endpoint.of(Endpoint.Scheme.TCP, "localhost", ASAP_PORT)),
        List.of(Endpoint.of(Endpoint.Scheme.TCP, "localhost", ENRP_PORT)),
        List.of(),
        MulticastOptions.OFF,
        MulticastOptions.OFF,
        TcpOptions.defaults(),
        SctpOptions.defaults(),
        StatusOptions.OFF,
        Security.NONE,
        List.of(),
        RegistrarSettings.forProfile(Profile.STANDARD));
  }

  /// Profile `standard` with TLS on the registered ports of the own machine.
  ///
  /// @param security with TLS on
  public static RegistrarConfig secured(Security security) {
    return defaults()
        .withSecurity(security)
        .withAsap(List.of(Endpoint.of(Endpoint.Scheme.TLS, "localhost", ASAP_TLS_PORT)))
        .withEnrp(List.of(Endpoint.of(Endpoint.Scheme.TLS, "localhost", ENRP_TLS_PORT)));
  }

  /// Reads a file.
  ///
  /// @throws ConfigException if it cannot be read, or has mistakes
  public static RegistrarConfig load(Path file) {
    try {
      return parse(file.toString(), Files.readString(file));
    } catch (NoSuchFileException e) {
      throw new ConfigException(file + ": there is no such file", e);
    } catch (CharacterCodingException e) {
      throw new ConfigException(file + ": expected UTF-8 text, given other bytes", e);
    } catch (IOException e) {
      throw new ConfigException(file + ": it cannot be read: " + e.getMessage(), e);
    }
  }

  /// Reads the text of a file.
  ///
  /// @param name of the file, for messages
  /// @throws ConfigException if it has mistakes
  public static RegistrarConfig parse(String name, String text) {
    return new ConfigReader(name).read(text);
  }

  /// Reads where metrics are to be read.
  ///
  /// @param text `host:port`, IPv6 literals in brackets; port 9464 without one, 0 for a free one
  /// @throws IllegalArgumentException that says what was expected and what was given
  public static Endpoint metricsAddress(String text) {
    try {
      if (!text.contains("/") && !text.contains("|")) {
        return Endpoint.parse(Endpoint.Scheme.TCP + "://" + text, METRICS_PORT);
      }
    } catch (IllegalArgumentException _) {
      // Told below.
    }
    throw new IllegalArgumentException(
        "expected an address such as 127.0.0.1:" + METRICS_PORT + ", given '" + text + "'");
  }

  /// An address without its scheme.
  static String text(Endpoint endpoint) {
    return endpoint.toString().substring((endpoint.scheme() + "://").length());
  }

  /// The profile.
  public Profile profile() {
    return settings.profile();
  }

  /// The same with another identifier.
  public RegistrarConfig withId(ServerId newId) {
    return with(draft -> draft.id = newId);
  }

  /// The same with other addresses for elements and users.
  public RegistrarConfig withAsap(List<Endpoint> newAsap) {
    return with(draft -> draft.asap = newAsap);
  }

  /// The same with other addresses for registrars.
  public RegistrarConfig withEnrp(List<Endpoint> newEnrp) {
    return with(draft -> draft.enrp = newEnrp);
  }

  /// The same with other peers.
  public RegistrarConfig withPeers(List<Endpoint> newPeers) {
    return with(draft -> draft.peers = newPeers);
  }

  /// The same with another multicast group for announcements.
  public RegistrarConfig withMulticast(MulticastOptions newMulticast) {
    return with(draft -> draft.multicast = newMulticast);
  }

  /// The same with another multicast group for registrars among themselves.
  public RegistrarConfig withPresenceMulticast(MulticastOptions newMulticast) {
    return with(draft -> draft.presenceMulticast = newMulticast);
  }

  /// The same with other limits of TCP.
  public RegistrarConfig withTcp(TcpOptions newTcp) {
    return with(draft -> draft.tcp = newTcp);
  }

  /// The same with other timers of SCTP.
  public RegistrarConfig withSctp(SctpOptions newSctp) {
    return with(draft -> draft.sctp = newSctp);
  }

  /// The same with status reports to another monitor, or with none.
  public RegistrarConfig withStatusReports(StatusOptions newStatusReports) {
    return with(draft -> draft.statusReports = newStatusReports);
  }

  /// The same, secured in another way.
  public RegistrarConfig withSecurity(Security newSecurity) {
    return with(draft -> draft.security = newSecurity);
  }

  /// The same with metrics at other addresses, or nowhere; [#metricsAddress] reads one.
  public RegistrarConfig withMetrics(List<Endpoint> newMetrics) {
    return with(draft -> draft.metrics = newMetrics);
  }

  /// The same with other settings.
  public RegistrarConfig withSettings(RegistrarSettings newSettings) {
    return with(draft -> draft.settings = newSettings);
  }

  /// The same with another profile; what was set explicitly stays.
  public RegistrarConfig withProfile(Profile newProfile) {
    return withSettings(new RegistrarSettings(newProfile, settings.overrides()));
  }

  private RegistrarConfig with(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.finished();
  }

  /// All components, to change one of them.
  private static final class Draft {
    private ServerId id;
    private List<Endpoint> asap;
    private List<Endpoint> enrp;
    private List<Endpoint> peers;
    private MulticastOptions multicast;
    private MulticastOptions presenceMulticast;
    private TcpOptions tcp;
    private SctpOptions sctp;
    private StatusOptions statusReports;
    private Security security;
    private List<Endpoint> metrics;
    private RegistrarSettings settings;

    Draft(RegistrarConfig from) {
      id = from.id;
      asap = from.asap;
      enrp = from.enrp;
      peers = from.peers;
      multicast = from.multicast;
      presenceMulticast = from.presenceMulticast;
      tcp = from.tcp;
      sctp = from.sctp;
      statusReports = from.statusReports;
      security = from.security;
      metrics = from.metrics;
      settings = from.settings;
    }

    RegistrarConfig finished() {
      return new RegistrarConfig(
          id,
          asap,
          enrp,
          peers,
          multicast,
          presenceMulticast,
          tcp,
          sctp,
          statusReports,
          security,
          metrics,
          settings);
    }
  }
}

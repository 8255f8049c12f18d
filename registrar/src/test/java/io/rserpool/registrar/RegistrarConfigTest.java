package io.rserpool.registrar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rserpool.engine.Endpoint;
import io.rserpool.engine.registrar.RegistrarSetting;
import io.rserpool.net.MulticastOptions;
import io.rserpool.net.sctp.SctpOptions;
import io.rserpool.net.status.StatusOptions;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.ServerId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RegistrarConfigTest {

  @Test
  void anEmptyFileMeansTheDefaults() {
    assertThat(RegistrarConfig.parse("f", "")).isEqualTo(RegistrarConfig.defaults());
    assertThat(RegistrarConfig.parse("f", "# nothing\n")).isEqualTo(RegistrarConfig.defaults());
  }

  @Test
  void theDefaultsAreTheRegisteredPortsOfTheOwnMachine() {
    assertThat(RegistrarConfig.defaults().asap()).hasToString("[tcp://localhost:3863]");
    assertThat(RegistrarConfig.defaults().enrp()).hasToString("[tcp://localhost:9901]");
    assertThat(RegistrarConfig.defaults().multicast().enabled()).isFalse();
    assertThat(RegistrarConfig.defaults().profile()).isEqualTo(Profile.STANDARD);
  }

  @Test
  void everythingCanBeSet() {
    RegistrarConfig config =
        RegistrarConfig.parse(
            "f",
            """
            id: 0x1234abcd
            profile: rfc
            asap: [tcp://127.0.0.1:4000, "tcp://[::1]"]
            enrp: tcp://127.0.0.1:4001
            peers:
              - tcp://other
              - tcp://another:9000
            multicast:
              enabled: on
              group: 239.1.2.3
              port: 4002
              enrp-enabled: on
              enrp-group: 239.1.2.4
              enrp-port: 4003
              interface: lo
              ttl: 3
            settings:
              keep-alive-interval: 20s
              keep-alive-jitter: 12.5%
              updates: off
              pools-max: 17
            transport:
              drain-timeout: 1.5s
              send-queue-bytes-max: 200000
            sctp:
              heartbeat: 500ms
              rto-initial: 300ms
              rto-min: 60ms
              rto-max: 2s
              path-retransmissions: 3
              association-retransmissions: 9
            status-reports:
              monitor: 127.0.0.1
              interval: 250ms
            metrics:
              listen: [127.0.0.1, "[::1]:9999"]
            """);
    assertThat(config.metrics()).hasToString("[tcp://127.0.0.1:9464, tcp://[::1]:9999]");
    assertThat(config.id()).isEqualTo(ServerId.of(0x1234abcd));
    assertThat(config.asap()).hasToString("[tcp://127.0.0.1:4000, tcp://[::1]:3863]");
    assertThat(config.enrp()).containsExactly(Endpoint.of(Endpoint.Scheme.TCP, "127.0.0.1", 4001));
    assertThat(config.peers()).hasToString("[tcp://other:9901, tcp://another:9000]");
    assertThat(config.multicast())
        .isEqualTo(new MulticastOptions(true, "239.1.2.3", 4002, "lo", 3));
    assertThat(config.presenceMulticast())
        .isEqualTo(new MulticastOptions(true, "239.1.2.4", 4003, "lo", 3));
    assertThat(config.sctp())
        .isEqualTo(
            SctpOptions.defaults().toBuilder()
                .heartbeat(Duration.ofMillis(500))
                .rtoInitial(Duration.ofMillis(300))
                .rtoMin(Duration.ofMillis(60))
                .rtoMax(Duration.ofSeconds(2))
                .pathRetransmissions(3)
                .associationRetransmissions(9)
                .build());
    assertThat(config.profile()).isEqualTo(Profile.RFC);
    assertThat(config.settings().describeOverrides()).hasSize(4);
    assertThat(config.settings().duration(RegistrarSetting.KEEP_ALIVE_INTERVAL))
        .isEqualTo(Duration.ofSeconds(20));
    assertThat(config.settings().isOn(RegistrarSetting.UPDATES)).isFalse();
    assertThat(config.tcp().drainTimeout()).isEqualTo(Duration.ofMillis(1_500));
    assertThat(config.tcp().sendQueueBytesMax()).isEqualTo(200_000);
    assertThat(config.statusReports())
        .isEqualTo(new StatusOptions("127.0.0.1", 2960, Duration.ofMillis(250)));
  }

  @Test
  void theProfileChoosesTheGroup() {
    assertThat(RegistrarConfig.parse("f", "profile: rsplib\nmulticast: {enabled: on}").multicast())
        .isEqualTo(MulticastOptions.of(Profile.RSPLIB));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          profile: rsplib | off
          profile: rsplib; multicast: {enabled: on} | on
          profile: rsplib; multicast: {ttl: 1} | on
          profile: rsplib; multicast: {enabled: off} | off
          profile: rsplib; multicast: {enabled: on, enrp-enabled: off} | off
          profile: rsplib; multicast: {enrp-enabled: on, enabled: off} | on
          profile: standard; multicast: {enabled: on} | off
          profile: rfc; multicast: {enabled: on} | off
          profile: standard; multicast: {enrp-enabled: on} | on
          """)
  void registrarsFindEachOtherByMulticastInRsplibOrIfTheConfigurationSaysSo(
      String text, String expected) {
    MulticastOptions multicast =
        RegistrarConfig.parse("f", text.replace("; ", "\n")).presenceMulticast();
    assertThat(multicast.enabled()).isEqualTo(expected.equals("on"));
    if (multicast.enabled()) {
      assertThat(multicast.group() + ":" + multicast.port()).isEqualTo("239.0.0.51:9901");
    }
  }

  @Test
  void anotherProfileKeepsWhatWasSet() {
    RegistrarConfig config =
        RegistrarConfig.parse("f", "settings: {pools-max: 17}").withProfile(Profile.RSPLIB);
    assertThat(config.profile()).isEqualTo(Profile.RSPLIB);
    assertThat(config.settings().count(RegistrarSetting.POOLS_MAX)).isEqualTo(17);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          profil: rfc | f:1: profil: there is no such key; did you mean 'profile'?
          x: 1 | f:1: x: there is no such key
          profile: fast | f:1: profile: expected one of standard, rfc and rsplib, given 'fast'
          profile: | f:1: profile: expected one value, given nothing
          profile: [rfc] | f:1: profile: expected one value, given a list
          id: 0 | f:1: id: expected a number from 1 to 4294967295, or 0x and up to 8 hexadecimal digits, given '0'
          id: zz | f:1: id: expected a number from 1 to 4294967295, or 0x and up to 8 hexadecimal digits, given 'zz'
          asap: localhost | f:1: asap: expected an address such as tcp://host:3863, given 'localhost'
          asap: tcp://h:99999 | f:1: asap: expected an address such as tcp://host:3863, given 'tcp://h:99999'
          enrp: {a: b} | f:1: enrp: expected one value, given keys with values
          peers: [tcp://a, b] | f:1: peers: expected an address that can be called such as tcp://host:9901 (port 1 to 65535), given 'b'
          peers: tcp://a:0 | f:1: peers: expected an address that can be called such as tcp://host:9901 (port 1 to 65535), given 'tcp://a:0'
          peers: [tls://a] | f:1: peers: expected tcp://, or the section tls beside it, given 'tls://a'
          asap: tls://a | f:1: asap: expected tcp://, or the section tls beside it, given 'tls://a'
          policy: /p | f:1: policy: needs the section tls: without it nobody proves who he is
          insecure: maybe | f:1: insecure: expected on or off, given 'maybe'
          tls: {directory: /nowhere/at/all} | f:1: tls.directory: /nowhere/at/all/certificate.pem: expected a TLS file of this node, but there is none; rserpool pki issue makes one
          tls: {verify-hosts: on} | f:1: tls: needs directory, where certificate.pem, key.pem and authority.pem are
          peers: {a: b} | f:1: peers: expected one value, given keys with values
          multicast: on | f:1: multicast: expected keys with values, given 'on'
          multicast: {enabled: maybe} | f:1: multicast.enabled: expected on or off, given 'maybe'
          multicast: {group: 10.0.0.1} | f:1: multicast.group: expected a multicast address such as 224.0.1.185, given '10.0.0.1'
          multicast: {port: 0} | f:1: multicast.port: expected a port from 1 to 65535, given '0'
          multicast: {ttl: 256} | f:1: multicast.ttl: expected a number from 0 to 255, given '256'
          multicast: {enrp-enabled: 2} | f:1: multicast.enrp-enabled: expected on or off, given '2'
          multicast: {enrp-group: 1.2.3.4} | f:1: multicast.enrp-group: expected a multicast address such as 239.0.0.51, given '1.2.3.4'
          multicast: {enrp-port: x} | f:1: multicast.enrp-port: expected a port from 1 to 65535, given 'x'
          multicast: {grup: 224.0.0.1} | f:1: multicast.grup: there is no such key; did you mean 'multicast.group'?
          settings: {keepalive-interval: 1s} | f:1: settings.keepalive-interval: there is no such key; did you mean 'settings.keep-alive-interval'?
          settings: {keep-alive-interval: 1} | f:1: settings.keep-alive-interval: expected a time such as 250ms or 1.5s, given '1'
          settings: {pools-max: many} | f:1: settings.pools-max: expected a whole number, given 'many'
          settings: {keep-alive-jitter: 5} | f:1: settings.keep-alive-jitter: expected a percentage such as 5%, given '5'
          settings: {updates: perhaps} | f:1: settings.updates: expected on or off, given 'perhaps'
          transport: {drain-timeout: 5} | f:1: transport.drain-timeout: expected a whole number, or a time such as 250ms or 1.5s, given '5'
          transport: {silent-max: 0} | f:1: transport.silent-max: silentMax is at least 1, but this is 0
          transport: {silent: 1} | f:1: transport.silent: there is no such key
          sctp: {heartbeat: 5} | f:1: sctp.heartbeat: expected a whole number, or a time such as 250ms or 1.5s, given '5'
          sctp: {heartbeat: 1ms} | f:1: sctp: heartbeat is 10 ms to 1 h, but this is 1 ms
          sctp: {rto-min: 5s} | f:1: sctp: rto-min is at most rto-max, but 5000 ms > 1000 ms
          sctp: {path-retransmissions: 101} | f:1: sctp: path-retransmissions is 0 to 100, but this is 101
          sctp: {rto: 1s} | f:1: sctp.rto: there is no such key
          status-reports: on | f:1: status-reports: expected keys with values, given 'on'
          status-reports: {monitor: "h:x"} | f:1: status-reports.monitor: a monitor is written host:port, but this is 'h:x'
          status-reports: {interval: 1} | f:1: status-reports.interval: expected a time such as 250ms or 1.5s, given '1'
          status-reports: {interval: 100ms} | f:1: status-reports.interval: status reports are sent every 250 to 3600000 ms, but this is every 100 ms
          status-reports: {server: h} | f:1: status-reports.server: there is no such key
          metrics: {listen: "tcp://h"} | f:1: metrics.listen: expected an address such as 127.0.0.1:9464, given 'tcp://h'
          metrics: {listen: "h:x"} | f:1: metrics.listen: expected an address such as 127.0.0.1:9464, given 'h:x'
          metrics: {port: 1} | f:1: metrics.port: there is no such key
          a text | f:1: expected keys with values such as 'profile: standard'
          """)
  void aMistakeIsToldWithItsPlaceAndWhatWasExpected(String text, String mistake) {
    assertThatThrownBy(() -> RegistrarConfig.parse("f", text))
        .isInstanceOf(ConfigException.class)
        .hasMessage(mistake);
  }

  @Test
  void allMistakesAreToldAtOnceInTheOrderOfTheirLines() {
    String text = "id: 1\nsettings:\n  a-b: 1\n  pools-max: x\nprofile: y\nid: 2\n";
    ConfigException mistakes =
        catchThrowableOfType(ConfigException.class, () -> RegistrarConfig.parse("reg.yaml", text));
    assertThat(mistakes.mistakes())
        .containsExactly(
            "reg.yaml:3: settings.a-b: there is no such key",
            "reg.yaml:4: settings.pools-max: expected a whole number, given 'x'",
            "reg.yaml:5: profile: expected one of standard, rfc and rsplib, given 'y'",
            "reg.yaml:6: id: this key is there twice");
  }

  @Test
  void settingsThatDoNotGoTogetherAreToldAtTheLineOfOneOfThem() {
    assertThatThrownBy(
            () -> RegistrarConfig.parse("f", "settings:\n  lateness: 10s\n  pools-max: 3\n"))
        .hasMessageStartingWith("f:2: settings: lateness=10s must not be more than");
  }

  @Test
  void whatIsNoYamlIsToldWithItsLine() {
    assertThatThrownBy(() -> RegistrarConfig.parse("f", "a: 1\nb: [1, 2\nc: 3\n"))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("f:3: this is no YAML: ");
  }

  @Test
  void aFileThatIsNotThereIsNamed(@TempDir Path folder) {
    Path file = folder.resolve("registrar.yaml");
    assertThatThrownBy(() -> RegistrarConfig.load(file))
        .isInstanceOf(ConfigException.class)
        .hasMessage(file + ": there is no such file");
  }

  @Test
  void aFileIsReadByItsPath(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("registrar.yaml");
    Files.writeString(file, "profile: rfc\n");
    assertThat(RegistrarConfig.load(file).profile()).isEqualTo(Profile.RFC);
    Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 0, (byte) 0xd8});
    assertThatThrownBy(() -> RegistrarConfig.load(file))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("expected UTF-8");
  }

  @Test
  void aPeerThatCannotBeCalledIsRefused() {
    Endpoint anyPort = Endpoint.of(Endpoint.Scheme.TCP, "other", 0);
    assertThatThrownBy(() -> RegistrarConfig.defaults().withPeers(List.of(anyPort)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("peers: expected")
        .hasMessageContaining("given 'tcp://other:0'");
  }

  @Test
  void aPeerThatIsNamedTwiceIsCalledOnce() {
    assertThat(RegistrarConfig.parse("f", "peers: [tcp://a, tcp://b, tcp://a:9901]").peers())
        .hasToString("[tcp://a:9901, tcp://b:9901]");
  }

  @Test
  void aRegistrarWithoutAddressIsRefused() {
    assertThatThrownBy(() -> RegistrarConfig.defaults().withAsap(List.of()))
        .isInstanceOf(ConfigException.class);
  }
}

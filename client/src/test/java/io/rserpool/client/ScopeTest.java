package io.rserpool.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.engine.Endpoint;
import io.rserpool.engine.element.ElementSettings;
import io.rserpool.engine.user.UserSettings;
import io.rserpool.net.sctp.SctpOptions;
import io.rserpool.net.status.StatusOptions;
import io.rserpool.net.tls.TestScope;
import io.rserpool.net.tls.TlsOptions;
import io.rserpool.protocol.Profile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ScopeTest {

  @TempDir Path directory;

  private TlsOptions tls;

  @BeforeEach
  void issue() {
    tls = new TestScope(directory).issue("user", "u1");
  }

  /// Where users and elements of a scope look for registrars.
  private static List<String> called(Scope scope) {
    List<Endpoint> byUsers = scope.userSettings().hunt().registrars();
    assertThat(scope.elementSettings().hunt().registrars()).isEqualTo(byUsers);
    return byUsers.stream().map(Endpoint::toString).toList();
  }

  @Test
  void withoutAPortARegistrarIsCalledAtThatOfItsProtocol() {
    assertThat(called(Scope.of("tcp://10.0.0.1", "tls://10.0.0.1")))
        .containsExactly("tcp://10.0.0.1:3863", "tls://10.0.0.1:3864");
    Scope sctp = Scope.of("sctp://10.0.0.1|10.0.0.2", "sctp+udp://10.0.0.3");
    assertThat(called(sctp))
        .containsExactly("sctp://10.0.0.1|10.0.0.2:3863", "sctp+udp://10.0.0.3:3863");
    assertThat(called(sctp.withTls(tls)))
        .containsExactly("sctp://10.0.0.1|10.0.0.2:3864", "sctp+udp://10.0.0.3:3864");
  }

  @Test
  void portThatIsWrittenIsCalledWithTlsAndWithout() {
    Scope scope = Scope.of("sctp://10.0.0.1:3863", "sctp://10.0.0.1:7");
    assertThat(called(scope)).containsExactly("sctp://10.0.0.1:3863", "sctp://10.0.0.1:7");
    assertThat(called(scope.withTls(tls)))
        .containsExactly("sctp://10.0.0.1:3863", "sctp://10.0.0.1:7");
  }

  @Test
  void eachChangeChangesOnePart() {
    UnaryOperator<UserSettings> users = settings -> settings;
    UnaryOperator<ElementSettings> elements = settings -> settings;
    StatusOptions reports = StatusOptions.OFF;
    SctpOptions sctp = SctpOptions.defaults().toBuilder().heartbeat(Duration.ofSeconds(7)).build();
    Scope changed =
        Scope.of("tcp://10.0.0.1")
            .withPlainSessions()
            .withTls(tls)
            .withSctp(sctp)
            .withStatusReports(reports)
            .withElementTimers(elements)
            .withUserTimers(users)
            .withCallTimeout(Duration.ofSeconds(9))
            .withProfile(Profile.RFC);
    assertThat(changed)
        .isEqualTo(
            new Scope(
                List.of(Endpoint.parse("tcp://10.0.0.1:3863", 0)),
                Profile.RFC,
                Duration.ofSeconds(9),
                users,
                elements,
                reports,
                sctp,
                tls,
                true));
    assertThat(changed.sessionTls().isOn()).isFalse();
  }
}

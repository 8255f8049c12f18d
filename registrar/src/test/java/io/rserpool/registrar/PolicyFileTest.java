package io.rserpool.registrar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rserpool.engine.PeerIdentity;
import io.rserpool.engine.access.AccessPolicy;
import io.rserpool.engine.access.Rights;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.PoolHandle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The policy file: what it says, and what it says about mistakes.
class PolicyFileTest {

  private static final PoolHandle ECHO = PoolHandle.of("echo-1");
  private static final PoolHandle OTHER = PoolHandle.of("other");
  private static final ElementId ID = ElementId.of(0x120);

  private static final String WHOLE =
      """
      registrars: ["rserpool://default/registrar/*", "registrar.example.com"]
      denied: rserpool://default/element/stolen-*
      rules:
        - who: "rserpool://default/element/echo-*"
          register: ["echo*"]
          addresses: ["10.0.0.0/8", "2001:db8::/32"]
          element-ids: ["0x100-0x1ff", 7]
          elements: 10
          report: ["*"]
          report-rate: 3
          report-burst: 30
        - who: "*"
          resolve: ["*"]
          watch: ["echo*"]
        - who: ["rserpool://default/administrator/*", "ops.example.com"]
          remove: on
          dump: true
      """;

  @Test
  void everyKeyIsRead() {
    AccessPolicy policy = PolicyFile.parse("policy.yaml", WHOLE);
    Rights echo = rights(policy, "rserpool://default/element/echo-7");
    assertThat(policy.isOpen()).isFalse();
    assertThat(echo.register(ECHO, ID).isAllowed()).isTrue();
    assertThat(echo.register(ECHO, ElementId.of(7)).isAllowed()).isTrue();
    assertThat(echo.register(ECHO, ElementId.of(0x200)).isAllowed()).isFalse();
    assertThat(echo.register(OTHER, ID).isAllowed()).isFalse();
    assertThat(echo.mayUse(ECHO, ID, new IpAddress.V4(0x0a01_0203))).isTrue();
    assertThat(echo.mayUse(ECHO, ID, new IpAddress.V6(0x2001_0db8_0000_0000L, 1))).isTrue();
    assertThat(echo.mayUse(ECHO, ID, new IpAddress.V4(0x0b00_0001))).isFalse();
    assertThat(echo.elementsMax(ECHO, ID, 10_000)).isEqualTo(10);
    assertThat(echo.reportRate(OTHER, 1)).isEqualTo(3);
    assertThat(echo.reportBurst(OTHER, 10)).isEqualTo(30);
    assertThat(echo.resolve(OTHER).isAllowed()).isTrue();
    assertThat(echo.watch(ECHO).isAllowed()).isTrue();
    assertThat(echo.watch(OTHER).isAllowed()).isFalse();
    assertThat(echo.remove().isAllowed()).isFalse();
    Rights operator = rights(policy, "ops.example.com");
    assertThat(operator.remove().isAllowed()).isTrue();
    assertThat(operator.dump().isAllowed()).isTrue();
    assertThat(operator.speakAsRegistrar().isAllowed()).isFalse();
    assertThat(rights(policy, "registrar.example.com").speakAsRegistrar().isAllowed()).isTrue();
    assertThat(rights(policy, "rserpool://default/element/stolen-1").associate().reason())
        .isEqualTo("denied by 'rserpool://default/element/stolen-*'");
    assertThat(rights(policy, "").resolve(OTHER).isAllowed()).isTrue();
    assertThat(rights(policy, "").report(OTHER).isAllowed()).isFalse();
  }

  @Test
  void whatIsLeftOutIsAsTheNamesSay() {
    AccessPolicy policy = PolicyFile.parse("policy.yaml", "denied: [\"rserpool://s/element/x\"]");
    assertThat(rights(policy, "rserpool://s/registrar/a").speakAsRegistrar().isAllowed()).isTrue();
    assertThat(rights(policy, "rserpool://s/element/a").register(ECHO, ID).isAllowed()).isTrue();
    assertThat(rights(policy, "rserpool://s/element/x").resolve(ECHO).isAllowed()).isFalse();
    assertThat(rights(policy, "").register(ECHO, ID).isAllowed()).isFalse();
    assertThat(PolicyFile.parse("policy.yaml", "").isOpen()).isFalse();
  }

  @Test
  void emptyListOfRulesAllowsNothing() {
    AccessPolicy policy = PolicyFile.parse("policy.yaml", "rules: []");
    assertThat(rights(policy, "rserpool://s/element/a").resolve(ECHO).isAllowed()).isFalse();
    assertThat(rights(policy, "rserpool://s/registrar/a").speakAsRegistrar().isAllowed()).isTrue();
  }

  @Test
  void allMistakesAreToldWithLineExpectedAndGiven() {
    assertThat(
            mistakes(
                """
                registrar: ["rserpool://default/registrar/*"]
                denied: ["ümlaut"]
                rules:
                  - who: "rserpool://default/element/*"
                    regster: ["echo*"]
                    addresses: ["10.0.0.1/8", "10.0.0.0/33", "host"]
                    element-ids: ["0x1ff-0x100", "0-5"]
                    elements: many
                    report-rate: 0
                  - register: ["*"]
                  - who: []
                  - echo
                  - who: "*"
                    remove: perhaps
                    resolve:
                      all: yes
                """))
        .containsExactly(
            "policy.yaml:1: registrar: there is no such key; did you mean 'registrars'?",
            "policy.yaml:2: denied: expected a pattern of names such as"
                + " \"rserpool://scope/element/*\", \"*\", authenticated or anonymous, given"
                + " 'ümlaut'",
            "policy.yaml:5: rules[1].regster: there is no such key; did you mean"
                + " 'rules[1].register'?",
            "policy.yaml:6: rules[1].addresses: says nothing without rules[1].register, which is not"
                + " there",
            "policy.yaml:6: rules[1].addresses: expected 10.0.0.0/8, given '10.0.0.1/8'",
            "policy.yaml:6: rules[1].addresses: expected a range such as 10.0.0.0/8 or"
                + " 2001:db8::/32, given '10.0.0.0/33'",
            "policy.yaml:6: rules[1].addresses: expected a range such as 10.0.0.0/8 or"
                + " 2001:db8::/32, given 'host'",
            "policy.yaml:7: rules[1].element-ids: says nothing without rules[1].register, which is"
                + " not there",
            "policy.yaml:7: rules[1].element-ids: expected element identifiers such as 0x100-0x1ff"
                + " or 0x2a, given '0x1ff-0x100'",
            "policy.yaml:7: rules[1].element-ids: expected element identifiers such as 0x100-0x1ff"
                + " or 0x2a, given '0-5'",
            "policy.yaml:8: rules[1].elements: says nothing without rules[1].register, which is not"
                + " there",
            "policy.yaml:8: rules[1].elements: expected a whole number from 1 to 1000000, given"
                + " 'many'",
            "policy.yaml:9: rules[1].report-rate: says nothing without rules[1].report, which is not"
                + " there",
            "policy.yaml:9: rules[1].report-rate: expected a whole number from 1 to 1000000, given"
                + " '0'",
            "policy.yaml:10: rules[2].who: expected whom the rule is about, given nothing",
            "policy.yaml:11: rules[3].who: expected one pattern or more, given none",
            "policy.yaml:12: rules[4]: expected keys with values, given 'echo'",
            "policy.yaml:14: rules[5].remove: expected on or off, given 'perhaps'",
            "policy.yaml:16: rules[5].resolve: expected one value, given keys with values");
  }

  @Test
  void rulesAreAList() {
    assertThat(mistakes("rules:\n  who: \"*\"\n  resolve: \"*\"\n"))
        .containsExactly(
            "policy.yaml:2: rules: expected a list of rules, each beginning with '- who:'");
  }

  @Test
  void starWithoutQuotesIsExplained() {
    assertThat(mistakes("rules:\n  - who: *\n    resolve: [echo]\n"))
        .singleElement()
        .asString()
        .startsWith("policy.yaml:2: this is no YAML: ")
        .endsWith("; a star is written in quotes: \"*\"");
  }

  @Test
  void fileThatIsNotThereOrNoTextIsTold(@TempDir Path folder) throws IOException {
    Path missing = folder.resolve("policy.yaml");
    assertThatThrownBy(() -> PolicyFile.load(missing))
        .isInstanceOf(ConfigException.class)
        .hasMessage(missing + ": there is no such file");
    Path bytes = Files.write(folder.resolve("bytes.yaml"), new byte[] {(byte) 0xff, 1});
    assertThatThrownBy(() -> PolicyFile.load(bytes)).isInstanceOf(ConfigException.class);
    Path whole = Files.writeString(folder.resolve("whole.yaml"), WHOLE);
    assertThat(PolicyFile.load(whole).rules()).hasSize(3);
  }

  private static Rights rights(AccessPolicy policy, String name) {
    return policy.rightsOf(new PeerIdentity(name));
  }

  private static List<String> mistakes(String text) {
    ConfigException thrown =
        catchThrowableOfType(ConfigException.class, () -> PolicyFile.parse("policy.yaml", text));
    assertThat(thrown).as("the mistakes of\n%s", text).isNotNull();
    return thrown.mistakes();
  }
}

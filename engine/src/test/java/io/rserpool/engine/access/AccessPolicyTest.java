package io.rserpool.engine.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rserpool.engine.PeerIdentity;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.PoolHandle;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What follows from the rules of a policy.
class AccessPolicyTest {

  private static final PoolHandle ECHO = PoolHandle.of("echo");
  private static final PoolHandle OTHER = PoolHandle.of("other");
  private static final ElementId ID = ElementId.of(1);
  private static final IpAddress ADDRESS = new IpAddress.V4(0x0a00_0001);
  private static final int OTHERWISE = 100;

  @Test
  void openPolicyAllowsEverything() {
    Rights rights = rights(AccessPolicy.OPEN, "");
    assertThat(AccessPolicy.OPEN.isOpen()).isTrue();
    assertThat(rights.isOpen()).isTrue();
    assertThat(rights.associate().isAllowed()).isTrue();
    assertThat(rights.speakAsRegistrar().isAllowed()).isTrue();
    assertThat(rights.register(ECHO, ID).isAllowed()).isTrue();
    assertThat(rights.resolve(ECHO).isAllowed()).isTrue();
    assertThat(rights.watch(ECHO).isAllowed()).isTrue();
    assertThat(rights.report(ECHO).isAllowed()).isTrue();
    assertThat(rights.elementsMax(ECHO, ID, OTHERWISE)).isEqualTo(OTHERWISE);
    assertThat(rights.reportRate(ECHO, 0)).isZero();
    assertThat(rights.mayUse(ECHO, ID, ADDRESS)).isFalse();
  }

  @Test
  void rolesAreInTheNames() {
    AccessPolicy policy = AccessPolicy.ofRoles();
    Rights registrar = rights(policy, "rserpool://s/registrar/a");
    assertThat(registrar.speakAsRegistrar().isAllowed()).isTrue();
    assertThat(registrar.register(ECHO, ID).isAllowed()).isTrue();
    assertThat(registrar.remove().isAllowed()).isFalse();
    Rights element = rights(policy, "rserpool://s/element/a");
    assertThat(element.register(ECHO, ID).isAllowed()).isTrue();
    assertThat(element.report(ECHO).isAllowed()).isTrue();
    assertThat(element.mayUse(ECHO, ID, ADDRESS)).isFalse();
    assertThat(element.speakAsRegistrar().reason()).isEqualTo("it is no registrar of this scope");
    Rights user = rights(policy, "rserpool://s/user/a");
    assertThat(user.register(ECHO, ID).reason()).isEqualTo("no rule lets it register in pool echo");
    assertThat(user.report(ECHO).isAllowed()).isTrue();
    assertThat(user.dump().isAllowed()).isFalse();
    Rights administrator = rights(policy, "rserpool://s/administrator/a");
    assertThat(administrator.remove().isAllowed()).isTrue();
    assertThat(administrator.dump().isAllowed()).isTrue();
    assertThat(administrator.mayUse(ECHO, ID, ADDRESS)).isTrue();
    Rights anonymous = rights(policy, "");
    assertThat(anonymous.resolve(ECHO).isAllowed()).isTrue();
    assertThat(anonymous.watch(ECHO).isAllowed()).isTrue();
    assertThat(anonymous.report(ECHO).isAllowed()).isFalse();
    assertThat(anonymous.register(ECHO, ID).isAllowed()).isFalse();
    Rights stranger = rights(policy, "host.example.com");
    assertThat(stranger.resolve(ECHO).isAllowed()).isFalse();
  }

  @Test
  void rulesAddUpAndNothingElseIsAllowed() {
    AccessPolicy policy =
        policy(
            AccessRule.about("a*").register("echo").elements(2).build(),
            AccessRule.about("ab*").register("ot*").elements(5).report("echo").build(),
            AccessRule.about("*").resolve("*").build());
    assertThat(rights(policy, "ab").register(ECHO, ID).isAllowed()).isTrue();
    assertThat(rights(policy, "ab").register(OTHER, ID).isAllowed()).isTrue();
    assertThat(rights(policy, "ab").elementsMax(ECHO, ID, OTHERWISE)).isEqualTo(2);
    assertThat(rights(policy, "ab").elementsMax(OTHER, ID, OTHERWISE)).isEqualTo(5);
    assertThat(rights(policy, "a").register(OTHER, ID).isAllowed()).isFalse();
    assertThat(rights(policy, "a").report(ECHO).isAllowed()).isFalse();
    assertThat(rights(policy, "").resolve(OTHER).isAllowed()).isTrue();
    assertThat(rights(policy, "").watch(OTHER).isAllowed()).isFalse();
  }

  @Test
  void mostGenerousLimitCounts() {
    AccessPolicy policy =
        policy(
            AccessRule.about("a*").register("*").elements(2).report("*").reportLimit(5, 50).build(),
            AccessRule.about("ab*").register("*").report("*").build());
    assertThat(rights(policy, "a").elementsMax(ECHO, ID, OTHERWISE)).isEqualTo(2);
    assertThat(rights(policy, "ab").elementsMax(ECHO, ID, OTHERWISE)).isEqualTo(OTHERWISE);
    assertThat(rights(policy, "a").reportRate(ECHO, 1)).isEqualTo(5);
    assertThat(rights(policy, "a").reportBurst(ECHO, 10)).isEqualTo(50);
    assertThat(rights(policy, "ab").reportRate(ECHO, 7)).isEqualTo(7);
    assertThat(rights(policy, "ab").reportRate(ECHO, 0)).isZero();
  }

  @Test
  void identifiersAndAddressesBelongToTheRuleOfThePool() {
    AccessPolicy policy =
        policy(
            AccessRule.about("a")
                .register("echo")
                .elementIds(List.of(ElementIdRange.parse("5-6")))
                .addresses(List.of(AddressRange.parse("10.0.0.0/8")))
                .build(),
            AccessRule.about("a").register("other").build());
    Rights rights = rights(policy, "a");
    assertThat(rights.register(ECHO, ElementId.of(5)).isAllowed()).isTrue();
    assertThat(rights.register(ECHO, ElementId.of(7)).reason())
        .isEqualTo("no rule lets it register element 0x00000007 in pool echo");
    assertThat(rights.register(OTHER, ElementId.of(7)).isAllowed()).isTrue();
    assertThat(rights.mayUse(ECHO, ElementId.of(5), ADDRESS)).isTrue();
    assertThat(rights.mayUse(ECHO, ElementId.of(7), ADDRESS)).isFalse();
    assertThat(rights.mayUse(OTHER, ElementId.of(5), ADDRESS)).isFalse();
  }

  @Test
  void whoIsDeniedMayDoNothing() {
    AccessPolicy policy =
        AccessPolicy.of(
            List.of(IdentityPattern.parse("*")),
            List.of(IdentityPattern.parse("stolen-*")),
            List.of(AccessRule.about("*").register("*").resolve("*").dump(true).build()));
    Rights rights = rights(policy, "stolen-1");
    assertThat(rights.associate().reason()).isEqualTo("denied by 'stolen-*'");
    assertThat(rights.speakAsRegistrar().isAllowed()).isFalse();
    assertThat(rights.register(ECHO, ID).reason()).isEqualTo("denied by 'stolen-*'");
    assertThat(rights.resolve(ECHO).isAllowed()).isFalse();
    assertThat(rights.dump().isAllowed()).isFalse();
  }

  @Test
  void registrarHasProvedItsNameWhateverThePatternSays() {
    AccessPolicy policy =
        AccessPolicy.of(List.of(IdentityPattern.parse("*")), List.of(), List.of());
    assertThat(rights(policy, "a").speakAsRegistrar().isAllowed()).isTrue();
    assertThat(rights(policy, "").speakAsRegistrar().isAllowed()).isFalse();
  }

  @Test
  void nameThatCannotBeToldToOthersIsDenied() {
    AccessPolicy policy = policy(AccessRule.about("*").resolve("*").build());
    for (String name : List.of("a\nb", "ü", "x".repeat(513))) {
      Rights rights = rights(policy, name);
      assertThat(rights.associate().isAllowed()).isFalse();
      assertThat(rights.resolve(ECHO).isAllowed()).isFalse();
      assertThat(rights.associate().reason()).doesNotContain(name);
    }
  }

  @Test
  void ruleIsAboutSomebodyAndItsLimitsAreNumbers() {
    assertThatThrownBy(() -> AccessRule.about(List.of()).build())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> AccessRule.about("*").elements(-1).build())
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static AccessPolicy policy(AccessRule... rules) {
    return AccessPolicy.of(List.of(), List.of(), List.of(rules));
  }

  private static Rights rights(AccessPolicy policy, String name) {
    return policy.rightsOf(new PeerIdentity(name));
  }
}

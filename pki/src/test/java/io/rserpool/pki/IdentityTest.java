package io.rserpool.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class IdentityTest {

  @ParameterizedTest
  @EnumSource
  void everyIdentityIsReadBackFromItsUri(Role role) {
    Identity identity = new Identity("default", role, "N-1_2.3");
    assertThat(Identity.parse(identity.uri())).isEqualTo(identity);
    assertThat(identity).hasToString("rserpool://default/" + role.word() + "/N-1_2.3");
    assertThat(identity.folder()).isEqualTo(role.word() + "-N-1_2.3");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a b",
        "a/b",
        "..",
        ".",
        "-",
        "-a",
        "a-",
        "_a",
        "a.",
        "ä",
        "a\n",
        "a\0",
        "a%41",
        "a:b",
        "a@b",
        "a?b",
        "a#b",
        "\u202ea",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" + "aaaaaaaaaaaaa"
      })
  void oddNamesAreRefused(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Identity("default", Role.USER, name))
        .withMessageStartingWith("the name of a user is 1 to 63 letters (a-z, A-Z), digits,");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Identity(name, Role.USER, "u"))
        .withMessageStartingWith("the name of a scope is 1 to 63 letters");
  }

  @Test
  void textsThatAreQuotedDoNothingToATerminal() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Identity("default", Role.USER, "\u001b[31mü\u202e"))
        .withMessageEndingWith("but this is '\\u001b[31mü\\u202e'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Identity("default", Role.USER, "x".repeat(1_000)))
        .withMessageEndingWith("x...', which has 1000")
        .withMessageNotContaining("x".repeat(81));
    assertThat(new Identity("default", Role.USER, "x".repeat(63)).name()).hasSize(63);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "rserpool://default/user",
        "rserpool://default/user/a/b",
        "rserpool:/default/user/a",
        "https://default/user/a",
        "rserpool://default/user/",
        "rserpool:///user/a",
        "rserpool://default/USER/a",
        "rserpool://default/root/a",
        "rserpool://default/user/a?x"
      })
  void whatIsNoIdentityIsRefused(String uri) {
    assertThatIllegalArgumentException().isThrownBy(() -> Identity.parse(uri));
  }

  @Test
  void unknownRoleIsNamedBesideTheKnownOnes() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Identity.parse("rserpool://default/root/a"))
        .withMessage(
            "a role is one of registrar, element, user, administrator, but this is 'root'");
  }
}

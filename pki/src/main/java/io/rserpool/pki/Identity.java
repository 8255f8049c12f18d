package io.rserpool.pki;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Who somebody is in a scope: `rserpool://SCOPE/ROLE/NAME`, the one address (URI) among the
/// alternative names of a certificate, on which authorization rests.
///
/// @param scope the name of the scope: of its authority
/// @param role what he is to the scope
/// @param name his name, the only one of this role in the scope
public record Identity(String scope, Role role, String name) {
  static final String SCHEME = "rserpool://";

  private static final Pattern FORM =
      Pattern.compile(Pattern.quote(SCHEME) + "([^/]*)/([^/]*)/([^/]*)");

  /// Checks the names.
  ///
  /// @throws IllegalArgumentException if a name is longer than 63 characters, or has others than
  ///     letters, digits, '.', '-' and '_'
  public Identity {
    Name.require("a scope", scope, Name.LENGTH_MAX);
    Name.require(
        (role == Role.ELEMENT || role == Role.ADMINISTRATOR ? "an " : "a ") + role.word(),
        name,
        Name.LENGTH_MAX);
  }

  /// Reads an identity.
  ///
  /// @param uri such as `rserpool://default/element/echo-1`
  /// @return who that is
  /// @throws IllegalArgumentException if it says nothing of the kind
  public static Identity parse(String uri) {
    Matcher form = FORM.matcher(uri);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "an identity is rserpool://SCOPE/ROLE/NAME, but this is '" + Name.shown(uri) + "'");
    }
    return new Identity(form.group(1), role(form.group(2)), form.group(3));
  }

  private static Role role(String word) {
    List<Role> roles = Arrays.asList(Role.values());
    return roles.stream()
        .filter(role -> role.word().equals(word))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "a role is one of %s, but this is '%s'"
                    .formatted(String.join(", ", Role.words()), Name.shown(word))));
  }

  /// The identity as it stands in certificates and in rules.
  public String uri() {
    return SCHEME + scope + "/" + role.word() + "/" + name;
  }

  /// The name of the folder that holds these credentials beside the authority.
  public String folder() {
    return role.word() + "-" + name;
  }

  /// The same as [#uri].
  @Override
  public String toString() {
    return uri();
  }
}

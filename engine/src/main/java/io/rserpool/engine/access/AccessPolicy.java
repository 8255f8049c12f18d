package io.rserpool.engine.access;

import io.rserpool.engine.PeerIdentity;
import io.rserpool.protocol.PoolElementParameter;
import java.util.List;
import java.util.Optional;

/// Who may do what in a scope. Rules add up: an identity may do whatever any rule about it allows, and
/// nothing else. Whoever is denied may do nothing at all, whatever else is said. Whether a scope is
/// secured is decided once for all of it (RFC 5355 section 2.15), by all its registrars having a
/// policy other than [#OPEN].
public final class AccessPolicy {

  /// A scope without security: everybody may do what the RFCs let everybody do, and nobody is asked
  /// who he is.
  public static final AccessPolicy OPEN = new AccessPolicy(true, List.of(), List.of(), List.of());

  private static final List<IdentityPattern> REGISTRARS =
      List.of(IdentityPattern.parse("rserpool://*/registrar/*"));

  private static final List<AddressRange> ANYWHERE =
      List.of(AddressRange.parse("0.0.0.0/0"), AddressRange.parse("::/0"));

  private final boolean isOpen;
  private final List<IdentityPattern> registrars;
  private final List<IdentityPattern> denied;
  private final List<AccessRule> rules;

  private AccessPolicy(
      boolean isOpen,
      List<IdentityPattern> registrars,
      List<IdentityPattern> denied,
      List<AccessRule> rules) {
    this.isOpen = isOpen;
    this.registrars = List.copyOf(registrars);
    this.denied = List.copyOf(denied);
    this.rules = List.copyOf(rules);
  }

  /// The policy of a secured scope.
  ///
  /// @param registrars who the registrars of the scope are
  /// @param denied who may do nothing, whatever the rules say
  public static AccessPolicy of(
      List<IdentityPattern> registrars, List<IdentityPattern> denied, List<AccessRule> rules) {
    return new AccessPolicy(false, registrars, denied, rules);
  }

  /// What the names say that `rserpool pki issue` gives: registrars are registrars; elements and
  /// registrars may register, resolve, watch and report everything; users may resolve, watch and
  /// report; administrators may do all that, with any addresses, take elements out by hand and read
  /// tables; whoever has proved nothing may resolve and watch.
  public static AccessPolicy ofRoles() {
    return of(REGISTRARS, List.of(), rolesOf());
  }

  /// Who the registrars are in [#ofRoles].
  public static List<IdentityPattern> defaultRegistrars() {
    return REGISTRARS;
  }

  /// The rules of [#ofRoles].
  public static List<AccessRule> defaultRules() {
    return rolesOf();
  }

  /// Whether the scope has no security.
  public boolean isOpen() {
    return isOpen;
  }

  /// Who the registrars of the scope are.
  public List<IdentityPattern> registrars() {
    return registrars;
  }

  /// Who may do nothing.
  public List<IdentityPattern> denied() {
    return denied;
  }

  /// What the others may do.
  public List<AccessRule> rules() {
    return rules;
  }

  /// What an identity may do; looked up once for an association, and again after a change.
  public Rights rightsOf(PeerIdentity identity) {
    if (isOpen) {
      return Rights.ALL;
    }
    String name = identity.name();
    if (identity.isAuthenticated() && !PoolElementParameter.isRegistrant(name)) {
      return Rights.none(
          "its name has %d characters, or others than printable ASCII ones"
              .formatted(name.length()));
    }
    Optional<IdentityPattern> denial = first(denied, identity);
    if (denial.isPresent()) {
      return Rights.none("denied by '" + denial.get() + "'");
    }
    return Rights.of(
        first(registrars, identity).isPresent() && identity.isAuthenticated(),
        rules.stream().filter(rule -> first(rule.who(), identity).isPresent()).toList());
  }

  private static Optional<IdentityPattern> first(
      List<IdentityPattern> patterns, PeerIdentity identity) {
    return patterns.stream().filter(pattern -> pattern.matches(identity)).findFirst();
  }

  private static List<AccessRule> rolesOf() {
    return List.of(
        AccessRule.about(
                List.of(
                    IdentityPattern.parse("rserpool://*/element/*"),
                    IdentityPattern.parse("rserpool://*/registrar/*")))
            .register("*")
            .resolve("*")
            .watch("*")
            .report("*")
            .build(),
        AccessRule.about("rserpool://*/user/*").resolve("*").watch("*").report("*").build(),
        AccessRule.about("rserpool://*/administrator/*")
            .register("*")
            .addresses(ANYWHERE)
            .resolve("*")
            .watch("*")
            .report("*")
            .remove(true)
            .dump(true)
            .build(),
        AccessRule.about("anonymous").resolve("*").watch("*").build());
  }
}

package io.rserpool.sim.access;

import io.rserpool.engine.access.AccessPolicy;
import io.rserpool.engine.access.AccessRule;
import io.rserpool.engine.access.AddressRange;
import io.rserpool.engine.access.ElementIdRange;
import io.rserpool.engine.access.IdentityPattern;
import io.rserpool.engine.access.PoolPattern;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.PoolHandle;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Who may do what in a scope. Members are named `rserpool://sim/ROLE/PROCESS`; those that have a
/// certificate and misuse it have a process name that begins with `rogue-`.
///
/// @param kind what the policy looks like
/// @param denied names that may do nothing
/// @param isLenient whether rogue elements may register at all where there are rules
public record Charter(Kind kind, List<String> denied, boolean isLenient) {

  /// What a policy looks like.
  public enum Kind {
    /// There is none: the scope is not secured.
    OPEN,
    /// The roles in the names hold.
    ROLES,
    /// Rules name pools, identifiers, addresses and numbers.
    RULES
  }

  /// No security.
  public static final Charter OPEN = new Charter(Kind.OPEN, List.of(), true);

  /// How the pools are called in which rogue elements may register where there are rules.
  public static final String ROGUE_POOLS = "own";

  /// The first identifier that rogue elements may have where there are rules.
  public static final int ROGUE_ID_MIN = 0x100;

  /// The last one.
  public static final int ROGUE_ID_MAX = 0x1ff;

  /// How many elements a rogue may have where there are rules.
  public static final int ROGUE_ELEMENTS = 3;

  /// What rogue elements may give as addresses of theirs where there are rules: 10.66.0.0/16.
  public static final int ROGUE_NETWORK = 0x0a42_0000;

  private static final String ROOT = "rserpool://sim/";
  private static final String POOLS = "pool";
  private static final String ROGUE = "rogue-";
  private static final int PARTS = 5;
  private static final int ROLE = 3;
  private static final int NETWORK_MASK = 0xffff_0000;

  public Charter {
    denied = List.copyOf(denied);
  }

  /// The certified name of a member.
  ///
  /// @param role registrar, element or user
  public static String name(String role, String process) {
    return ROOT + role + "/" + process;
  }

  /// The same, with others denied.
  public Charter denying(List<String> newDenied) {
    return new Charter(kind, newDenied, isLenient);
  }

  /// The same, with or without rights for rogue elements.
  public Charter lenient(boolean newLenient) {
    return new Charter(kind, denied, newLenient);
  }

  /// Whether anybody is asked who he is.
  public boolean isSecured() {
    return kind != Kind.OPEN;
  }

  /// What the registrars are given.
  public AccessPolicy policy() {
    List<IdentityPattern> nobody = denied.stream().map(IdentityPattern::parse).toList();
    return switch (kind) {
      case OPEN -> AccessPolicy.OPEN;
      case ROLES ->
          AccessPolicy.of(AccessPolicy.defaultRegistrars(), nobody, AccessPolicy.defaultRules());
      case RULES -> AccessPolicy.of(registrars(), nobody, rules());
    };
  }

  /// Whom elements and users believe.
  public List<IdentityPattern> registrars() {
    return switch (kind) {
      case OPEN -> List.of();
      case ROLES -> AccessPolicy.defaultRegistrars();
      case RULES -> List.of(IdentityPattern.parse(ROOT + "registrar/*"));
    };
  }

  private List<AccessRule> rules() {
    AccessRule elements =
        AccessRule.about(ROOT + "element/pe*").register(POOLS + "*").report("*").build();
    AccessRule rogues =
        AccessRule.about(ROOT + "element/" + ROGUE + "*")
            .register(isLenient ? List.of(PoolPattern.parse(ROGUE_POOLS + "*")) : List.of())
            .addresses(List.of(new AddressRange(new IpAddress.V4(ROGUE_NETWORK), 16)))
            .elementIds(
                List.of(new ElementIdRange(ElementId.of(ROGUE_ID_MIN), ElementId.of(ROGUE_ID_MAX))))
            .elements(ROGUE_ELEMENTS)
            .build();
    AccessRule users = AccessRule.about(ROOT + "user/*").report("*").reportLimit(1, 3).build();
    AccessRule everybody = AccessRule.about("*").resolve("*").watch("*").build();
    return List.of(elements, rogues, users, everybody);
  }

  /// Whether a name is a registrar's.
  public boolean isRegistrar(String name) {
    return role(name).equals("registrar") && !denied.contains(name);
  }

  /// Whether a name may have such an element.
  public boolean mayRegister(String name, PoolHandle handle, ElementId elementId) {
    String pool = new String(handle.octets().toBytes(), StandardCharsets.UTF_8);
    int id = elementId.value();
    if (elementId.isNone() || denied.contains(name)) {
      return false;
    }
    return switch (kind) {
      case OPEN -> true;
      case ROLES -> role(name).equals("element") || role(name).equals("registrar");
      case RULES -> {
        boolean isPlain = name.startsWith(ROOT + "element/pe") && pool.startsWith(POOLS);
        boolean isRogue =
            isLenient
                && name.startsWith(ROOT + "element/" + ROGUE)
                && pool.startsWith(ROGUE_POOLS)
                && id >= ROGUE_ID_MIN
                && id <= ROGUE_ID_MAX;
        yield isPlain || isRogue;
      }
    };
  }

  /// Whether an element that a name may have may give such an address of its own.
  public boolean mayUse(String name, IpAddress source, IpAddress address) {
    boolean isFree =
        kind == Kind.RULES
            && name.startsWith(ROOT + "element/" + ROGUE)
            && address instanceof IpAddress.V4(int value)
            && (value & NETWORK_MASK) == ROGUE_NETWORK;
    return address.equals(source) || isFree;
  }

  /// How many elements a name may have.
  public int elementsMax(String name) {
    return kind == Kind.RULES && name.startsWith(ROOT + "element/" + ROGUE)
        ? ROGUE_ELEMENTS
        : Integer.MAX_VALUE;
  }

  private static String role(String name) {
    String[] parts = name.split("/", -1);
    boolean isMember = parts.length >= PARTS && (parts[0] + parts[1]).equals("rserpool:");
    return isMember ? parts[ROLE] : "";
  }
}

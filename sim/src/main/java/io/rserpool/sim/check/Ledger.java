package io.rserpool.sim.check;

import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.TransportAddress;
import io.rserpool.sim.access.Charter;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/// Who has registered what, as the members of a secured scope really did: kept from what was sent, under
/// the names that the senders really have, and judged by a [Charter]. Nothing here comes from what a
/// registrar thinks.
public final class Ledger {

  /// What one name has told of one element, over time.
  private static final class Claim {
    private final Set<TransportAddress> transports = new LinkedHashSet<>();
    private final Set<IpAddress> addresses = new LinkedHashSet<>();
    private final Set<IpAddress> sources = new LinkedHashSet<>();
    private final Set<Integer> asapPorts = new LinkedHashSet<>();
    private final Set<Policy> policies = new LinkedHashSet<>();
  }

  private final Map<Identity, Map<String, Claim>> claims = new LinkedHashMap<>();
  private final Set<Identity> foreign = new LinkedHashSet<>();

  /// Nobody has registered anything.
  public Ledger() {}

  /// A registration has come to a registrar.
  ///
  /// @param name of whoever sent it
  /// @param charter by which the registrar judges
  /// @return whether it may be accepted, as far as name and charter go
  public boolean registers(
      String name,
      IpAddress source,
      Charter charter,
      PoolHandle handle,
      PoolElementParameter told) {
    List<IpAddress> usable =
        told.userTransport().addresses().stream()
            .filter(address -> charter.mayUse(name, source, address))
            .toList();
    if (name.isEmpty()
        || usable.isEmpty()
        || !charter.mayRegister(name, handle, told.elementId())) {
      return false;
    }
    Claim claim =
        claims
            .computeIfAbsent(new Identity(handle, told.elementId()), _ -> new LinkedHashMap<>())
            .computeIfAbsent(name, _ -> new Claim());
    claim.transports.add(told.userTransport());
    claim.addresses.addAll(usable);
    claim.sources.add(source);
    claim.asapPorts.add(told.asapTransport().port());
    claim.policies.add(told.policy());
    return true;
  }

  /// An element is not, or not only, that of a member that means well.
  public void isForeign(Identity identity) {
    foreign.add(identity);
  }

  /// Whether it is so.
  public boolean hasForeign(Identity identity) {
    return foreign.contains(identity);
  }

  /// How many of those there are.
  public int foreigners() {
    return foreign.size();
  }

  /// Whether a name has registered such an element.
  boolean isOf(Identity identity, String name) {
    Map<String, Claim> known = claims.get(identity);
    return known != null && known.containsKey(name);
  }

  /// Whether a name has registered any element in a pool, or that one if it is named.
  public boolean isAsked(PoolHandle handle, ElementId elementId, String name) {
    return elementId.isNone()
        ? claims.entrySet().stream()
            .anyMatch(claim ->
                claim.getKey().handle().equals(handle) && claim.getValue().containsKey(name))
        : isOf(new Identity(handle, elementId), name);
  }

  /// Why an entry cannot be there as it is; empty if it can.
  ///
  /// @param isNamed whether it says who has registered it
  String objection(Identity identity, PoolElementParameter entry, boolean isNamed) {
    Map<String, Claim> known = claims.get(identity);
    if (known == null) {
      return "nobody who may has registered it";
    }
    if (isNamed) {
      Claim claim = known.get(entry.registrant());
      return claim == null
          ? "it is said to be of '%s', but %s registered it"
              .formatted(entry.registrant(), known.keySet())
          : objection(claim, entry);
    }
    String objection = "";
    for (Claim claim : known.values()) {
      objection = objection(claim, entry);
      if (objection.isEmpty()) {
        return "";
      }
    }
    return objection;
  }

  private static String objection(Claim claim, PoolElementParameter entry) {
    TransportAddress user = entry.userTransport();
    AsapTransport asap = entry.asapTransport();
    if (!claim.addresses.containsAll(user.addresses())
        || claim.transports.stream().noneMatch(told -> isNarrowed(told, user))) {
      return "its owner may not have, or has not told, the transport " + user;
    }
    if (!claim.sources.containsAll(asap.addresses())
        || (asap.port() != 0 && !claim.asapPorts.contains(asap.port()))) {
      return "its owner has not told the ASAP transport " + asap;
    }
    return claim.policies.contains(entry.policy())
        ? ""
        : "its owner has not told the policy " + entry.policy();
  }

  private static boolean isNarrowed(TransportAddress told, TransportAddress kept) {
    return told.kind() == kept.kind()
        && told.port() == kept.port()
        && told.addresses().containsAll(kept.addresses());
  }

  /// Forgets what nobody has any more.
  void forget(Predicate<Identity> isKnown) {
    claims.keySet().removeIf(identity -> !isKnown.test(identity));
    foreign.removeIf(identity -> !isKnown.test(identity));
  }
}

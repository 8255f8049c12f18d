package io.rserpool.engine.registrar;

import io.rserpool.engine.ParameterEncoder;
import io.rserpool.engine.access.Decision;
import io.rserpool.engine.handlespace.Admission;
import io.rserpool.engine.handlespace.ElementEntry;
import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.CauseCode;
import io.rserpool.protocol.ErrorCause;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.Octets;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.TransportAddress;
import io.rserpool.protocol.TransportUse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Looks at a registration by itself: sizes, values, addresses (RFC 5352 section 3.1 rule 5 lets a
/// registrar reject what does not make sense), puts it into the form in which it is kept, and
/// compares it with its pool (rules 2 and 3).
final class AcceptanceTests {

  /// What came of the tests.
  sealed interface Outcome {}

  /// The element as it is to be kept, and what the registrar had to change.
  record Passed(PoolElementParameter element, List<ErrorCause> warnings) implements Outcome {}

  /// Why not.
  record Failed(ErrorCause cause, String why) implements Outcome {}

  /// Quotes longer than this are left out, so that a rejection always fits a message.
  private static final int QUOTE_MAX = 1_024;

  private final ParameterEncoder encoder;
  private final Membership membership;
  private final ServerId id;
  private final Gate gate;
  private final int handleSizeMax;
  private final int addressesMax;
  private final int scopeMin;
  private final boolean allTransports;
  private final boolean lifeInMilliseconds;

  AcceptanceTests(
      RegistrarSettings settings,
      ServerId id,
      ParameterEncoder encoder,
      Membership membership,
      Gate gate) {
    this.encoder = encoder;
    this.membership = membership;
    this.id = id;
    this.gate = gate;
    this.handleSizeMax = settings.count(RegistrarSetting.POOL_HANDLE_SIZE_MAX);
    this.addressesMax = settings.count(RegistrarSetting.ADDRESSES_MAX);
    this.scopeMin = settings.count(RegistrarSetting.ADDRESS_SCOPE_MIN);
    this.allTransports = settings.isOn(RegistrarSetting.ALL_USER_TRANSPORTS);
    this.lifeInMilliseconds = settings.isOn(RegistrarSetting.LIFE_IN_MILLISECONDS);
  }

  /// Runs all tests on a registration.
  Outcome test(PoolHandle handle, PoolElementParameter element, Association association) {
    Optional<Failed> failure =
        sizes(handle).or(() -> values(element)).or(() -> right(handle, element, association));
    if (failure.isPresent()) {
      return failure.get();
    }
    return switch (addresses(handle, element, association)) {
      case Failed failed -> failed;
      case Passed passed -> {
        failure =
            consistency(handle, element)
                .or(() -> size(handle, element, passed.element().registrant()));
        yield failure.isPresent() ? failure.get() : passed;
      }
    };
  }

  private Optional<Failed> sizes(PoolHandle handle) {
    if (handle.size() <= handleSizeMax) {
      return Optional.empty();
    }
    return failed(
        handle.size() > QUOTE_MAX ? Octets.EMPTY : encoder.handle(handle),
        "a pool handle has at most %d bytes here, but this one has %d"
            .formatted(handleSizeMax, handle.size()));
  }

  private Optional<Failed> values(PoolElementParameter element) {
    TransportAddress user = element.userTransport();
    if (element.elementId().isNone()) {
      return failed(encoder.element(element), "an element identifier is not 0");
    }
    if (element.registrationLife() == 0
        || (element.registrationLife() < PoolElementParameter.LIFE_INFINITE
            && !lifeInMilliseconds)) {
      return failed(
          encoder.element(element),
          "a registration life is -1 or more than 0, but this is " + element.registrationLife());
    }
    if (!isKnown(user.kind())) {
      return failed(encoder.transport(user), "user transport " + user.kind() + " is not in use");
    }
    if (user.kind() != TransportAddress.Kind.OPAQUE && user.port() == 0) {
      return failed(encoder.transport(user), "a user transport needs a port");
    }
    if (user.addresses().size() > addressesMax) {
      return failed(
          encoder.transport(user),
          "an element has at most %d addresses here, but this one has %d"
              .formatted(addressesMax, user.addresses().size()));
    }
    return Optional.empty();
  }

  /// Whether this identity may register such an element at all; the sender is not told why not (RFC
  /// 5355 section 2.4.3).
  private static Optional<Failed> right(
      PoolHandle handle, PoolElementParameter element, Association association) {
    Decision decision = association.rights().register(handle, element.elementId());
    return decision.isAllowed()
        ? Optional.empty()
        : Optional.of(new Failed(ErrorCause.of(CauseCode.SECURITY), decision.reason()));
  }

  /// All elements of a pool have one policy type, transport type and transport use, re-registered
  /// ones included (rules 2 and 3). Who names a policy that nobody knows learns the pool's.
  private Optional<Failed> consistency(PoolHandle handle, PoolElementParameter element) {
    Optional<ElementEntry<Registration>> rival = membership.handlespace().rival(handle, id);
    Optional<Admission.Refused<Registration>> refusal =
        rival.isPresent()
            ? refusedBy(rival.get().element(), element)
            : membership.handlespace().refusal(handle, element);
    return refusal.map(refused ->
        new Failed(quotable(refused.cause(encoder)), explain(refused.quoted(), element)));
  }

  /// The pool was made in another way at a registrar with a higher identifier while the two did not
  /// hear of each other: that one counts from now on.
  private static Optional<Admission.Refused<Registration>> refusedBy(
      PoolElementParameter rival, PoolElementParameter element) {
    TransportAddress transport = rival.userTransport();
    if (rival.policy().type() != element.policy().type()) {
      return Optional.of(
          new Admission.Refused<>(
              CauseCode.INCONSISTENT_POLICY, new Admission.Quoted.OfPolicy(rival.policy())));
    }
    if (transport.kind() != element.userTransport().kind()) {
      return Optional.of(
          new Admission.Refused<>(
              CauseCode.INCONSISTENT_TRANSPORT, new Admission.Quoted.OfTransport(transport)));
    }
    return transport.use() == element.userTransport().use()
        ? Optional.empty()
        : Optional.of(
            new Admission.Refused<>(
                CauseCode.INCONSISTENT_TRANSPORT_USE, new Admission.Quoted.Nothing()));
  }

  private static String explain(Admission.Quoted quoted, PoolElementParameter element) {
    return switch (quoted) {
      case Admission.Quoted.OfPolicy(Policy policy) when policy.equals(element.policy()) ->
          "policy 0x%08x is unknown, or its values make no sense".formatted(policy.type());
      case Admission.Quoted.OfPolicy(Policy policy) ->
          "the pool has policy 0x%08x, the element 0x%08x"
              .formatted(policy.type(), element.policy().type());
      case Admission.Quoted.OfTransport(TransportAddress transport) ->
          "the pool has transport "
              + transport.kind()
              + ", the element "
              + element.userTransport().kind();
      case Admission.Quoted.Nothing _ ->
          "the pool has another transport use than " + element.userTransport().use();
    };
  }

  private static Optional<Failed> size(
      PoolHandle handle, PoolElementParameter element, String registrant) {
    int room = ResponseSize.roomForElements(handle, element.policy());
    return ResponseSize.of(element) + ResponseSize.ofRegistrant(registrant) > room
        ? failed(Octets.EMPTY, "pool handle and element do not fit into one message")
        : Optional.empty();
  }

  /// Only addresses that the association confirms, or that the rules about this identity allow, are
  /// kept, and of these only those that reach far enough. In process there are no addresses to compare
  /// with.
  private Outcome addresses(
      PoolHandle handle, PoolElementParameter element, Association association) {
    TransportAddress user = element.userTransport();
    List<ErrorCause> warnings = new ArrayList<>();
    if (!association.up().peerAddresses().isEmpty()
        && user.kind() != TransportAddress.Kind.OPAQUE) {
      List<IpAddress> usable = usable(handle, element, association);
      if (usable.isEmpty()) {
        return new Failed(
            association.rights().isOpen() || hasOwn(user.addresses(), association)
                ? invalid(encoder.transport(user))
                : ErrorCause.of(CauseCode.SECURITY),
            "no usable user address: %s over an association with %s"
                .formatted(user.addresses(), association.up().peerAddresses()));
      }
      if (usable.size() < user.addresses().size()) {
        warnings.add(invalid(encoder.transport(user)));
        user = narrowed(user, usable);
      }
    }
    AsapTransport asap = asapTransport(element.asapTransport(), association, warnings);
    return new Passed(
        new PoolElementParameter(
            element.elementId(),
            id,
            element.registrationLife(),
            user,
            element.policy(),
            asap,
            gate.registrant(association)),
        warnings);
  }

  /// Where registrars may call the element: over SCTP where the registration came from (RFC 5352
  /// section 3.1 rule 4), over TCP what it names if that is its own address, else port 0 for
  /// nowhere.
  private AsapTransport asapTransport(
      AsapTransport claimed, Association association, List<ErrorCause> warnings) {
    List<IpAddress> confirmed = association.up().peerAddresses();
    if (confirmed.isEmpty()) {
      return AsapTransport.Absent.INSTANCE;
    }
    if (association.up().transport() == TransportAddress.Kind.SCTP) {
      return new AsapTransport.Sctp(confirmed, association.up().peerPort(), TransportUse.DATA_ONLY);
    }
    if (claimed instanceof AsapTransport.Tcp tcp && tcp.port() != 0) {
      if (tcp.address().isUnspecified()) {
        return new AsapTransport.Tcp(confirmed.getFirst(), tcp.port());
      }
      if (confirmed.contains(tcp.address())) {
        return new AsapTransport.Tcp(tcp.address(), tcp.port());
      }
      warnings.add(invalid(encoder.transport(tcp)));
    }
    return new AsapTransport.Tcp(confirmed.getFirst(), 0);
  }

  /// Mostly all of them, and then the same list.
  private List<IpAddress> usable(
      PoolHandle handle, PoolElementParameter element, Association association) {
    List<IpAddress> addresses = element.userTransport().addresses();
    List<IpAddress> usable = addresses;
    for (IpAddress address : addresses) {
      boolean isTheirs =
          association.up().peerAddresses().contains(address)
              || association.rights().mayUse(handle, element.elementId(), address);
      if (!isTheirs || !isUsable(address, association)) {
        usable = usable.stream().filter(other -> !other.equals(address)).toList();
      }
    }
    return usable;
  }

  private static boolean hasOwn(List<IpAddress> addresses, Association association) {
    return addresses.stream().anyMatch(association.up().peerAddresses()::contains);
  }

  private boolean isUsable(IpAddress address, Association association) {
    return scope(address) >= scopeMin || (association.isLocal() && address.isLoopback());
  }

  private static int scope(IpAddress address) {
    return address.isLoopback() ? 0 : address.isLinkLocal() ? 1 : address.isSiteLocal() ? 2 : 3;
  }

  /// Transports other than SCTP have one address, so there is nothing to narrow.
  private static TransportAddress narrowed(TransportAddress user, List<IpAddress> usable) {
    return user instanceof AsapTransport.Sctp sctp
        ? new AsapTransport.Sctp(usable, sctp.port(), sctp.use())
        : user;
  }

  private boolean isKnown(TransportAddress.Kind kind) {
    return switch (kind) {
      case SCTP, TCP, UDP -> true;
      case UDP_LITE, DCCP, OPAQUE -> allTransports;
      case NONE -> false;
    };
  }

  private static Optional<Failed> failed(Octets quoted, String why) {
    return Optional.of(new Failed(invalid(quoted), why));
  }

  private static ErrorCause invalid(Octets quoted) {
    return quotable(ErrorCause.of(CauseCode.INVALID_VALUES, quoted));
  }

  private static ErrorCause quotable(ErrorCause cause) {
    return cause.information().size() > QUOTE_MAX ? ErrorCause.of(cause.cause()) : cause;
  }
}

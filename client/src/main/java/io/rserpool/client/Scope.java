package io.rserpool.client;

import io.rserpool.engine.Endpoint;
import io.rserpool.engine.element.ElementSettings;
import io.rserpool.engine.hunt.HuntSettings;
import io.rserpool.engine.user.UserSettings;
import io.rserpool.net.sctp.SctpOptions;
import io.rserpool.net.sctp.SctpStacks;
import io.rserpool.net.status.StatusOptions;
import io.rserpool.net.tls.TlsCredentials;
import io.rserpool.net.tls.TlsException;
import io.rserpool.net.tls.TlsOptions;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.TransportAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// The operation scope that elements and users of pools live in: its registrars and the behaviour
/// that all its members share. A value; open [PoolUser]s and [PoolElement]s with it.
///
/// @param registrars where to ask, in order of preference; at least one. Port 0 stands for 3863, and with
///     TLS for 3864
/// @param profile the behaviour of the whole scope
/// @param callTimeout the longest that a call to a registrar may take; the profile's own timers are
///     shorter, so this only ends what got stuck
/// @param userTimers changes single timers and limits of pool users, starting with the profile's
/// @param elementTimers the same for pool elements
/// @param statusReports whether and where elements and users report their status
/// @param sctp timers of SCTP
/// @param tls whether and how registrars are spoken to in secret, and who this program is to them; and
///     so for sessions between users and elements, unless they are plain
/// @param plainSessions whether sessions are never secured: for services that speak a protocol of their
///     own, or secure it themselves
public record Scope(
    List<Endpoint> registrars,
    Profile profile,
    Duration callTimeout,
    UnaryOperator<UserSettings> userTimers,
    UnaryOperator<ElementSettings> elementTimers,
    StatusOptions statusReports,
    SctpOptions sctp,
    TlsOptions tls,
    boolean plainSessions) {

  /// The port of registrars for ASAP over TCP (RFC 5352 section 9).
  public static final int DEFAULT_PORT = 3863;

  /// The port of registrars for ASAP over TLS (RFC 5352 section 9).
  public static final int DEFAULT_TLS_PORT = 3864;

  /// Stands for one of the two.
  private static final int USUAL_PORT = 0;

  /// Longer than all retries of the slowest profile: `rfc` gives a registration 2 times 30 seconds.
  private static final Duration CALL_TIMEOUT = Duration.ofMinutes(2);

  /// Checks the values, and keeps a copy of the list.
  public Scope {
    registrars = List.copyOf(registrars);
    if (registrars.isEmpty()) {
      throw new IllegalArgumentException("a scope needs one registrar or more, but there is none");
    }
    if (callTimeout.isNegative() || callTimeout.isZero()) {
      throw new IllegalArgumentException("a call time-out is positive, but this is " + callTimeout);
    }
  }

  /// One registrar at `tcp://localhost:3863`, profile `standard`.
  ///
  /// @return the changed scope
  public static Scope defaults() {
    return of("tcp://localhost");
  }

  /// {@return the registrars with the given addresses, written `tcp://host:port`, `tls://host:port` or
  /// `sctp://host|host:port`; port 3863 if none is given, 3864 with TLS}
  ///
  /// @param registrars at least one
  /// @throws IllegalArgumentException that says what was expected and what was given
  public static Scope of(String... registrars) {
    return of(List.of(registrars).stream().map(Scope::registrar).toList());
  }

  private static Endpoint registrar(String text) {
    Endpoint registrar = Endpoint.parse(text, USUAL_PORT);
    return registrar.port() == USUAL_PORT
        ? new Endpoint(registrar.scheme(), registrar.hosts(), usualPort(registrar.scheme()))
        : registrar;
  }

  /// Only of SCTP the scheme does not say whether it is secured: that is known when it is called.
  private static int usualPort(Endpoint.Scheme scheme) {
    return switch (scheme) {
      case TLS -> DEFAULT_TLS_PORT;
      case TCP, IN_PROCESS -> DEFAULT_PORT;
      case SCTP, SCTP_UDP -> USUAL_PORT;
    };
  }

  /// The registrars as they are called.
  private List<Endpoint> called() {
    int usual = tls.isOn() ? DEFAULT_TLS_PORT : DEFAULT_PORT;
    return registrars.stream()
        .map(each ->
            each.port() == USUAL_PORT ? new Endpoint(each.scheme(), each.hosts(), usual) : each)
        .toList();
  }

  /// {@return the given registrars, profile `standard`}
  ///
  /// @param registrars at least one
  public static Scope of(List<Endpoint> registrars) {
    return new Scope(
        registrars,
        Profile.STANDARD,
        CALL_TIMEOUT,
        UnaryOperator.identity(),
        UnaryOperator.identity(),
        StatusOptions.OFF,
        SctpOptions.defaults(),
        TlsOptions.OFF,
        false);
  }

  /// {@return the same scope with another profile}
  ///
  /// @param newProfile the behaviour of the whole scope
  public Scope withProfile(Profile newProfile) {
    return with(parts -> parts.profile = newProfile);
  }

  /// {@return the same scope with another limit for calls}
  ///
  /// @param newCallTimeout the limit, more than zero
  public Scope withCallTimeout(Duration newCallTimeout) {
    return with(parts -> parts.callTimeout = newCallTimeout);
  }

  /// {@return the same scope with other timers or limits of pool users}
  ///
  /// @param change gives the changed settings
  public Scope withUserTimers(UnaryOperator<UserSettings> change) {
    return with(parts -> parts.userTimers = change);
  }

  /// {@return the same scope with other timers or limits of pool elements}
  ///
  /// @param change gives the changed settings
  public Scope withElementTimers(UnaryOperator<ElementSettings> change) {
    return with(parts -> parts.elementTimers = change);
  }

  /// {@return the same scope with elements and users that tell a monitor how they are: by default
  /// they tell nobody}
  ///
  /// @param newStatusReports whether and where
  public Scope withStatusReports(StatusOptions newStatusReports) {
    return with(parts -> parts.statusReports = newStatusReports);
  }

  /// {@return the same scope with other timers of SCTP, by which a path that fails is noticed}
  ///
  /// @param newSctp the timers
  public Scope withSctp(SctpOptions newSctp) {
    return with(parts -> parts.sctp = newSctp);
  }

  /// {@return the same scope with or without TLS} It is one switch for all that is said to registrars,
  /// and by them: with TLS on, `tcp://` means the same as `tls://`.
  ///
  /// @param newTls who this program is, and whom it believes
  public Scope withTls(TlsOptions newTls) {
    return with(parts -> parts.tls = newTls);
  }

  /// {@return the same scope with TLS, by the files of a directory as `rserpool pki issue` makes it}
  ///
  /// @param directory where `certificate.pem`, `key.pem` and `authority.pem` are
  /// @throws TlsException if they cannot be used, with a text for people
  public Scope withTls(Path directory) throws TlsException {
    return withTls(TlsOptions.of(TlsCredentials.load(directory)));
  }

  /// {@return the same scope, in which sessions between users and elements are not secured, though what
  /// is said to registrars may be}
  public Scope withPlainSessions() {
    return with(parts -> parts.plainSessions = true);
  }

  /// {@return how sessions between users and elements are secured}
  public TlsOptions sessionTls() {
    return plainSessions ? TlsOptions.OFF : tls;
  }

  /// {@return the own address by which this machine reaches the registrars: where services are
  /// expected unless told otherwise} Loopback beside a registrar on this machine, or if there is no
  /// route to any.
  public IpAddress ownAddress() {
    return OwnAddress.towards(registrars);
  }

  /// {@return the own addresses at which a service is to listen unless told otherwise: over SCTP
  /// all of them, which an empty list stands for, except beside a registrar on this machine}
  ///
  /// @param kind the transport of the service
  public List<IpAddress> serviceAddresses(TransportAddress.Kind kind) {
    IpAddress own = ownAddress();
    return kind == TransportAddress.Kind.SCTP && !own.isLoopback() ? List.of() : List.of(own);
  }

  /// Refuses a pool handle that members of the scope cannot have.
  void requireFitting(PoolHandle handle) {
    if (profile == Profile.RSPLIB && handle.size() > PoolHandle.MAX_SIZE_RSPLIB) {
      throw new RejectedException(
          "pool=%s: a pool handle has at most %d bytes in a scope with rsplib, but this one has %d"
              .formatted(handle, PoolHandle.MAX_SIZE_RSPLIB, handle.size()));
    }
  }

  /// The transport over which registrars call elements: the one over which elements call them.
  Endpoint.Scheme callScheme() {
    return registrars.stream()
        .map(Endpoint::scheme)
        .filter(scheme -> scheme == Endpoint.Scheme.SCTP || scheme == Endpoint.Scheme.SCTP_UDP)
        .findFirst()
        .orElse(Endpoint.Scheme.TCP);
  }

  /// Makes ready what the registrars' transports need, on the caller's thread: a library may have
  /// to be loaded, and timers do not wait for that.
  ///
  /// @throws NoRegistrarException if this machine can call none of them
  void prepareTransports() {
    String obstacle = "";
    for (Endpoint.Scheme scheme :
        registrars.stream().map(Endpoint::scheme).distinct().sorted().toList()) {
      switch (scheme) {
        case TCP, TLS, IN_PROCESS -> {
          return;
        }
        case SCTP, SCTP_UDP -> {
          try {
            new SctpStacks(SctpStacks.installed()).of(scheme);
            return;
          } catch (IOException e) {
            obstacle = String.valueOf(e.getMessage());
          }
        }
      }
    }
    throw new NoRegistrarException("no registrar can be called from this machine: " + obstacle);
  }

  /// With TLS a registrar is who has a registrar's name, wherever it is.
  private HuntSettings trusting(HuntSettings hunt) {
    return tls.isOn() ? hunt.toBuilder().trustedRegistrars(tls.registrars()).build() : hunt;
  }

  UserSettings userSettings() {
    UserSettings settings = UserSettings.forProfile(profile).withRegistrars(called());
    return userTimers.apply(settings.toBuilder().hunt(trusting(settings.hunt())).build());
  }

  ElementSettings elementSettings() {
    ElementSettings settings = ElementSettings.forProfile(profile).withRegistrars(called());
    return elementTimers.apply(settings.toBuilder().hunt(trusting(settings.hunt())).build());
  }

  private Scope with(Consumer<Parts> change) {
    Parts parts = new Parts(this);
    change.accept(parts);
    return parts.scope();
  }

  /// The parts of a scope, to be changed.
  private static final class Parts {
    private final List<Endpoint> registrars;
    private Profile profile;
    private Duration callTimeout;
    private UnaryOperator<UserSettings> userTimers;
    private UnaryOperator<ElementSettings> elementTimers;
    private StatusOptions statusReports;
    private SctpOptions sctp;
    private TlsOptions tls;
    private boolean plainSessions;

    Parts(Scope scope) {
      registrars = scope.registrars;
      profile = scope.profile;
      callTimeout = scope.callTimeout;
      userTimers = scope.userTimers;
      elementTimers = scope.elementTimers;
      statusReports = scope.statusReports;
      sctp = scope.sctp;
      tls = scope.tls;
      plainSessions = scope.plainSessions;
    }

    Scope scope() {
      return new Scope(
          registrars,
          profile,
          callTimeout,
          userTimers,
          elementTimers,
          statusReports,
          sctp,
          tls,
          plainSessions);
    }
  }
}

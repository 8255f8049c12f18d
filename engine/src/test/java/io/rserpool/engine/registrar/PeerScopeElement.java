package io.rserpool.engine.registrar;

import io.rserpool.engine.Endpoint;
import io.rserpool.engine.LossReason;
import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.asap.AsapDeregistrationResponse;
import io.rserpool.protocol.asap.AsapEndpointKeepAlive;
import io.rserpool.protocol.asap.AsapEndpointKeepAliveAck;
import io.rserpool.protocol.asap.AsapRegistration;
import io.rserpool.protocol.asap.AsapRegistrationResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An element of a [PeerScope] that wants nothing but to be registered: it answers keep-alives,
/// follows the H flag, and goes to the next registrar when its own is gone or silent (RFC 5352
/// section 3.5, `standard` times).
final class PeerScopeElement implements PeerScope.Node {

  private static final long SILENCE_NS = 2_500 * PeerScope.MS;
  private static final long SILENCE_OTHERWISE_NS = 50_000 * PeerScope.MS;
  private static final long ANSWER_NS = 1_000 * PeerScope.MS;
  private static final PoolHandle POOL = PoolHandle.of("pool");

  private final PeerScope scope;
  private final int number;
  private final boolean callable;
  private final PoolElementParameter element;
  private int next;
  private @Nullable PeerScopeLine line;
  private boolean registered;
  private boolean dead;
  private long heardNs;
  private int registrations;

  PeerScopeElement(PeerScope scope, int number, int home, boolean callable) {
    this.scope = scope;
    this.number = number;
    this.next = home;
    this.callable = callable;
    this.element =
        new PoolElementParameter(
            ElementId.of(number),
            ServerId.NONE,
            PoolElementParameter.LIFE_INFINITE,
            new AsapTransport.Tcp(PeerScopeRegistrar.address(host()), 7_000),
            Policy.RoundRobin.INSTANCE,
            callable
                ? new AsapTransport.Tcp(PeerScopeRegistrar.address(host()), 5_000)
                : AsapTransport.Absent.INSTANCE);
  }

  @Override
  public String host() {
    return "10.0.0." + number;
  }

  @Override
  public boolean isDead() {
    return dead || !callable;
  }

  int number() {
    return number;
  }

  /// How often it was registered.
  int registrations() {
    return registrations;
  }

  /// Where it believes that it is registered.
  Optional<ServerId> home() {
    PeerScopeLine present = line;
    return dead || present == null || !registered
        ? Optional.empty()
        : scope
            .living()
            .filter(registrar -> registrar == present.other(this))
            .map(registrar -> registrar.view().id())
            .findFirst();
  }

  void begin() {
    hunt();
    watch();
  }

  void kill() {
    dead = true;
    PeerScopeLine present = line;
    if (present != null) {
      present.end(this, LossReason.RESET);
    }
  }

  @Override
  public void up(PeerScopeLine up, boolean called) {
    if (!called && up == line) {
      register();
    }
  }

  @Override
  public void received(PeerScopeLine from, Object message) {
    if (dead) {
      return;
    }
    if (from == line) {
      heardNs = scope.nowNs();
    }
    switch (message) {
      case AsapEndpointKeepAlive asked -> {
        from.send(this, new AsapEndpointKeepAliveAck(POOL, element.elementId()));
        if (asked.home() && from != line) {
          use(from);
          register();
        }
      }
      case AsapRegistrationResponse response when from == line -> {
        registered = !response.rejected();
        registrations += registered ? 1 : 0;
        if (response.rejected()) {
          scope.after(250 * PeerScope.MS, this::register);
        }
      }
      case AsapDeregistrationResponse _ when from == line -> register();
      default -> {}
    }
  }

  @Override
  public void down(PeerScopeLine gone, LossReason reason) {
    if (gone == line) {
      line = null;
      registered = false;
      scope.after(50 * PeerScope.MS, this::hunt);
    }
  }

  private void hunt() {
    if (line != null || dead) {
      return;
    }
    List<PeerScopeRegistrar> all = new ArrayList<>(scope.living().toList());
    if (all.isEmpty()) {
      scope.after(250 * PeerScope.MS, this::hunt);
      return;
    }
    PeerScopeRegistrar target =
        all.stream()
            .filter(registrar -> registrar.number() >= next)
            .findFirst()
            .orElse(all.getFirst());
    next = target.number() + 1;
    use(scope.call(this, Endpoint.of(Endpoint.Scheme.TCP, target.host(), 3_863), false));
    heardNs = scope.nowNs();
  }

  private void use(PeerScopeLine better) {
    PeerScopeLine old = line;
    line = better;
    registered = false;
    heardNs = scope.nowNs();
    if (old != null) {
      old.end(this, LossReason.CLOSED);
    }
  }

  private void register() {
    PeerScopeLine present = line;
    if (present != null && !dead) {
      present.send(this, new AsapRegistration(POOL, element));
    }
  }

  /// Looks from time to time whether the home is silent.
  private void watch() {
    boolean quick = scope.profile() == io.rserpool.protocol.Profile.STANDARD;
    long silenceNs = !registered ? ANSWER_NS : quick ? SILENCE_NS : SILENCE_OTHERWISE_NS;
    PeerScopeLine present = line;
    if (present != null && scope.nowNs() - heardNs > silenceNs) {
      line = null;
      registered = false;
      present.end(this, LossReason.CLOSED);
      hunt();
    }
    if (!dead) {
      scope.after(100 * PeerScope.MS, this::watch);
    }
  }

  @Override
  public String toString() {
    return "element " + number;
  }
}

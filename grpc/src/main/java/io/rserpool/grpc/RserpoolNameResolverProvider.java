package io.rserpool.grpc;

import io.grpc.NameResolver;
import io.grpc.NameResolverProvider;
import io.rserpool.client.PoolUser;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// Resolves targets `rserpool:///PoolHandle` and `rserpool://registrar:3863/PoolHandle`; several
/// registrars are written `rserpool://one,two:3863/PoolHandle`, or with ports of their own,
/// `rserpool:///PoolHandle?registrar=one:4000,two:5000`. gRPC finds this class by itself when the
/// module is there.
///
/// A target that names registrars is resolved by them, any other by the pool user that is given
/// here; without one, by the registrar at `tcp://localhost:3863`. With each resolution comes a
/// service configuration: the load balancer `rserpool`, and gRPC's own retries for the services and
/// methods that the target names, `?retry=package.Service,package.Other/Method`.
public final class RserpoolNameResolverProvider extends NameResolverProvider {

  /// What stands before `://` in a target.
  public static final String SCHEME = "rserpool";

  /// Below those that gRPC brings (5), whose scheme is for targets without one.
  private static final int PRIORITY = 3;

  private final PoolUsers users;
  private final int priority;
  private final UnaryOperator<Map<String, ?>> configuration;

  /// Resolves by the registrars that targets name.
  public RserpoolNameResolverProvider() {
    this(PoolUsers.standard(), PRIORITY, UnaryOperator.identity());
  }

  /// Resolves by the given user. Once it is registered with a [io.grpc.NameResolverRegistry] it goes
  /// before the one that gRPC finds by itself.
  ///
  /// @param user stays the caller's: it is not closed here
  public RserpoolNameResolverProvider(PoolUser user) {
    this(PoolUsers.of(user), PRIORITY + 1, UnaryOperator.identity());
  }

  private RserpoolNameResolverProvider(
      PoolUsers users, int priority, UnaryOperator<Map<String, ?>> configuration) {
    this.users = users;
    this.priority = priority;
    this.configuration = configuration;
  }

  /// The same with another service configuration, in the form that
  /// [io.grpc.ManagedChannelBuilder#defaultServiceConfig] takes. Where it names no load balancer it
  /// is completed with this module's.
  public RserpoolNameResolverProvider withServiceConfig(Map<String, ?> config) {
    return new RserpoolNameResolverProvider(users, priority, _ -> config);
  }

  @Override
  @SuppressWarnings("NullAway") // By the contract null says that the scheme is somebody else's.
  public NameResolver newNameResolver(URI target, NameResolver.Args args) {
    if (!SCHEME.equals(target.getScheme())) {
      return null;
    }
    PoolTarget pool = PoolTarget.parse(target);
    Map<String, ?> config = configuration.apply(ServiceConfig.of(pool.retried()));
    return new PoolNameResolver(pool, users, ServiceConfig.withBalancer(config), args);
  }

  @Override
  public String getDefaultScheme() {
    return SCHEME;
  }

  @Override
  protected boolean isAvailable() {
    return true;
  }

  @Override
  protected int priority() {
    return priority;
  }

  @Override
  public Collection<Class<? extends SocketAddress>> getProducedSocketAddressTypes() {
    return List.of(InetSocketAddress.class);
  }
}

package io.rserpool.grpc;

import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.ManagedChannelBuilder;
import io.grpc.NameResolverRegistry;
import io.rserpool.client.PoolUser;
import io.rserpool.protocol.PoolHandle;

/// Makes channels whose calls outlive the servers of a pool: name resolver, load balancer and
/// [FailoverInterceptor] in one.
public final class PoolChannel {

  private PoolChannel() {}

  /// A channel to a pool, to be completed. What is declared idempotent is repeated; add no
  /// [FailoverInterceptor].
  ///
  /// @param user asks the registrars; stays the caller's, who closes it after the channel
  public static ManagedChannelBuilder<?> builder(
      PoolUser user, PoolHandle handle, ChannelCredentials credentials) {
    return builder(user, handle, credentials, FailoverOptions.defaults());
  }

  /// The same with other options for calls that are repeated.
  public static ManagedChannelBuilder<?> builder(
      PoolUser user, PoolHandle handle, ChannelCredentials credentials, FailoverOptions options) {
    NameResolverRegistry resolvers = new NameResolverRegistry();
    resolvers.register(new RserpoolNameResolverProvider(user));
    return Grpc.newChannelBuilder(PoolTarget.textOf(handle), credentials, resolvers)
        .intercept(new FailoverInterceptor(options));
  }
}

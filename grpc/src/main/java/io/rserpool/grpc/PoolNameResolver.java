package io.rserpool.grpc;

import io.grpc.Attributes;
import io.grpc.EquivalentAddressGroup;
import io.grpc.NameResolver;
import io.grpc.Status;
import io.grpc.StatusOr;
import io.grpc.SynchronizationContext;
import io.rserpool.client.Pool;
import io.rserpool.client.PoolUser;
import io.rserpool.client.RSerPoolException;
import io.rserpool.client.Subscription;
import io.rserpool.client.UnknownPoolException;
import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.PoolElementParameter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells a channel who is in a pool, each time that a registrar pushes a change. Nothing is polled.
///
/// Its fields belong to the channel's synchronization context.
final class PoolNameResolver extends NameResolver {

  private static final Logger LOG = LoggerFactory.getLogger("io.rserpool.grpc");

  private final PoolTarget target;
  private final PoolUsers users;
  private final SynchronizationContext context;
  private final ConfigOrError serviceConfig;
  private PoolUsers.@Nullable Lease lease;
  private Subscription watch = () -> {};
  private @Nullable Listener2 listener;
  private boolean hasHeard;
  private boolean isAsking;

  PoolNameResolver(PoolTarget target, PoolUsers users, Map<String, ?> serviceConfig, Args args) {
    this.target = target;
    this.users = users;
    this.context = args.getSynchronizationContext();
    this.serviceConfig = args.getServiceConfigParser().parseServiceConfig(serviceConfig);
  }

  @Override
  public String getServiceAuthority() {
    return target.authority();
  }

  @Override
  public void start(Listener2 newListener) {
    listener = newListener;
    try {
      PoolUsers.Lease borrowed = users.borrow(target.registrars());
      lease = borrowed;
      watch = borrowed.user().watch(target.handle(), pool -> context.execute(() -> heard(pool)));
      ask(borrowed.user());
    } catch (RSerPoolException e) {
      newListener.onError(unavailable(e));
    }
  }

  /// A watch says nothing while there is no registrar; a question says that.
  private void ask(PoolUser user) {
    if (isAsking || hasHeard) {
      return;
    }
    isAsking = true;
    Thread.ofVirtual()
        .name("rserpool-grpc-resolve")
        .start(() -> {
          Status status = answer(user);
          context.execute(() -> answered(status));
        });
  }

  private Status answer(PoolUser user) {
    try {
      user.resolve(target.handle());
      return Status.OK;
    } catch (UnknownPoolException _) {
      // The watch tells that, and when the pool comes to be.
      return Status.OK;
    } catch (RSerPoolException e) {
      return unavailable(e);
    }
  }

  private void answered(Status status) {
    isAsking = false;
    if (!status.isOk() && !hasHeard && listener != null) {
      listener.onError(status);
    }
  }

  private Status unavailable(RSerPoolException e) {
    return Status.UNAVAILABLE
        .withDescription("pool=" + target.handle() + " is not resolved: " + e.getMessage())
        .withCause(e);
  }

  private void heard(Pool pool) {
    if (listener == null || lease == null) {
      return;
    }
    hasHeard = true;
    PoolUser user = lease.user();
    PoolSource source =
        new PoolSource(
            target.handle(), pool.policy(), elementId -> report(user, target, elementId));
    // A pool without elements is an answer like any other: more are pushed as they come.
    listener.onResult2(
        ResolutionResult.newBuilder()
            .setAddressesOrError(StatusOr.fromValue(addresses(pool)))
            .setAttributes(Attributes.newBuilder().set(PoolSource.KEY, source).build())
            .setServiceConfig(serviceConfig)
            .build());
  }

  private static void report(PoolUser user, PoolTarget target, ElementId elementId) {
    Thread.ofVirtual()
        .name("rserpool-grpc-report")
        .start(() -> {
          try {
            user.report(target.handle(), elementId);
          } catch (RSerPoolException e) {
            LOG.debug(
                "pool={} element={} is not reported: {}",
                target.handle(),
                elementId,
                e.getMessage());
          }
        });
  }

  /// Elements that serve over TCP; gRPC speaks nothing else.
  private static List<EquivalentAddressGroup> addresses(Pool pool) {
    List<EquivalentAddressGroup> addresses = new ArrayList<>();
    for (PoolElementParameter element : pool.elements()) {
      if (element.userTransport() instanceof AsapTransport.Tcp tcp) {
        addresses.add(
            new EquivalentAddressGroup(
                new InetSocketAddress(address(tcp.address()), tcp.port()),
                Attributes.newBuilder().set(PoolSource.ELEMENT, element).build()));
      }
    }
    return addresses;
  }

  private static InetAddress address(IpAddress address) {
    try {
      return InetAddress.getByAddress(address.toBytes());
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an IP address has 4 or 16 bytes: " + address, e);
    }
  }

  /// Called while the channel has no answer; afterwards the registrar tells what is new.
  @Override
  public void refresh() {
    if (lease != null) {
      ask(lease.user());
    }
  }

  @Override
  public void shutdown() {
    listener = null;
    watch.close();
    if (lease != null) {
      lease.close();
      lease = null;
    }
  }
}

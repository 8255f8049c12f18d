package io.rserpool.grpc;

import io.rserpool.client.PoolUser;
import io.rserpool.client.Scope;
import io.rserpool.engine.Endpoint;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/// Lends pool users to resolvers: all that ask the same registrars share one, which ends with the
/// last of them.
final class PoolUsers {

  /// A pool user on loan. Giving it back twice is harmless.
  interface Lease extends AutoCloseable {
    /// The user, until it is given back.
    PoolUser user();

    @Override
    void close();
  }

  private static final class Shared {
    private final PoolUser user;
    private int borrowers;

    Shared(PoolUser user) {
      this.user = user;
    }
  }

  private final class SharedLease implements Lease {
    private final List<Endpoint> registrars;
    private final Shared shared;
    private boolean isOver;

    SharedLease(List<Endpoint> registrars, Shared shared) {
      this.registrars = registrars;
      this.shared = shared;
    }

    @Override
    public PoolUser user() {
      return shared.user;
    }

    @Override
    public void close() {
      lock.lock();
      try {
        if (isOver) {
          return;
        }
        isOver = true;
        if (--shared.borrowers == 0) {
          byRegistrars.remove(registrars);
          // To close takes a word to the registrar, and resolvers must not block.
          Thread.ofVirtual().name("rserpool-grpc-close").start(shared.user::close);
        }
      } finally {
        lock.unlock();
      }
    }
  }

  private record Given(PoolUser user) implements Lease {
    @Override
    public void close() {
      // It belongs to somebody else.
    }
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final HashMap<List<Endpoint>, Shared> byRegistrars = new HashMap<>();
  private final Function<PoolUsers, Lease> own;

  private PoolUsers(Function<PoolUsers, Lease> own) {
    this.own = own;
  }

  /// Those of the default scope for targets that name no registrars.
  static PoolUsers standard() {
    return new PoolUsers(users -> users.borrowOf(Scope.defaults()));
  }

  /// The given one for targets that name no registrars.
  static PoolUsers of(PoolUser user) {
    return new PoolUsers(_ -> new Given(user));
  }

  /// A user that asks the given registrars; with none given, the own one.
  Lease borrow(List<Endpoint> registrars) {
    return registrars.isEmpty() ? own.apply(this) : borrowOf(Scope.of(registrars));
  }

  private Lease borrowOf(Scope scope) {
    lock.lock();
    try {
      Shared shared =
          byRegistrars.computeIfAbsent(scope.registrars(), _ -> new Shared(PoolUser.open(scope)));
      shared.borrowers++;
      return new SharedLease(scope.registrars(), shared);
    } finally {
      lock.unlock();
    }
  }
}

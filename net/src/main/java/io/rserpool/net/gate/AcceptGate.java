package io.rserpool.net.gate;

import io.rserpool.protocol.IpAddress;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/// Decides which connections are let in, so that a flood of them costs its source and nobody else.
///
/// Addresses are limited in rate and in number of associations that have not said anything yet; when
/// there are too many silent ones, the oldest of them makes room, so that who says something is served.
/// An IPv6 address counts with its first 64 bits: one host commonly has all of the rest.
///
/// For one thread at a time.
///
/// @param <A> an association
public final class AcceptGate<A> {

  /// The answer to a new connection.
  public enum Verdict {
    /// Let in.
    ADMITTED("admitted"),
    /// Its address calls too often.
    TOO_FAST("too many new connections a second from this address"),
    /// There is no room, for nobody.
    FULL("too many associations");

    private final String text;

    Verdict(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /// Addresses whose rate is remembered; the one that called longest ago is forgotten first.
  private static final int BUCKETS_MAX = 10_000;

  private final GateLimits limits;
  private final SequencedMap<IpAddress, TokenBucket> buckets = new LinkedHashMap<>();
  private final SequencedMap<A, IpAddress> silent = new LinkedHashMap<>();
  private final Map<IpAddress, SequencedSet<A>> silentByAddress = new HashMap<>();
  private int associations;

  /// Nobody is in.
  public AcceptGate(GateLimits limits) {
    this.limits = limits;
  }

  /// Whether a new connection is let in. One that is has to be told to [#entered].
  public Verdict admit(long nowNs, IpAddress address) {
    if (associations >= limits.associationsMax()) {
      return Verdict.FULL;
    }
    return isLimited(address) && !bucketOf(nowNs, networkOf(address)).take(nowNs)
        ? Verdict.TOO_FAST
        : Verdict.ADMITTED;
  }

  /// A connection was let in and is silent so far.
  ///
  /// @return the silent association that has to go for it, if one has
  public @Nullable A entered(A association, IpAddress address) {
    IpAddress network = networkOf(address);
    SequencedSet<A> ofAddress =
        silentByAddress.computeIfAbsent(network, _ -> new LinkedHashSet<>());
    A oldest = null;
    if (isLimited(address) && ofAddress.size() >= limits.silentPerAddressMax()) {
      oldest = ofAddress.getFirst();
    } else if (silent.size() >= limits.silentMax()) {
      oldest = silent.firstEntry().getKey();
    }
    associations++;
    silent.put(association, network);
    ofAddress.add(association);
    return oldest;
  }

  /// An association has said something, or was spoken to: it is not silent any more.
  public void heard(A association) {
    IpAddress network = silent.remove(association);
    if (network == null) {
      return;
    }
    SequencedSet<A> ofAddress = silentByAddress.get(network);
    if (ofAddress != null) {
      ofAddress.remove(association);
      if (ofAddress.isEmpty()) {
        silentByAddress.remove(network);
      }
    }
  }

  /// An association that was let in is gone.
  public void left(A association) {
    heard(association);
    associations--;
  }

  /// Associations that were let in and are not gone.
  public int associations() {
    return associations;
  }

  private boolean isLimited(IpAddress address) {
    return limits.limitsLoopback() || !address.isLoopback();
  }

  private TokenBucket bucketOf(long nowNs, IpAddress network) {
    TokenBucket bucket = buckets.remove(network);
    if (bucket == null) {
      bucket = new TokenBucket(nowNs, limits.perSecond(), limits.burst());
      if (buckets.size() >= BUCKETS_MAX) {
        buckets.pollFirstEntry();
      }
    }
    buckets.putLast(network, bucket);
    return bucket;
  }

  private static IpAddress networkOf(IpAddress address) {
    return switch (address) {
      case IpAddress.V4 v4 -> v4;
      case IpAddress.V6(long high, long _) -> new IpAddress.V6(high, 0);
    };
  }
}

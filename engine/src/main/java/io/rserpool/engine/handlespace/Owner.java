package io.rserpool.engine.handlespace;

import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.ServerId;
import java.util.NavigableMap;
import java.util.TreeMap;

/// A home registrar as far as it owns elements: which ones, and their checksum (RFC 5353 section
/// 3.6).
///
/// @param <S> the owner's own state of each element
final class Owner<S> {

  private final ServerId id;
  private final NavigableMap<PoolHandle, Share<S>> shares = new TreeMap<>();
  private int size;

  /// The sum of all 16-bit words, without carry: it can be taken back exactly.
  private long sum;

  Owner(ServerId id) {
    this.id = id;
  }

  ServerId id() {
    return id;
  }

  int size() {
    return size;
  }

  NavigableMap<PoolHandle, Share<S>> shares() {
    return shares;
  }

  /// Takes an element over.
  void add(Share<S> share, ElementEntry<S> entry) {
    share.ids().add(entry.key());
    entry.share(share);
    size++;
    sum += share.pool().checksumWords(entry.key());
  }

  /// Lets go of an element.
  void remove(ElementEntry<S> entry) {
    Share<S> share = entry.share();
    share.ids().remove(entry.key());
    if (share.ids().isEmpty()) {
      shares.remove(share.pool().handle());
    }
    size--;
    sum -= share.pool().checksumWords(entry.key());
  }

  /// The Internet checksum of RFC 1071; 0xffff for no elements.
  int checksum() {
    long folded = sum;
    while (folded > 0xffff) {
      folded = (folded & 0xffff) + (folded >>> 16);
    }
    return (int) ~folded & 0xffff;
  }
}

package io.rserpool.engine.handlespace;

import io.rserpool.engine.policy.PolicyRule;
import io.rserpool.engine.policy.Selection;
import io.rserpool.protocol.CauseCode;
import io.rserpool.protocol.Octets;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.TransportAddress;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One pool: its elements by identifier, in order, and by policy.
///
/// @param <S> the owner's own state of each element
final class Pool<S> implements Part<S> {

  private final PoolHandle handle;
  private final PolicyRule rule;
  private final Policy policy;
  private final TransportAddress transport;
  private final Selection<ElementEntry<S>> selection;
  private final IdTable<S> entries = new IdTable<>();
  private final IdSet ids = new IdSet();
  private final long handleWords;

  /// The share of the last owner that was asked for: mostly there is but one.
  private @Nullable Share<S> lastShare;

  /// A pool without elements yet.
  ///
  /// @param founder the element that decides what all elements have in common
  Pool(PoolHandle handle, PolicyRule rule, PoolElementParameter founder) {
    this.handle = handle;
    this.rule = rule;
    this.policy = founder.policy();
    this.transport = founder.userTransport();
    this.selection = rule.newSelection();
    this.handleWords = words(handle.octets());
  }

  PoolHandle handle() {
    return handle;
  }

  @Override
  public Pool<S> pool() {
    return this;
  }

  @Override
  public IdSet ids() {
    return ids;
  }

  int size() {
    return entries.size();
  }

  PoolView view() {
    return new PoolView(handle, size(), policy, transport);
  }

  Selection<ElementEntry<S>> selection() {
    return selection;
  }

  @Nullable ElementEntry<S> find(int id) {
    return entries.find(id);
  }

  /// Why an element does not fit (RFC 5352 section 3.1 rules 2 and 3), or nothing.
  Optional<Admission.Refused<S>> refusal(PoolElementParameter element) {
    if (element.policy().type() != policy.type()) {
      return refusal(CauseCode.INCONSISTENT_POLICY, new Admission.Quoted.OfPolicy(policy));
    }
    if (element.userTransport().kind() != transport.kind()) {
      return refusal(CauseCode.INCONSISTENT_TRANSPORT, new Admission.Quoted.OfTransport(transport));
    }
    if (element.userTransport().use() != transport.use()) {
      return refusal(CauseCode.INCONSISTENT_TRANSPORT_USE, new Admission.Quoted.Nothing());
    }
    if (!rule.accepts(element.policy())) {
      return refusal(CauseCode.INVALID_VALUES, new Admission.Quoted.OfPolicy(element.policy()));
    }
    return Optional.empty();
  }

  private static <S> Optional<Admission.Refused<S>> refusal(
      CauseCode code, Admission.Quoted quoted) {
    return Optional.of(new Admission.Refused<>(code, quoted));
  }

  void add(ElementEntry<S> entry) {
    entries.add(entry);
    ids.add(entry.key());
    selection.add(entry);
  }

  void remove(ElementEntry<S> entry) {
    entries.remove(entry.key());
    ids.remove(entry.key());
    selection.remove(entry);
  }

  /// What an owner has of this pool; made if it has nothing yet.
  Share<S> shareOf(Owner<S> owner) {
    Share<S> share = lastShare;
    if (share == null || share.owner() != owner || share.ids().isEmpty()) {
      share = owner.shares().computeIfAbsent(handle, _ -> new Share<>(this, owner));
      lastShare = share;
    }
    return share;
  }

  /// Appends the entries with the given identifiers.
  void list(int[] wanted, List<ElementEntry<S>> found) {
    for (int id : wanted) {
      ElementEntry<S> entry = entries.find(id);
      if (entry == null) {
        throw new IllegalStateException(
            "pool %s: element 0x%08x is in the order but not in the table".formatted(handle, id));
      }
      found.add(entry);
    }
  }

  /// The sum of the 16-bit words that stand for an element in the checksum of its owner: the
  /// handle, padded with zeros to a multiple of four bytes, and the identifier (RFC 5353 section
  /// 3.6.2).
  long checksumWords(int id) {
    return handleWords + (id >>> 16) + (id & 0xffff);
  }

  private static long words(Octets octets) {
    long sum = 0;
    for (int i = 0; i < octets.size(); i++) {
      sum += (long) octets.unsignedByteAt(i) << ((i & 1) == 0 ? 8 : 0);
    }
    return sum;
  }
}

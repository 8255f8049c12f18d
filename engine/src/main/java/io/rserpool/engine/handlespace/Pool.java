package io.rserpool.engine.handlespace;

import io.rserpool.engine.policy.PolicyRule;
import io.rserpool.engine.policy.PolicyRules;
import io.rserpool.engine.policy.Selection;
import io.rserpool.protocol.CauseCode;
import io.rserpool.protocol.Octets;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.TransportAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One pool: its elements by identifier, in order, and by policy.
///
/// It selects the elements that agree with its policy type, transport type and transport use, and
/// have policy values that make sense. The others, which it may have got from other registrars, are
/// its misfits. As long as it can select any element, what it leads with stays.
///
/// @param <S> the owner's own state of each element
final class Pool<S> implements Part<S> {

  private final PoolHandle handle;
  private final PolicyRules rules;

  /// Null if and only if no element has a policy that could be followed.
  private @Nullable PolicyRule rule;

  private Policy policy;
  private TransportAddress transport;
  private Selection<ElementEntry<S>> selection;
  private final IdTable<S> entries = new IdTable<>();
  private final IdSet ids = new IdSet();
  private final long handleWords;

  /// The elements that are not in the selection, if there are any.
  private @Nullable Misfits<S> misfits;

  /// The share of the last owner that was asked for: mostly there is but one.
  private @Nullable Share<S> lastShare;

  /// A pool without elements yet.
  ///
  /// @param founder the element that decides what all elements have in common
  Pool(PoolHandle handle, PolicyRules rules, PoolElementParameter founder) {
    this.handle = handle;
    this.rules = rules;
    this.policy = founder.policy();
    this.transport = founder.userTransport();
    PolicyRule founding = ruleFor(rules, policy).orElse(null);
    this.rule = founding;
    this.selection = founding == null ? new NoSelection<>() : founding.newSelection();
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

  /// Whether the pool can select an element with these attributes.
  private boolean fits(PoolElementParameter element) {
    PolicyRule leading = rule;
    return leading != null
        && element.policy().type() == policy.type()
        && element.userTransport().kind() == transport.kind()
        && element.userTransport().use() == transport.use()
        && leading.accepts(element.policy());
  }

  /// Why an element does not fit (RFC 5352 section 3.1 rules 2 and 3), or nothing.
  Optional<Admission.Refused<S>> refusal(PoolElementParameter element) {
    if (fits(element)) {
      return Optional.empty();
    }
    if (rule == null) {
      return refusal(rules, element);
    }
    if (element.policy().type() != policy.type()) {
      return refusal(CauseCode.INCONSISTENT_POLICY, new Admission.Quoted.OfPolicy(policy));
    }
    if (element.userTransport().kind() != transport.kind()) {
      return refusal(CauseCode.INCONSISTENT_TRANSPORT, new Admission.Quoted.OfTransport(transport));
    }
    if (element.userTransport().use() != transport.use()) {
      return refusal(CauseCode.INCONSISTENT_TRANSPORT_USE, new Admission.Quoted.Nothing());
    }
    return refusal(CauseCode.INVALID_VALUES, new Admission.Quoted.OfPolicy(element.policy()));
  }

  /// Why an element cannot lead a pool, or nothing.
  static <S> Optional<Admission.Refused<S>> refusal(
      PolicyRules rules, PoolElementParameter element) {
    Policy policy = element.policy();
    return ruleFor(rules, policy).isPresent()
        ? Optional.empty()
        : refusal(CauseCode.INVALID_VALUES, new Admission.Quoted.OfPolicy(policy));
  }

  private static <S> Optional<Admission.Refused<S>> refusal(
      CauseCode code, Admission.Quoted quoted) {
    return Optional.of(new Admission.Refused<>(code, quoted));
  }

  /// The rule for a valid policy: one of a known type, with values that make sense.
  private static Optional<PolicyRule> ruleFor(PolicyRules rules, Policy policy) {
    return rules.find(policy.type()).filter(known -> known.accepts(policy));
  }

  /// Whether one of the pool's elements is in its selection.
  boolean selects(ElementEntry<S> entry) {
    return misfits == null || fits(entry.element());
  }

  /// The misfit with a valid policy that has the highest home above the given one, or nothing.
  Optional<ElementEntry<S>> rival(ServerId own) {
    Misfits<S> held = misfits;
    return held == null
        ? Optional.empty()
        : held.first().filter(entry -> entry.home().compareTo(own) > 0);
  }

  void add(ElementEntry<S> entry) {
    entries.add(entry);
    ids.add(entry.key());
    place(entry);
    settle();
  }

  void remove(ElementEntry<S> entry) {
    entries.remove(entry.key());
    ids.remove(entry.key());
    withdraw(entry);
    settle();
  }

  /// Takes note that an element has registered again with what is known of it.
  void renew(ElementEntry<S> entry) {
    if (selects(entry)) {
      selection.renew(entry, entry.policy());
    }
  }

  /// Takes note that an element has registered again with other attributes.
  void renew(ElementEntry<S> entry, PoolElementParameter element) {
    if (selects(entry) && fits(element)) {
      Policy before = entry.policy();
      entry.element(element);
      selection.renew(entry, before);
    } else {
      withdraw(entry);
      entry.element(element);
      place(entry);
      settle();
    }
  }

  /// Notes the new home of an element, which makes no difference to a selection.
  void changeHome(ElementEntry<S> entry, ServerId home) {
    PoolElementParameter element = entry.element().withHome(home);
    if (selects(entry)) {
      entry.element(element);
    } else {
      withdraw(entry);
      entry.element(element);
      place(entry);
    }
  }

  /// Takes an element into the selection, or among the misfits.
  private void place(ElementEntry<S> entry) {
    if (fits(entry.element())) {
      selection.add(entry);
      return;
    }
    Misfits<S> held = misfits;
    if (held == null) {
      held = new Misfits<>();
      misfits = held;
    }
    held.add(entry, ruleFor(rules, entry.policy()).isPresent());
  }

  /// Takes an element out of where [#place] has put it.
  private void withdraw(ElementEntry<S> entry) {
    Misfits<S> held = misfits;
    if (held == null || fits(entry.element())) {
      selection.remove(entry);
      return;
    }
    held.remove(entry);
    if (held.size() == 0) {
      misfits = null;
    }
  }

  /// Finds another lead if there are elements, but none that could be selected.
  private void settle() {
    Misfits<S> held = misfits;
    if (held == null || held.size() < size()) {
      return;
    }
    Optional<ElementEntry<S>> leader = held.first();
    if (leader.isPresent()) {
      follow(leader.get().element());
    } else {
      rule = null;
      selection = new NoSelection<>();
    }
  }

  /// Begins anew with all elements, in the order of their identifiers.
  private void follow(PoolElementParameter leader) {
    PolicyRule leading = ruleFor(rules, leader.policy()).orElseThrow();
    rule = leading;
    policy = leader.policy();
    transport = leader.userTransport();
    selection = leading.newSelection();
    misfits = null;
    List<ElementEntry<S>> all = new ArrayList<>(size());
    list(ids.first(size()), all);
    all.forEach(this::place);
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

package io.rserpool.engine.handlespace;

import static io.rserpool.engine.handlespace.Elements.element;
import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.engine.policy.Member;
import io.rserpool.engine.policy.PolicyRule;
import io.rserpool.engine.policy.PolicyRules;
import io.rserpool.engine.policy.Selection;
import io.rserpool.engine.policy.SelectionSettings;
import io.rserpool.protocol.CauseCode;
import io.rserpool.protocol.Octets;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.Profile;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// New policies are plugged in from outside, without a change to handlespace or policies.
class ExtensionPolicyTest {

  private static final PoolHandle POOL = PoolHandle.of("pool");
  private static final long COLDEST = 0xc000_0101L;
  private static final long NEWEST = 0xc000_0102L;
  private static final long SIZED = 0xc000_0103L;

  /// The coldest machine first: one byte with its temperature, which each selection raises.
  private static PolicyRule coldestFirst() {
    PolicyRule byTemperature =
        PolicyRule.ranked(COLDEST, 1, (policy, count) -> firstByte(policy) + 2L * count);
    return new PolicyRule() {
      @Override
      public long type() {
        return COLDEST;
      }

      @Override
      public boolean accepts(Policy policy) {
        return ((Policy.Extension) policy).fields().size() == 1;
      }

      @Override
      public <M extends Member> Selection<M> newSelection() {
        return byTemperature.newSelection();
      }
    };
  }

  /// A rule with state of its own: who came last is asked first.
  private static final class NewestFirst implements PolicyRule {
    @Override
    public long type() {
      return NEWEST;
    }

    @Override
    public <M extends Member> Selection<M> newSelection() {
      return new Selection<>() {
        private final List<M> stack = new ArrayList<>();

        @Override
        public void add(M member) {
          stack.addFirst(member);
        }

        @Override
        public void renew(M member, Policy before) {}

        @Override
        public void remove(M member) {
          stack.remove(member);
        }

        @Override
        public List<M> select(int items, RandomGenerator random) {
          return preview(items, random);
        }

        @Override
        public List<M> preview(int items, RandomGenerator random) {
          return List.copyOf(stack.subList(0, Math.min(items, stack.size())));
        }
      };
    }
  }

  private final Handlespace<Integer> handlespace =
      new Handlespace<>(
          PolicyRules.standard(SelectionSettings.forProfile(Profile.STANDARD))
              .with(coldestFirst())
              .with(new NewestFirst())
              .with(PolicyRule.weighted(SIZED, 0, (policy, _) -> firstByte(policy))),
          new SplittableRandom(1));

  private static long firstByte(Policy policy) {
    return ((Policy.Extension) policy).fields().unsignedByteAt(0);
  }

  private static Policy extension(long type, int... fields) {
    byte[] bytes = new byte[fields.length];
    for (int i = 0; i < fields.length; i++) {
      bytes[i] = (byte) fields[i];
    }
    return new Policy.Extension(type, Octets.of(bytes));
  }

  private int selectOne() {
    return handlespace.select(POOL, 1).getFirst().id().value();
  }

  @Test
  void rankedExtensionSelectsByItsOwnRule() {
    handlespace.put(POOL, element(1, extension(COLDEST, 40)), 0);
    handlespace.put(POOL, element(2, extension(COLDEST, 37)), 0);
    // 37 and 39 are below 40, then 41 is above it, and 41 is below 42.
    assertThat(List.of(selectOne(), selectOne(), selectOne(), selectOne()))
        .containsExactly(2, 2, 1, 2);
    handlespace.put(POOL, element(1, extension(COLDEST, 20)), 0);
    assertThat(selectOne()).isEqualTo(1);
  }

  @Test
  void extensionWithSenselessValuesIsRefused() {
    Policy senseless = extension(COLDEST, 1, 2, 3);
    Admission.Quoted quoted = new Admission.Quoted.OfPolicy(senseless);
    assertThat(handlespace.put(POOL, element(1, senseless), 0))
        .isEqualTo(new Admission.Refused<Integer>(CauseCode.INVALID_VALUES, quoted));
    assertThat(handlespace.poolCount()).isZero();
    handlespace.put(POOL, element(2, extension(COLDEST, 9)), 0);
    assertThat(handlespace.put(POOL, element(1, senseless), 0))
        .isEqualTo(new Admission.Refused<Integer>(CauseCode.INVALID_VALUES, quoted));
  }

  @Test
  void extensionMayKeepAnyStateOfItsOwn() {
    for (int id = 1; id <= 3; id++) {
      handlespace.put(POOL, element(id, extension(NEWEST)), 0);
    }
    assertThat(handlespace.select(POOL, 2))
        .extracting(entry -> entry.id().value())
        .containsExactly(3, 2);
    handlespace.remove(handlespace.select(POOL, 1).getFirst());
    assertThat(selectOne()).isEqualTo(2);
  }

  @Test
  void weightedExtensionDrawsByItsOwnWeights() {
    handlespace.put(POOL, element(1, extension(SIZED, 0)), 0);
    handlespace.put(POOL, element(2, extension(SIZED, 5)), 0);
    for (int i = 0; i < 20; i++) {
      assertThat(selectOne()).isEqualTo(2);
    }
  }
}

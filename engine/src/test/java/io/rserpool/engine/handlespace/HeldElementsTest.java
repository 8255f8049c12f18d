package io.rserpool.engine.handlespace;

import static io.rserpool.engine.handlespace.Elements.element;
import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.engine.policy.PolicyRules;
import io.rserpool.engine.policy.SelectionSettings;
import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.CauseCode;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.Octets;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.Policy.LeastUsed;
import io.rserpool.protocol.Policy.LeastUsedDegradation;
import io.rserpool.protocol.Policy.Priority;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.TransportAddress;
import io.rserpool.protocol.TransportUse;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Pools that got different policies in the two halves of a partitioned scope.
class HeldElementsTest {

  private static final PoolHandle ECHO = PoolHandle.of("EchoPool");
  private static final ServerId LOW = ServerId.of(5);
  private static final ServerId MIDDLE = ServerId.of(0x7000_0000);

  /// Above the others only if compared without sign.
  private static final ServerId HIGH = ServerId.of(0x9000_0000);

  private static final Policy RR = Policy.RoundRobin.INSTANCE;
  private static final Policy UNKNOWN = new Policy.Extension(0xb000_9999L, Octets.of((byte) 1));
  private static final Policy SENSELESS = new Policy.Extension(EvenFirst.TYPE, Octets.of((byte) 1));
  private static final Policy EVEN = new Policy.Extension(EvenFirst.TYPE, Octets.of((byte) 2));

  private final Handlespace<String> handlespace =
      new Handlespace<>(
          PolicyRules.standard(SelectionSettings.forProfile(Profile.STANDARD))
              .with(new EvenFirst(1)),
          new SplittableRandom(1));

  private ElementEntry<String> put(PoolElementParameter element) {
    return entry(handlespace.put(ECHO, element, "put"));
  }

  private ElementEntry<String> hold(PoolElementParameter element) {
    return entry(handlespace.hold(ECHO, element, "held"));
  }

  private static ElementEntry<String> entry(Admission<String> admission) {
    return switch (admission) {
      case Admission.Added<String>(var entry) -> entry;
      case Admission.Replaced<String>(var entry, _, _) -> entry;
      case Admission.Refused<String> refused ->
          throw new AssertionError("refused: " + refused.code());
    };
  }

  private CauseCode refusal(PoolElementParameter element) {
    return ((Admission.Refused<String>) handlespace.put(ECHO, element, "never")).code();
  }

  private List<Integer> select() {
    return ids(handlespace.select(ECHO, 100));
  }

  private static List<Integer> ids(List<ElementEntry<String>> entries) {
    return entries.stream().map(entry -> entry.id().value()).toList();
  }

  @Test
  void heldElementThatDisagreesIsInEveryOrderButTheSelection() {
    put(element(1, LOW, RR));
    int checksumOfOne = checksumAlone(2, HIGH, new LeastUsed(3));
    ElementEntry<String> foreign = hold(element(2, HIGH, new LeastUsed(3)));
    assertThat(foreign.isSelectable()).isFalse();
    assertThat(foreign.state()).isEqualTo("held");
    assertThat(foreign.isPresent()).isTrue();
    assertThat(handlespace.find(ECHO, ElementId.of(2))).containsSame(foreign);
    assertThat(ids(handlespace.elements(ECHO))).containsExactly(1, 2);
    assertThat(handlespace.elementCount()).isEqualTo(2);
    assertThat(handlespace.pool(ECHO).orElseThrow().size()).isEqualTo(2);
    assertThat(handlespace.owners()).containsExactly(LOW, HIGH);
    assertThat(ids(handlespace.owned(HIGH))).containsExactly(2);
    assertThat(handlespace.ownedCount(HIGH)).isEqualTo(1);
    assertThat(handlespace.checksum(HIGH)).isEqualTo(checksumOfOne);
    assertThat(ids(handlespace.extract(Cursor.START, 9).entries())).containsExactly(1, 2);
    handlespace.setExpiry(foreign, 10);
    assertThat(handlespace.pollExpired(10)).containsSame(foreign);
    assertThat(select()).containsExactly(1);
    assertThat(ids(handlespace.preview(ECHO, 100))).containsExactly(1);
    assertThat(handlespace.pool(ECHO).orElseThrow().policy()).isEqualTo(RR);

    handlespace.remove(foreign);
    assertThat(handlespace.checksum(HIGH)).isEqualTo(0xffff);
    assertThat(select()).containsExactly(1);
  }

  private static int checksumAlone(int id, ServerId home, Policy policy) {
    Handlespace<String> alone =
        new Handlespace<>(
            PolicyRules.standard(SelectionSettings.forProfile(Profile.STANDARD)),
            new SplittableRandom(1));
    alone.put(ECHO, element(id, home, policy), "put");
    return alone.checksum(home);
  }

  @Test
  void elementThatAgreesIsSelectedWhetherPutOrHeld() {
    assertThat(hold(element(1, HIGH, new LeastUsed(9))).isSelectable()).isTrue();
    put(element(2, LOW, new LeastUsed(4)));
    hold(element(3, HIGH, new LeastUsed(5)));
    assertThat(select()).containsExactly(2, 3, 1);
    assertThat(handlespace.rival(ECHO, ServerId.NONE)).isEmpty();
  }

  @Test
  void everyKindOfDisagreementIsHeldAndNotSelected() {
    IpAddress address = new IpAddress.V4(0x0a00_0001);
    TransportAddress udp = new TransportAddress.Udp(address, 7);
    TransportAddress control = new AsapTransport.Tcp(address, 7, TransportUse.DATA_PLUS_CONTROL);
    put(element(1, LOW, EVEN));
    hold(element(2, HIGH, RR));
    hold(element(3, HIGH, UNKNOWN));
    hold(element(4, HIGH, SENSELESS));
    hold(element(5, HIGH, EVEN).withUserTransport(udp));
    hold(element(6, HIGH, EVEN).withUserTransport(control));
    assertThat(select()).containsExactly(1);
    assertThat(handlespace.elements(ECHO))
        .extracting(ElementEntry::isSelectable)
        .containsExactly(true, false, false, false, false, false);
  }

  @Test
  void poolWhoseFirstElementHasAnUnknownPolicyIsThereAndSelectsNothing() {
    ElementEntry<String> first = hold(element(1, HIGH, UNKNOWN));
    assertThat(handlespace.poolCount()).isEqualTo(1);
    assertThat(handlespace.pool(ECHO).orElseThrow().policy()).isEqualTo(UNKNOWN);
    assertThat(first.isSelectable()).isFalse();
    assertThat(select()).isEmpty();
    assertThat(handlespace.preview(ECHO, 3)).isEmpty();
    assertThat(handlespace.rival(ECHO, LOW)).isEmpty();
    hold(element(2, HIGH, UNKNOWN));
    assertThat(select()).isEmpty();
    // Nothing is contested: whoever has a policy leads, and is measured by that alone.
    assertThat(refusal(element(3, LOW, SENSELESS))).isEqualTo(CauseCode.INVALID_VALUES);
    put(element(3, LOW, RR));
    assertThat(select()).containsExactly(3);
    assertThat(handlespace.pool(ECHO).orElseThrow().policy()).isEqualTo(RR);
    handlespace.elements(ECHO).forEach(handlespace::remove);
    assertThat(handlespace.poolCount()).isZero();
    assertThat(first.isSelectable()).isFalse();
  }

  @Test
  void renewalTurnsAMisfitIntoAFitAndBack() {
    put(element(1, LOW, new LeastUsed(9)));
    ElementEntry<String> other = hold(element(2, HIGH, RR));
    assertThat(hold(element(2, HIGH, new LeastUsed(3)))).isSameAs(other);
    assertThat(other.isSelectable()).isTrue();
    assertThat(select()).containsExactly(2, 1);
    assertThat(handlespace.hold(ECHO, element(2, HIGH, RR), "ignored"))
        .isEqualTo(new Admission.Replaced<>(other, element(2, HIGH, new LeastUsed(3)), true));
    assertThat(other.isSelectable()).isFalse();
    assertThat(select()).containsExactly(1);
    put(element(2, LOW, new LeastUsed(10)));
    assertThat(other.isSelectable()).isTrue();
    assertThat(select()).containsExactly(1, 2);
    assertThat(handlespace.rival(ECHO, ServerId.NONE)).isEmpty();
  }

  @Test
  void degradationDoesNotOutliveATimeAsMisfit() {
    put(element(1, LOW, new LeastUsedDegradation(0, 10)));
    put(element(2, LOW, new LeastUsedDegradation(5, 10)));
    assertThat(ids(handlespace.select(ECHO, 1))).containsExactly(1);
    hold(element(1, HIGH, RR));
    hold(element(1, HIGH, new LeastUsedDegradation(0, 10)));
    assertThat(ids(handlespace.select(ECHO, 1))).containsExactly(1);
  }

  @Test
  void renewalByPutThatDisagreesIsRefusedAndChangesNothing() {
    ElementEntry<String> own = put(element(1, LOW, RR));
    ElementEntry<String> foreign = hold(element(2, HIGH, new LeastUsed(3)));
    assertThat(refusal(element(1, LOW, new LeastUsed(1)))).isEqualTo(CauseCode.INCONSISTENT_POLICY);
    assertThat(refusal(element(2, LOW, new LeastUsed(3)))).isEqualTo(CauseCode.INCONSISTENT_POLICY);
    assertThat(own.element()).isEqualTo(element(1, LOW, RR));
    assertThat(own.isSelectable()).isTrue();
    assertThat(foreign.home()).isEqualTo(HIGH);
    assertThat(foreign.isSelectable()).isFalse();
  }

  @Test
  void whenTheLastFitGoesThePoolFollowsTheHighestHome() {
    ElementEntry<String> last = put(element(1, LOW, RR));
    hold(element(9, MIDDLE, new Priority(1)));
    hold(element(8, HIGH, new LeastUsed(7)));
    hold(element(7, HIGH, new Priority(3)).withUserTransport(udp(7)));
    hold(element(6, HIGH, UNKNOWN));
    hold(element(5, LOW, new Priority(4)).withUserTransport(udp(5)));
    hold(element(10, LOW, new Priority(9)).withUserTransport(udp(10)));
    assertThat(select()).containsExactly(1);
    handlespace.remove(last);
    // Element 7, since 6 has no valid policy; of its kind are 5 and 10, not 9 with its transport.
    PoolView pool = handlespace.pool(ECHO).orElseThrow();
    assertThat(pool.policy()).isEqualTo(new Priority(3));
    assertThat(pool.transportKind()).isEqualTo(TransportAddress.Kind.UDP);
    assertThat(pool.size()).isEqualTo(6);
    assertThat(select()).containsExactly(10, 5, 7);
    assertThat(handlespace.elements(ECHO))
        .filteredOn(ElementEntry::isSelectable)
        .extracting(entry -> entry.id().value())
        .containsExactly(5, 7, 10);
    put(element(11, LOW, new Priority(5)).withUserTransport(udp(11)));
    assertThat(select()).containsExactly(10, 11, 5, 7);
    assertThat(refusal(element(1, LOW, RR))).isEqualTo(CauseCode.INCONSISTENT_POLICY);
  }

  private static TransportAddress udp(int id) {
    return new TransportAddress.Udp(new IpAddress.V4(0x0a00_0000 + id), 7);
  }

  @Test
  void followedElementsBeginInTheOrderOfTheirIdentifiers() {
    ElementEntry<String> last = put(element(1, LOW, new LeastUsed(1)));
    for (int id : new int[] {-3, 12, 4}) {
      hold(element(id, HIGH, RR));
    }
    handlespace.remove(last);
    assertThat(select()).containsExactly(4, 12, -3);
  }

  @Test
  void soleFitThatIsHeldWithAnotherPolicyTakesThePoolAlong() {
    put(element(1, LOW, RR));
    ElementEntry<String> entry = hold(element(1, HIGH, new LeastUsed(4)));
    assertThat(entry.isSelectable()).isTrue();
    assertThat(handlespace.pool(ECHO).orElseThrow().policy()).isEqualTo(new LeastUsed(4));
    assertThat(select()).containsExactly(1);
  }

  @Test
  void poolThatLosesItsLastValidPolicySelectsNothingUntilOneComes() {
    put(element(1, LOW, RR));
    hold(element(2, HIGH, UNKNOWN));
    hold(element(1, HIGH, SENSELESS));
    assertThat(select()).isEmpty();
    assertThat(handlespace.elementCount()).isEqualTo(2);
    assertThat(handlespace.pool(ECHO).orElseThrow().policy()).isEqualTo(RR);
    assertThat(handlespace.refusal(ECHO, element(3, LOW, new Priority(1)))).isEmpty();
    hold(element(2, HIGH, EVEN));
    assertThat(select()).containsExactly(2);
    assertThat(handlespace.pool(ECHO).orElseThrow().policy()).isEqualTo(EVEN);
  }

  @Test
  void rivalIsTheValidMisfitWithTheHighestHomeAboveTheOwn() {
    assertThat(handlespace.rival(ECHO, LOW)).isEmpty();
    put(element(1, LOW, RR));
    hold(element(2, HIGH, RR));
    assertThat(handlespace.rival(ECHO, LOW)).isEmpty();
    hold(element(3, ServerId.of(4), new LeastUsed(3)));
    assertThat(handlespace.rival(ECHO, LOW)).isEmpty();
    hold(element(4, LOW, new LeastUsed(3)));
    assertThat(handlespace.rival(ECHO, LOW)).isEmpty();
    hold(element(5, HIGH, UNKNOWN));
    hold(element(6, HIGH, SENSELESS));
    assertThat(handlespace.rival(ECHO, LOW)).isEmpty();
    ElementEntry<String> middle = hold(element(7, MIDDLE, new LeastUsed(3)));
    assertThat(handlespace.rival(ECHO, LOW)).containsSame(middle);
    assertThat(handlespace.rival(ECHO, MIDDLE)).isEmpty();
    ElementEntry<String> later = hold(element(9, HIGH, new LeastUsed(3)));
    ElementEntry<String> first = hold(element(8, HIGH, new Priority(3)));
    assertThat(handlespace.rival(ECHO, MIDDLE)).containsSame(first);
    assertThat(handlespace.rival(ECHO, HIGH)).isEmpty();
    handlespace.changeHome(first, LOW);
    assertThat(handlespace.rival(ECHO, MIDDLE)).containsSame(later);
    handlespace.remove(later);
    assertThat(handlespace.rival(ECHO, MIDDLE)).isEmpty();
    assertThat(handlespace.rival(ECHO, LOW)).containsSame(middle);
  }
}

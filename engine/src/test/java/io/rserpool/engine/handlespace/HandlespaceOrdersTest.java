package io.rserpool.engine.handlespace;

import static io.rserpool.engine.handlespace.Elements.HOME;
import static io.rserpool.engine.handlespace.Elements.element;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rserpool.engine.Engine;
import io.rserpool.engine.policy.PolicyRules;
import io.rserpool.engine.policy.SelectionSettings;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.ServerId;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Extracts for table transfers, and expiry.
class HandlespaceOrdersTest {

  private static final PoolHandle ECHO = PoolHandle.of("EchoPool");
  private static final PoolHandle PING = PoolHandle.of("PingPongPool");
  private static final PoolHandle DAYTIME = PoolHandle.of("DaytimePool");
  private static final ServerId OTHER = ServerId.of(2);

  private final Handlespace<String> handlespace =
      new Handlespace<>(
          PolicyRules.standard(SelectionSettings.forProfile(Profile.STANDARD)),
          new SplittableRandom(1));

  private ElementEntry<String> put(PoolHandle handle, PoolElementParameter element) {
    handlespace.put(handle, element, "new");
    return handlespace.find(handle, element.elementId()).orElseThrow();
  }

  private static PoolElementParameter rr(int id) {
    return element(id, Policy.RoundRobin.INSTANCE);
  }

  @Test
  void extractsAreInOrderAndGoOnBehindTheCursor() {
    for (int id : new int[] {-1, 3, 1}) {
      put(PING, rr(id));
      put(ECHO, rr(id).withHome(OTHER));
      put(DAYTIME, rr(id));
    }
    assertThat(words(handlespace.extract(Cursor.START, 100)))
        .containsExactly(
            "DaytimePool/0x00000001",
            "DaytimePool/0x00000003",
            "DaytimePool/0xffffffff",
            "EchoPool/0x00000001",
            "EchoPool/0x00000003",
            "EchoPool/0xffffffff",
            "PingPongPool/0x00000001",
            "PingPongPool/0x00000003",
            "PingPongPool/0xffffffff");
    Extract<String> first = handlespace.extractOwned(HOME, Cursor.START, 4);
    assertThat(words(first))
        .containsExactly(
            "DaytimePool/0x00000001",
            "DaytimePool/0x00000003",
            "DaytimePool/0xffffffff",
            "PingPongPool/0x00000001");
    assertThat(first.more()).isTrue();
    Extract<String> second = handlespace.extractOwned(HOME, first.next(), 2);
    assertThat(words(second)).containsExactly("PingPongPool/0x00000003", "PingPongPool/0xffffffff");
    assertThat(second.more()).isFalse();
    assertThat(handlespace.extractOwned(HOME, second.next(), 2))
        .isEqualTo(new Extract<>(List.of(), second.next(), false));
    assertThat(handlespace.extractOwned(ServerId.of(9), Cursor.START, 2).entries()).isEmpty();
    assertThatThrownBy(() -> handlespace.extract(Cursor.START, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void cursorOutlivesItsEntryAndItsPool() {
    ElementEntry<String> daytime = put(DAYTIME, rr(5));
    ElementEntry<String> echo = put(ECHO, rr(5));
    put(PING, rr(5));
    Cursor afterEcho = handlespace.extract(Cursor.START, 2).next();
    handlespace.remove(echo);
    assertThat(words(handlespace.extract(afterEcho, 9))).containsExactly("PingPongPool/0x00000005");
    put(ECHO, rr(4));
    put(ECHO, rr(6));
    handlespace.remove(daytime);
    assertThat(words(handlespace.extract(afterEcho, 9)))
        .containsExactly("EchoPool/0x00000006", "PingPongPool/0x00000005");
  }

  @Test
  void walkUnderChangesListsEveryElementThatStaysExactlyOnce() {
    SplittableRandom random = new SplittableRandom(17);
    PoolHandle[] handles = {ECHO, PING, DAYTIME};
    List<ElementEntry<String>> staying = new ArrayList<>();
    List<ElementEntry<String>> leaving = new ArrayList<>();
    for (int i = 1; i <= 600; i++) {
      ElementEntry<String> entry = put(handles[i % 3], rr(random.nextInt() | 1));
      (i % 2 == 0 ? staying : leaving).add(entry);
    }
    List<ElementEntry<String>> seen = new ArrayList<>();
    Cursor cursor = Cursor.START;
    boolean more = true;
    while (more) {
      Extract<String> extract = handlespace.extractOwned(HOME, cursor, 7);
      seen.addAll(extract.entries());
      cursor = extract.next();
      more = extract.more();
      for (int i = 0; i < 3 && !leaving.isEmpty(); i++) {
        handlespace.remove(leaving.removeLast());
        put(handles[random.nextInt(3)], rr(random.nextInt() & -2));
      }
    }
    assertThat(seen).doesNotHaveDuplicates().containsAll(staying);
  }

  @Test
  void elementExpiresAtItsTimeAndNotOneTickBefore() {
    ElementEntry<String> entry = put(ECHO, rr(1));
    assertThat(entry.expiryNs()).isEqualTo(Engine.NEVER);
    handlespace.setExpiry(entry, 1000);
    assertThat(entry.expiryNs()).isEqualTo(1000);
    assertThat(handlespace.nextExpiryNs()).isEqualTo(1000);
    assertThat(handlespace.pollExpired(999)).isEmpty();
    assertThat(handlespace.pollExpired(1000)).containsSame(entry);
    assertThat(handlespace.pollExpired(1001)).isEmpty();
    assertThat(entry.isPresent()).isTrue();
    assertThat(entry.expiryNs()).isEqualTo(Engine.NEVER);
    handlespace.setExpiry(entry, 2000);
    assertThat(handlespace.pollExpired(2001)).containsSame(entry);
  }

  @Test
  void movedClearedAndRemovedElementsDoNotExpireAtTheOldTime() {
    ElementEntry<String> moved = put(ECHO, rr(1));
    ElementEntry<String> cleared = put(ECHO, rr(2));
    ElementEntry<String> removed = put(ECHO, rr(3));
    handlespace.setExpiry(moved, 10);
    handlespace.setExpiry(cleared, 10);
    handlespace.setExpiry(removed, 10);
    handlespace.setExpiry(moved, 20);
    handlespace.clearExpiry(cleared);
    handlespace.remove(removed);
    assertThat(handlespace.nextExpiryNs()).isEqualTo(20);
    assertThat(handlespace.pollExpired(19)).isEmpty();
    assertThat(handlespace.pollExpired(20)).containsSame(moved);
    assertThat(handlespace.nextExpiryNs()).isEqualTo(Engine.NEVER);
  }

  private static List<String> words(Extract<String> extract) {
    return extract.entries().stream().map(ElementEntry::toString).toList();
  }
}

package io.rserpool.engine.registrar;

import static io.rserpool.engine.registrar.PeerScript.ID;
import static io.rserpool.engine.registrar.PeerScript.MS;
import static io.rserpool.engine.registrar.PeerScript.at;
import static io.rserpool.engine.registrar.PeerScript.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.engine.LossReason;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.Profile;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.enrp.EnrpHandleTableRequest;
import io.rserpool.protocol.enrp.EnrpHandleTableResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Giving the table to peers: RFC 5353 sections 2.3 and 3.2.3.
class PeerTableTest {

  private static RegistrarSettings pages(int elements) {
    return RegistrarSettings.forProfile(Profile.STANDARD).toBuilder()
        .set(RegistrarSetting.TABLE_ELEMENTS, elements)
        .build();
  }

  /// Own elements 1, 3, 5 and peer 8's 2, 4, 6, in pages of two; peer 7 asks.
  private static PeerScript filled() {
    PeerScript script = PeerScript.among(pages(2), 7, 8).lively(7, 8);
    for (int n = 1; n <= 5; n += 2) {
      script.registers(n).adds(8, at(8, n + 1));
    }
    return script.forget();
  }

  private static EnrpHandleTableResponse asks(PeerScript script, long n, boolean ownOnly) {
    script.forget().says(n, new EnrpHandleTableRequest(id(n), ID, ownOnly));
    return script.sent(n, EnrpHandleTableResponse.class).getFirst();
  }

  private static List<Integer> ids(EnrpHandleTableResponse response) {
    List<Integer> ids = new ArrayList<>();
    for (EnrpHandleTableResponse.PoolEntry pool : response.pools()) {
      assertThat(pool.handle()).isEqualTo(Script.POOL);
      for (PoolElementParameter element : pool.elements()) {
        ids.add(element.elementId().value());
      }
    }
    return ids;
  }

  @Test
  void wholeTableComesInPartsAndOnlyTheLastSaysSo() {
    PeerScript script = filled();
    EnrpHandleTableResponse first = asks(script, 7, false);
    assertThat(ids(first)).containsExactly(1, 2);
    assertThat(first.moreToSend()).isTrue();
    assertThat(first.rejected()).isFalse();
    assertThat(first.receiver()).isEqualTo(id(7));
    EnrpHandleTableResponse second = asks(script, 7, false);
    assertThat(ids(second)).containsExactly(3, 4);
    assertThat(second.moreToSend()).isTrue();
    EnrpHandleTableResponse third = asks(script, 7, false);
    assertThat(ids(third)).containsExactly(5, 6);
    assertThat(third.moreToSend()).isFalse();
    assertThat(ids(asks(script, 7, false))).as("a new transfer").containsExactly(1, 2);
  }

  @Test
  void elementsAreTheyAreKept() {
    PeerScript script = filled();
    EnrpHandleTableResponse response = asks(script, 7, false);
    assertThat(response.pools().getFirst().elements())
        .containsExactly(script.element(1).orElseThrow(), at(8, 2));
  }

  @Test
  void ownElementsOnly() {
    PeerScript script = filled();
    EnrpHandleTableResponse first = asks(script, 7, true);
    assertThat(ids(first)).containsExactly(1, 3);
    assertThat(first.moreToSend()).isTrue();
    EnrpHandleTableResponse second = asks(script, 7, true);
    assertThat(ids(second)).containsExactly(5);
    assertThat(second.moreToSend()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void emptyTableIsAnEmptyLastPart(Profile profile) {
    PeerScript script = PeerScript.among(profile, 7);
    assertThat(asks(script, 7, false))
        .isEqualTo(new EnrpHandleTableResponse(ID, id(7), false, false, List.of()));
    assertThat(asks(script, 7, true))
        .isEqualTo(new EnrpHandleTableResponse(ID, id(7), false, false, List.of()));
  }

  @Test
  void requestOfTheOtherKindBeginsAnew() {
    PeerScript script = filled();
    assertThat(ids(asks(script, 7, false))).containsExactly(1, 2);
    assertThat(ids(asks(script, 7, true))).containsExactly(1, 3);
    assertThat(ids(asks(script, 7, false))).containsExactly(1, 2);
  }

  @Test
  void eachAskerHasItsOwnPlace() {
    PeerScript script = filled();
    assertThat(ids(asks(script, 7, false))).containsExactly(1, 2);
    assertThat(ids(asks(script, 8, false))).containsExactly(1, 2);
    assertThat(ids(asks(script, 7, false))).containsExactly(3, 4);
    assertThat(ids(asks(script, 8, false))).containsExactly(3, 4);
  }

  @Test
  void placeWhoseElementHasVanishedIsTheNextOne() {
    PeerScript script = filled();
    assertThat(ids(asks(script, 7, false))).containsExactly(1, 2);
    script.deletes(8, at(8, 2)).deletes(8, at(8, 4));
    assertThat(ids(asks(script, 7, false))).containsExactly(3, 5);
  }

  @Test
  void allTheRestMayHaveVanished() {
    PeerScript script = PeerScript.among(pages(2), 7, 8);
    for (int n = 1; n <= 3; n++) {
      script.adds(8, at(8, n));
    }
    assertThat(asks(script, 7, false).moreToSend()).isTrue();
    script.deletes(8, at(8, 3));
    assertThat(asks(script, 7, false))
        .isEqualTo(new EnrpHandleTableResponse(ID, id(7), false, false, List.of()));
  }

  @ParameterizedTest
  @CsvSource({"STANDARD,1000", "RFC,10000", "RSPLIB,10000"})
  void halfSentTableIsForgottenExactlyInTime(Profile profile, long waitMs) {
    RegistrarSettings settings =
        RegistrarSettings.forProfile(profile).toBuilder()
            .set(RegistrarSetting.TABLE_ELEMENTS, 1)
            .build();
    PeerScript script = PeerScript.among(settings, 7).lively(7);
    for (int n = 1; n <= 3; n++) {
      script.adds(7, at(7, n));
    }
    assertThat(ids(asks(script, 7, false))).containsExactly(1);
    script.to(script.nowNs() + waitMs * MS - 1);
    assertThat(ids(asks(script, 7, false))).containsExactly(2);
    script.to(script.nowNs() + waitMs * MS);
    assertThat(ids(asks(script, 7, false))).containsExactly(1);
  }

  @Test
  void noMoreTransfersAtOnceThanTheLimit() {
    RegistrarSettings settings =
        RegistrarSettings.forProfile(Profile.STANDARD).toBuilder()
            .set(RegistrarSetting.TABLE_ELEMENTS, 1)
            .set(RegistrarSetting.TABLE_SESSIONS_MAX, 1)
            .build();
    PeerScript script = PeerScript.among(settings, 7, 8).lively(7, 8);
    script.adds(7, at(7, 1)).adds(7, at(7, 2));
    assertThat(asks(script, 7, false).rejected()).isFalse();
    assertThat(asks(script, 8, false))
        .isEqualTo(new EnrpHandleTableResponse(ID, id(8), true, false, List.of()));
    assertThat(asks(script, 7, false).moreToSend()).isFalse();
    assertThat(asks(script, 8, false).rejected()).isFalse();
    script.loses(8, LossReason.CLOSED);
    assertThat(asks(script, 7, false).rejected()).isFalse();
  }

  @Test
  void partsHaveAtMostSoManyBytes() {
    PeerScript script = PeerScript.among(Profile.STANDARD, 7);
    for (int n = 1; n <= 90; n++) {
      script.adds(7, at(7, n));
    }
    List<Integer> all = new ArrayList<>();
    EnrpHandleTableResponse part;
    int parts = 0;
    do {
      part = asks(script, 7, false);
      parts++;
      List<Integer> ids = ids(part);
      assertThat(ids).hasSizeBetween(1, 1_400 / 40);
      all.addAll(ids);
    } while (part.moreToSend());
    assertThat(parts).isGreaterThan(2);
    assertThat(all).hasSize(90).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void elementThatIsTooLargeForAPartIsSentAllTheSame() {
    RegistrarSettings settings =
        RegistrarSettings.forProfile(Profile.STANDARD).toBuilder()
            .set(RegistrarSetting.TABLE_BYTES, 1)
            .build();
    PeerScript script = PeerScript.among(settings, 7).adds(7, at(7, 1)).adds(7, at(7, 2));
    assertThat(ids(asks(script, 7, false))).containsExactly(1);
    EnrpHandleTableResponse second = asks(script, 7, false);
    assertThat(ids(second)).containsExactly(2);
    assertThat(second.moreToSend()).isFalse();
  }

  @Test
  void poolsAreNotMixed() {
    PeerScript script = PeerScript.among(Profile.STANDARD, 7).adds(7, at(7, 1));
    io.rserpool.protocol.PoolHandle other = io.rserpool.protocol.PoolHandle.of("another");
    script.says(
        7,
        new io.rserpool.protocol.enrp.EnrpHandleUpdate(
            id(7),
            ServerId.NONE,
            io.rserpool.protocol.enrp.UpdateAction.ADD_PE,
            false,
            other,
            at(7, 1)));
    assertThat(asks(script, 7, false).pools())
        .extracting(EnrpHandleTableResponse.PoolEntry::handle)
        .containsExactly(other, Script.POOL);
  }
}

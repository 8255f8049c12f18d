package io.rserpool.bench.takeover;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.protocol.ServerId;
import java.util.List;
import org.junit.jupiter.api.Test;

class ViewTest {

  private static final ServerId DEAD = ServerId.of(0x90000001);
  private static final ServerId HEIR = ServerId.of(2);
  private static final ServerId OTHER = ServerId.of(3);

  @Test
  void allAreThereWhenEachHasOneOfTheLivingHomes() {
    assertThat(view("true 10 0x00000002=4 0x00000003=6").hasAllWith(List.of(HEIR, OTHER), 10))
        .isTrue();
    assertThat(
            view("true 10 0x90000001=1 0x00000002=3 0x00000003=6")
                .hasAllWith(List.of(HEIR, OTHER), 10))
        .isFalse();
    assertThat(view("true 11 0x00000002=10").hasAllWith(List.of(HEIR, OTHER), 10)).isFalse();
    assertThat(view("true 10 0x90000001=10").hasAllWith(List.of(DEAD), 10)).isTrue();
  }

  @Test
  void aRegistrarThatDoesNotServeIsNotBelieved() {
    assertThat(view("false 10 0x00000002=10").hasAllWith(List.of(HEIR), 10)).isFalse();
  }

  private static View view(String text) {
    return View.parse(List.of(text.split(" ", -1)));
  }
}

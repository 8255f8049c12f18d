package io.rserpool.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rserpool.protocol.CauseCode;
import io.rserpool.protocol.ErrorCause;
import io.rserpool.protocol.Octets;
import io.rserpool.protocol.Policy;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PolicyNotationTest {

  @ParameterizedTest
  @CsvSource({
    "rr, rr",
    "RoundRobin, rr",
    "round-robin, rr",
    "wrr:10, wrr:10",
    "WeightedRoundRobin:10, wrr:10",
    "Random, rand",
    "WeightedRandom:4294967295, wrand:4294967295",
    "WeightedRandomDPF:7:0.001, wrand-dpf:7:0.001",
    "Priority:5, prio:5",
    "least-used, lu",
    "LeastUsed, lu",
    "lud:0.1, lud:0.1",
    "LeastUsedDegradation:0.25, lud:0.25",
    "PriorityLeastUsed:1, plu:1",
    "PriorityLeastUsedDegradation:0, plud:0",
    "RandomizedLeastUsed, rlu",
    "RandomizedPriorityLeastUsed, rplu:0",
    "rplud:0.5, rplud:0.5",
    "LeastUsedDPF:0.0001, lu-dpf:0.0001",
    "LeastUsedDegradationDPF:0.1:0.2, lud-dpf:0.1:0.2",
    "PriorityLeastUsedDegradationDPF:0.1:0.2, plud-dpf:0.1:0.2",
    "most-used, mu",
    "0xb0009999:0102, 0xb0009999:0102",
  })
  void everyNameIsReadAndWrittenInItsShortForm(String given, String expected) {
    assertThat(PolicyNotation.format(PolicyNotation.parse(given))).isEqualTo(expected);
  }

  @Test
  void valuesArriveWhereTheyBelong() {
    assertThat(PolicyNotation.parse("wrr:10")).isEqualTo(new Policy.WeightedRoundRobin(10));
    assertThat(PolicyNotation.parse("lud:0.1"))
        .isEqualTo(new Policy.LeastUsedDegradation(0, Policy.fraction(0.1)));
    assertThat(PolicyNotation.parse("lud-dpf:0.1:0.2"))
        .isEqualTo(
            new Policy.LeastUsedDegradationDpf(0, Policy.fraction(0.1), Policy.fraction(0.2), 0));
    assertThat(PolicyNotation.parse("0xb0009999:0102"))
        .isEqualTo(new Policy.Extension(0xb000_9999L, Octets.of((byte) 1, (byte) 2)));
  }

  @Test
  void anyDegradationIsWrittenSoThatItReadsBackTheSame() {
    SplittableRandom random = new SplittableRandom(5356);
    for (int i = 0; i < 10_000; i++) {
      Policy policy = new Policy.PriorityLeastUsed(0, random.nextLong(Policy.FULL + 1));
      assertThat(PolicyNotation.parse(PolicyNotation.format(policy))).isEqualTo(policy);
    }
  }

  @Test
  void mistakesAreNamedWithWhatWasExpectedAndGiven() {
    assertThatThrownBy(() -> PolicyNotation.parse("fastest"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("lud:fraction")
        .hasMessageContaining("'fastest'");
    assertThatThrownBy(() -> PolicyNotation.parse("wrr"))
        .hasMessage("policy wrr is written wrr:weight, not 'wrr'");
    assertThatThrownBy(() -> PolicyNotation.parse("wrr:-1"))
        .hasMessageContaining("a weight from 0 to 4294967295")
        .hasMessageContaining("'-1'");
    assertThatThrownBy(() -> PolicyNotation.parse("lud:1.5"))
        .hasMessageContaining("a fraction from 0 to 1")
        .hasMessageContaining("'1.5'");
    assertThatThrownBy(() -> PolicyNotation.parse("lud:NaN")).hasMessageContaining("'NaN'");
    assertThatThrownBy(() -> PolicyNotation.parse("0xb0009999:zz")).hasMessageContaining("0xTYPE");
  }

  @Test
  void everyFormOfTheHelpTextIsUnderstood() {
    List<String> forms = PolicyNotation.forms();
    assertThat(forms).hasSize(19);
    for (String form : forms) {
      String text =
          form.substring(0, form.indexOf(' '))
              .replaceAll("weight|priority", "3")
              .replace("fraction", "0.5");
      assertThat(PolicyNotation.format(PolicyNotation.parse(text))).isEqualTo(text);
    }
  }

  @Test
  void aPolicyTypeIsNamedAsItIsWritten() {
    assertThat(PolicyNotation.nameOf(Policy.LeastUsedDegradation.TYPE)).isEqualTo("lud");
    assertThat(PolicyNotation.nameOf(0x1234)).isEqualTo("0x00001234");
  }

  @Test
  void aRefusalForThePolicyNamesThePoolsPolicy() {
    ErrorCause cause =
        ErrorCause.of(CauseCode.INCONSISTENT_POLICY, Octets.ofHex("0008000c4000000100000000"));
    assertThat(new RejectedException("pool=p", List.of(cause)))
        .hasMessage(
            "pool=p refused by the registrar: Inconsistent Pooling Policy: the pool has policy lu");
    ErrorCause bare = ErrorCause.of(CauseCode.INCONSISTENT_POLICY);
    assertThat(new RejectedException("pool=p", List.of(bare)))
        .hasMessageEndingWith("Inconsistent Pooling Policy");
  }
}
